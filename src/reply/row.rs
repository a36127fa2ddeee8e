//! One row of an answer under way: `= …`.

use std::sync::Arc;

use chinwag_grammar::{Mask, Nick, Number, RoomName, Span, Time};

use crate::model::person::Scope;
use crate::model::{
    AccountId, Ban, BanKind, BanTarget, Door, Fact, Ranks, RoomRef, ServerBan, Text, Topic, Who,
};
use crate::secret::Secret;

/// One row of an answer under way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Row {
    /// What a member of the staff did.
    Audit {
        at: Time,
        by: Nick,
        door: Door,
        text: Text,
    },
    /// What the connection is called from now on; only IRC says so.
    Called { nick: Nick },
    /// Somebody kept out or silent.
    Ban {
        room: RoomName,
        kind: BanKind,
        mask: Mask,
        ban: Ban,
    },
    /// A client certificate that logs one in.
    Certificate {
        fingerprint: Text,
        created: Time,
        /// Whether it is the one that this connection came with.
        own: bool,
    },
    /// A code, shown once: `RECOVERY-CODE`, `RESET-CODE`, `INVITATION`, `TOKEN`.
    Code { name: &'static str, code: Secret },
    /// A room that the connection is in from now on, for IRC.
    Entered(Box<Entered>),
    /// A place with a history, and when something was said there last.
    HistoryTarget { name: Text, last: Time },
    /// Something of the history, as this reader sees it.
    Message {
        fact: Arc<Fact>,
        reader: Option<AccountId>,
    },
    /// Somebody who is watched, and whether they are here.
    Monitor { nick: Nick, online: bool },
    /// One of the names that are watched.
    Monitored { nick: Nick },
    /// Who is in a room, for IRC.
    Names(Box<Entered>),
    /// What commands that exist for IRC alone answer: a numeric with its words, and the text after the colon.
    Numeric {
        code: u16,
        words: Vec<Text>,
        text: Option<Text>,
    },
    /// Somebody in a room, or at all: `rank` is that of a member, `member`, `muted`, `admin`, `user` or `guest`.
    Person {
        nick: Nick,
        rank: &'static str,
        presence: Presence,
    },
    /// A reaction and who put it there.
    Reaction { reaction: Text, by: Vec<Nick> },
    /// A ban of the whole server.
    ServerBan { target: BanTarget, ban: ServerBan },
    /// Up to when a place was read; nothing where it never was.
    ReadMarker { target: Text, time: Option<Time> },
    /// A room.
    Room {
        name: RoomName,
        present: u64,
        description: Text,
    },
    /// One of one's own connections.
    Session {
        count: u32,
        door: Door,
        host: Text,
        since: Time,
        /// Whether it is the one that asks.
        own: bool,
    },
    /// A line of help or of a description.
    Text { text: Text },
    /// A token, without its secret.
    Token {
        label: Text,
        rooms: Vec<Text>,
        scope: Scope,
        created: Time,
    },
    /// What is unread in a place.
    Unread {
        place: Text,
        count: u64,
        mentions: u64,
        since: Number,
    },
}

/// Whether somebody is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// A member without a session.
    Absent,
    /// Away, for how long, and why.
    Away {
        /// How long.
        span: Span,
        /// Why.
        why: Text,
    },
    /// There.
    Online,
}

/// A room as whoever enters it is shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Who enters.
    pub who: Who,
    /// What they call themselves in full.
    pub real_name: Text,
    /// Which room.
    pub room: RoomRef,
    /// When.
    pub at: Time,
    /// Its topic.
    pub topic: Option<Topic>,
    /// Whether it is in no list.
    pub is_hidden: bool,
    /// Who is there.
    pub people: Vec<Named>,
}

/// Somebody in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub who: Who,
    /// What they are there, the highest first.
    pub ranks: Ranks,
}
