//! Rooms, their members, modes and bans.

mod list;
mod mode;
mod rank;

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Mask, Nick, Number, RoomName, Time};

use super::{AccountId, RoomId, RoomRef, Text};

pub use list::{Ban, BanKind, Marks};
pub use mode::{Flood, Hidden, MODES, ModeType, Modes, RoomMode};
pub use rank::{Rank, Ranks};

/// A room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Its number.
    pub id: RoomId,
    /// Its name.
    pub name: RoomName,
    /// What it is for.
    pub description: Text,
    /// What is talked about now.
    pub topic: Option<Topic>,
    /// Who made it; absent for the lobby and for temporary rooms of guests.
    pub creator: Option<AccountId>,
    /// When it was made.
    pub created: Time,
    /// Whether it stays when nobody is in it.
    pub permanent: bool,
    /// How it behaves.
    pub modes: Modes,
    /// Who is kept out or kept silent, and for whom that does not hold, by kind and mask.
    pub bans: BTreeMap<(BanKind, Mask), Ban>,
    /// Who may come in although it is by invitation only.
    pub invited: BTreeSet<AccountId>,
    /// Its members, there or not.
    pub members: BTreeMap<AccountId, Member>,
    /// The number of what was said last.
    pub last: Number,
    /// Up to this number its history was cleared.
    pub cleared_to: Number,
}

/// What is talked about in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The topic.
    pub text: Text,
    /// Who set it.
    pub by: Nick,
    /// When.
    pub at: Time,
}

/// A membership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// What it is there.
    pub ranks: Ranks,
    /// The number of its joining: what was said before was not missed.
    pub joined: Number,
}

impl Room {
    /// The room in an event of now.
    #[must_use]
    pub fn to_ref(&self) -> RoomRef {
        RoomRef {
            id: self.id,
            name: self.name.clone(),
        }
    }
}
