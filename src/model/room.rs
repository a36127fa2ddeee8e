//! Rooms, their members, modes and bans.

mod rank;

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Mask, Nick, Number, RoomName, Time};
use serde::{Deserialize, Serialize};

use super::{AccountId, RoomId, RoomRef, Text};

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
    /// Who is kept out or kept silent, by kind and mask.
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

/// How a room behaves; the letters are those of IRC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modes {
    /// `i`: only those come in who were invited.
    pub invite_only: bool,
    /// `k`: a word that is needed to come in.
    pub key: Option<String>,
    /// `l`: so many members at most.
    pub limit: Option<u32>,
    /// `m`: only operators and those with voice speak.
    pub moderated: bool,
    /// `n`: only members speak. Always on in the plain dialect, where nobody speaks from outside.
    pub members_only: bool,
    /// `s` and `p`: not in lists.
    pub hidden: bool,
    /// `t`: only operators set the topic.
    pub topic_protected: bool,
}

/// A membership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// What it is there.
    pub ranks: Ranks,
    /// The number of its joining: what was said before was not missed.
    pub joined: Number,
}

/// What a ban does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BanKind {
    /// Keeps out.
    Ban,
    /// Keeps silent.
    Mute,
}

/// Why and how long somebody is kept out or silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ban {
    /// Who did it.
    pub by: Nick,
    /// When.
    pub at: Time,
    /// Until when; absent, for good.
    pub until: Option<Time>,
    /// Why.
    pub why: Option<Text>,
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

    /// The first ban of that kind, in force, whose mask fits `nick!user@host`.
    #[must_use]
    pub fn banned(&self, kind: BanKind, hostmask: &str, now: Time) -> Option<&Ban> {
        let in_force = |ban: &Ban| ban.until.is_none_or(|until| until > now);
        self.bans
            .iter()
            .filter(|((of, _), ban)| *of == kind && in_force(ban))
            .find(|((_, mask), _)| mask.matches(hostmask))
            .map(|(_, ban)| ban)
    }
}
