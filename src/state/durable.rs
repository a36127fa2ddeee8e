//! What the store holds as well. After a restart it is what it was.

use std::collections::BTreeMap;

use chinwag_grammar::{Folded, Number, Time};

use crate::model::credential::{Digest, ServerSecret};
use crate::model::{Account, AccountId, BanTarget, Room, RoomId, Rules, ServerBan};

/// What the store holds as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durable {
    /// The configuration that decisions read; absent before the first start.
    pub rules: Option<Box<Rules>>,
    /// By which names that are nobody's get their salts; absent until it is first needed.
    pub secret: Option<ServerSecret>,
    /// The number of what was recorded last.
    pub last: Number,
    /// The highest number an account ever had.
    pub last_account: AccountId,
    /// The highest number a room ever had.
    pub last_room: RoomId,
    /// Accounts.
    pub accounts: BTreeMap<AccountId, Account>,
    /// Accounts by their folded names.
    pub names: BTreeMap<Folded, AccountId>,
    /// Accounts by the fingerprints of their client certificates.
    pub certificates: BTreeMap<Digest, AccountId>,
    /// Rooms.
    pub rooms: BTreeMap<RoomId, Room>,
    /// Rooms by their folded names.
    pub room_names: BTreeMap<Folded, RoomId>,
    /// Private conversations, each under both of its accounts, with the number of what was said last.
    pub conversations: BTreeMap<(AccountId, AccountId), Number>,
    /// Codes with which one person each can register.
    pub invitations: BTreeMap<Digest, Invitation>,
    /// Bans of the whole server.
    pub server_bans: BTreeMap<BanTarget, ServerBan>,
}

/// A code with which one person can register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Who made it.
    pub by: AccountId,
    /// When.
    pub at: Time,
}
