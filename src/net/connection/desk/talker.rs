//! The conversation of a connection, in the dialect that is spoken.

use crate::command::Command;
use crate::hub::caps::Caps;
use crate::hub::irc::Irc;
use crate::hub::plain::Plain;

/// The conversation, in the dialect that is spoken.
#[derive(Debug)]
pub enum Talker {
    /// Large and not so many: in a box, so that netcat's connections are small.
    Irc(Box<Irc>),
    /// In netcat.
    Plain(Plain),
}

impl Talker {
    /// The next command of a line that asks for several, if it is its turn.
    pub fn command(&mut self) -> Option<Command> {
        match self {
            Self::Irc(irc) => irc.command(),
            Self::Plain(_) => None,
        }
    }

    /// What its IRC client understands; absent in netcat.
    #[must_use]
    pub fn caps(&self) -> Option<Caps> {
        match self {
            Self::Irc(irc) => Some(irc.caps()),
            Self::Plain(_) => None,
        }
    }

    /// Whether an IRC client has not said who it is yet.
    #[must_use]
    pub fn is_registering(&self) -> bool {
        matches!(self, Self::Irc(irc) if !irc.is_registered())
    }

    /// Whether another line may be taken.
    #[must_use]
    pub fn is_ready(&self, in_flight_max: usize) -> bool {
        match self {
            Self::Irc(irc) => irc.is_ready(in_flight_max),
            Self::Plain(plain) => plain.is_ready(in_flight_max),
        }
    }

    /// Whether somebody is typing a secret.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        matches!(self, Self::Plain(plain) if plain.is_asking())
    }

    /// Whether the lines of a message are coming in, and are kept.
    #[must_use]
    pub fn is_in_document(&self) -> bool {
        match self {
            Self::Irc(irc) => irc.is_in_document(),
            Self::Plain(plain) => plain.is_in_document(),
        }
    }

    /// Whether everything that came in is answered.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match self {
            Self::Irc(irc) => irc.is_idle(),
            Self::Plain(plain) => plain.is_idle(),
        }
    }
}
