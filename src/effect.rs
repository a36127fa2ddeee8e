//! What a step leads to: facts to be stored and told, answers, queries. Effects leave after their batch has committed.

mod query;

use std::sync::Arc;

use chinwag_grammar::{Nick, Span, Time};

use crate::model::{AccountId, ConnId, Fact, RoomId, Text};
use crate::reply::{Reply, Row};
use crate::secret::Secret;

pub use query::{Bound, Order, Page, Query, Range, Reader, UnreadPlace};

/// Everything that the entries of one transaction led to, in order.
#[derive(Debug, Default)]
pub struct Batch {
    /// The number of the last entry of the log in it.
    pub applied: u64,
    /// What happened, is answered and is asked, in order.
    pub effects: Vec<Effect>,
}

/// What a shard is handed after a batch has committed.
#[derive(Clone, Debug)]
pub enum Delivery {
    /// The store has answered the query of this connection.
    Answered(ConnId, Arc<Answered>),
    /// A batch; every shard gets every batch, and finds its own connections in it.
    Batch(Arc<Batch>),
}

/// The store's answer to a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// What it is.
    pub kind: Kind,
    /// Rows of the answer.
    pub rows: Vec<Row>,
    /// What happened, oldest first; what it is shown as is said by the kind.
    pub facts: Vec<Arc<Fact>>,
    /// The last line; absent for the summary at login, which answers nothing.
    pub reply: Option<Reply>,
}

/// What the store answers with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Facts of the history of one place, to be shown as such.
    History {
        /// The name of the place.
        target: Text,
    },
    /// Facts that were missed, to be shown as if they happened now.
    Missed,
    /// Rows.
    #[default]
    Rows,
    /// Facts that were searched for.
    Search,
    /// Rows of places with a history.
    Targets,
}

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Effect {
    /// The last line of an answer.
    Answer { conn: ConnId, reply: Reply },
    /// The connection ends when everything before is written.
    Close { conn: ConnId },
    /// Something happened: it is stored if it is of that kind, and told to those who hear it.
    Fact { fact: Arc<Fact>, audience: Audience },
    /// A code is to be mailed.
    Letter {
        to: Text,
        nick: Nick,
        code: Secret,
        lifetime: Span,
    },
    /// A line for people, left out in other formats.
    Note { conn: ConnId, note: Note },
    /// The store answers; until then nothing else is told on that connection.
    Query { conn: ConnId, query: Box<Query> },
    /// The configuration is to be read again.
    Reload,
    /// A row of an answer.
    Row { conn: ConnId, row: Row },
}

/// A line for people that answers nothing; programs are told one thing alone: that their session was ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The password is still the one that every new server begins with.
    ChangePassword,
    /// The password went over an unencrypted line.
    Cleartext,
    /// Somebody else ended this session; why follows a colon, or is nothing.
    Ended {
        /// Why.
        because: Text,
        /// When.
        at: Time,
    },
    /// An operator ended this session.
    Killed {
        /// Who.
        by: Nick,
        /// Why.
        why: Text,
        /// When.
        at: Time,
    },
    /// A ban of the server ends this connection.
    Banned {
        /// Until when and why, in words.
        until: Text,
        /// When.
        at: Time,
    },
    /// The message of the day.
    Motd(Text),
    /// What another session of the same person did leads to this here; only IRC shows it.
    Row(Box<Row>),
    /// Ctrl-R shows what one was typing.
    Tip,
}

/// Who hears of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Who.
    pub to: To,
    /// But not this connection, which was answered.
    pub except: Option<ConnId>,
}

/// Who hears of an event; resolved by each shard among its own connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// Every connection that has said who it is.
    Everyone,
    /// Nobody.
    Nobody,
    /// These people.
    People(Vec<Hearer>),
    /// Who is in the room.
    Room(RoomId),
    /// Who is in one of the rooms, once.
    Rooms(Vec<RoomId>),
    /// The same, and these connections, each once.
    RoomsAnd(Vec<RoomId>, Vec<ConnId>),
}

/// One person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearer {
    /// Every session of an account.
    Account(AccountId),
    /// One connection.
    Conn(ConnId),
}

impl Audience {
    /// Nobody at all.
    pub const NOBODY: Self = Self {
        to: To::Nobody,
        except: None,
    };
}
