//! Who is connected, and what is remembered only while the process lives.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chinwag_grammar::{Folded, Number, Time};

use super::Monitors;
use crate::model::{AccountId, ConnId, Ranks, RoomId, Session, Text, UserModes, Who};

/// Who is connected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// Connections that count as sessions, whether they have said who they are or not.
    pub sessions: BTreeMap<ConnId, Session>,
    /// The sessions of each account that is there.
    pub present: BTreeMap<AccountId, BTreeSet<ConnId>>,
    /// Guests by their folded names.
    pub guests: BTreeMap<Folded, ConnId>,
    /// The guests in each room, and what they are there.
    pub room_guests: BTreeMap<RoomId, BTreeMap<ConnId, Ranks>>,
    /// Accounts that are away.
    pub away: BTreeMap<AccountId, Away>,
    /// Times of failed logins of the last minute, by folded name and by network.
    pub failures: BTreeMap<String, VecDeque<Time>>,
    /// When those that are older were last looked for.
    pub failures_swept: Time,
    /// Messages that were removed lately: what was looked up before that is out of date.
    pub removed: VecDeque<Number>,
    /// Who went lately, the last of them last.
    pub whowas: VecDeque<Gone>,
    /// Names that connections watch.
    pub monitors: Monitors,
    /// Connections that say themselves what is read on them.
    pub marking: BTreeSet<ConnId>,
    /// When somebody last said something in a room that limits it, by room and by folded name.
    pub spoken: BTreeMap<(RoomId, Folded), VecDeque<Time>>,
    /// Histories about to be removed, by room and by whom.
    pub clears: BTreeMap<(RoomId, AccountId), ClearOffer>,
    /// Connections that OPER made an operator's, with the name of the configuration.
    pub operators: BTreeMap<ConnId, Text>,
    /// The connection whose command is decided as if it came from an admin; between two commands, none.
    pub overriding: Option<ConnId>,
    /// Since when the process serves.
    pub started: Option<Time>,
    /// What those who are here want of the server, by folded name.
    pub user_modes: BTreeMap<Folded, UserModes>,
}

/// Since when and why somebody is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// Since when.
    pub since: Time,
    /// Why.
    pub why: Text,
}

/// Somebody who went: the last session of an account ended, or a guest's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Who.
    pub who: Who,
    /// The host of their hostmask then.
    pub host: String,
    /// When.
    pub at: Time,
}

/// The code that confirms a CLEAR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClearOffer {
    /// To be repeated.
    pub code: u32,
    /// Until when it is worth something.
    pub expires: Time,
}
