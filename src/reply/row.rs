//! One row of an answer under way: `= …`.

use std::sync::Arc;

use chinwag_grammar::{Mask, Nick, Number, RoomName, Span, Time};

use crate::model::person::Scope;
use crate::model::{AccountId, Ban, BanKind, Door, Fact, Text};
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
    /// Something of the history, as this reader sees it.
    Message {
        fact: Arc<Fact>,
        reader: Option<AccountId>,
    },
    /// Somebody in a room, or at all: `rank` is `operator`, `member`, `voice`, `muted`, `admin`, `user` or `guest`.
    Person {
        nick: Nick,
        rank: &'static str,
        presence: Presence,
    },
    /// A reaction and who put it there.
    Reaction { reaction: Text, by: Vec<Nick> },
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
