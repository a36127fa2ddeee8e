//! Where something is said: in a room, or between two people.

use chinwag_grammar::RoomName;
use serde::{Deserialize, Serialize};

use super::{AccountId, Rank, RoomId, Who};

/// Where something recorded stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Between two accounts, the lower number first; `Place::between` sees to that.
    Pair(AccountId, AccountId),
    /// In a room.
    Room(RoomId),
}

impl Place {
    /// The conversation of two accounts.
    #[must_use]
    pub fn between(one: AccountId, other: AccountId) -> Self {
        Self::Pair(one.min(other), one.max(other))
    }

    /// The room, where it is one.
    #[must_use]
    pub const fn room(self) -> Option<RoomId> {
        match self {
            Self::Pair(..) => None,
            Self::Room(room) => Some(room),
        }
    }

    /// The other one of a conversation, seen by one of the two.
    #[must_use]
    pub fn other(self, me: AccountId) -> Option<AccountId> {
        match self {
            Self::Pair(low, high) if low == me => Some(high),
            Self::Pair(low, high) if high == me => Some(low),
            Self::Pair(..) | Self::Room(_) => None,
        }
    }
}

/// A room with the name it had when the event happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomRef {
    /// Its number.
    pub id: RoomId,
    /// Its name then.
    pub name: RoomName,
}

/// Where an event happened, with names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Between whoever did it and this other person.
    Private {
        /// The other person.
        with: Who,
    },
    /// In a room, to those who have this rank there or a higher one. It is recorded nowhere.
    Ranked {
        /// The room.
        room: RoomRef,
        /// The rank.
        rank: Rank,
    },
    /// In a room.
    Room(RoomRef),
}

impl Spot {
    /// The place, where both are accounts: what happens with a guest in private is not recorded.
    #[must_use]
    pub fn place(&self, by: &Who) -> Option<Place> {
        match self {
            Self::Private { with } => Some(Place::between(by.account?, with.account?)),
            Self::Ranked { .. } => None,
            Self::Room(room) => Some(Place::Room(room.id)),
        }
    }
}
