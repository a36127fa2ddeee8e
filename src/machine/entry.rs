//! What can be put into the log: who asks what, with resolved arguments and without secrets.

use chinwag_grammar::Time;

use super::Console;
use crate::command::Command;
use crate::command::errand::Found;
use crate::model::{ConnId, Rules, Session, Text};

/// An entry with its place in the log.
#[derive(Debug)]
pub struct Stamped {
    /// Its place.
    pub seq: u64,
    /// When it was put there; never earlier than the entry before.
    pub now: Time,
    /// Whether the disk was too full to write.
    pub full: bool,
    /// The entry.
    pub entry: Entry,
}

/// What can be put into the log.
#[derive(Clone, Debug)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Entry {
    /// The configuration is this, at the start and when it is read again.
    Configured { rules: Box<Rules> },
    /// Somebody connected.
    Connected { session: Box<Session> },
    /// The command line of the server asks.
    Console {
        console: Console,
        found: Option<Found>,
    },
    /// A connection ended.
    Disconnected { conn: ConnId, why: Option<Text> },
    /// A telnet client told how wide its window is.
    Measured { conn: ConnId, width: u16 },
    /// A session asks.
    Request {
        conn: ConnId,
        command: Box<Command>,
        found: Option<Found>,
    },
    /// The server ends.
    ShuttingDown { why: Text },
    /// Time has passed.
    Ticked,
}
