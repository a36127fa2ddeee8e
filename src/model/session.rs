//! One connection, as the core knows it. What only its dialect needs (tags, half-typed lines) is the shard's.

use std::collections::BTreeSet;

use chinwag_grammar::{Nick, Number, Time};

use super::credential::Digest;
use super::person::Scope;
use super::scram::Exchange;
use super::{AccountId, ConnId, Place, RoomId, RoomRef, Screen, Text};

/// One connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which connection.
    pub conn: ConnId,
    /// Where it comes from.
    pub origin: Origin,
    /// Since when.
    pub since: Time,
    /// Who it is, as far as it has said.
    pub person: Person,
    /// Whose account it has shown to be, before it comes in.
    pub authenticated: Option<Authenticated>,
    /// An exchange under way that shows a password.
    pub scram: Option<Box<Exchange>>,
    /// Whether it has given the connection password, or needs none.
    pub admitted: bool,
    /// What its person calls themselves in full (IRC's real name).
    pub real_name: Option<Text>,
    /// What lines look like on it.
    pub screen: Screen,
    /// The room that every line is said in (TALK).
    pub talk: Option<RoomId>,
    /// Who wrote to it in private last.
    pub last_private: Option<Nick>,
    /// Places that had something unread at login and were not looked at since.
    pub pending: BTreeSet<Place>,
    /// The counter at login: what came later was shown.
    pub login_number: Number,
}

/// Who a session is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    /// Logged in.
    Account {
        /// The account.
        id: AccountId,
        /// What the token it came with may be used for; absent for a password.
        limits: Option<TokenLimits>,
    },
    /// Without an account.
    Guest {
        /// The name it took.
        nick: Nick,
        /// The rooms it is in.
        rooms: BTreeSet<RoomId>,
    },
    /// Has not said.
    Nobody,
}

/// Whose a session is that has shown so and has not come in yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticated {
    /// The account.
    pub account: AccountId,
    /// What the token that it was shown with may be used for; absent without one.
    pub limits: Option<TokenLimits>,
}

/// What a session that came with a token may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenLimits {
    /// The label of the token: when it is revoked, the session ends.
    pub label: String,
    /// Where alone; absent, everywhere.
    pub rooms: Option<Vec<RoomRef>>,
    /// What for.
    pub scope: Scope,
}

impl TokenLimits {
    /// Whether a session with it hears that room.
    #[must_use]
    pub fn hears_room(&self, room: RoomId) -> bool {
        self.scope != Scope::Post && self.reaches(room)
    }

    /// Whether the token is for that room, whatever it is called by now.
    #[must_use]
    pub fn reaches(&self, room: RoomId) -> bool {
        let rooms = self.rooms.as_ref();
        rooms.is_none_or(|rooms| rooms.iter().any(|one| one.id == room))
    }

    /// Whether it is for every room, and for what is in none.
    #[must_use]
    pub const fn is_everywhere(&self) -> bool {
        self.rooms.is_none()
    }

    /// Whether a session with it hears what is said in private.
    #[must_use]
    pub const fn hears_people(&self) -> bool {
        !matches!(self.scope, Scope::Post) && self.is_everywhere()
    }
}

/// Where a connection comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The kind of door.
    pub door: Door,
    /// The host of its hostmask: an address, or `local` for a unix socket.
    pub host: String,
    /// What login failures are counted by: the address, or the /64 of IPv6.
    pub network: String,
    /// Whether this machine itself is the other end, with nothing in between.
    pub loopback: bool,
    /// Whether the line is encrypted.
    pub tls: bool,
    /// The fingerprint of the client certificate that it came with: the SHA-256 of the whole of it.
    pub certificate: Option<Digest>,
}

/// The door somebody came in by, as the audit log names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The command line of the server.
    Console,
    /// An IRC client.
    Irc,
    /// nc, telnet, openssl, scripts.
    Netcat,
    /// A browser.
    Web,
}

impl Door {
    /// The word of the audit log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Irc => "irc",
            Self::Netcat => "netcat",
            Self::Web => "web",
        }
    }
}

impl Session {
    /// The account it is logged in to.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match &self.person {
            Person::Account { id, .. } => Some(*id),
            Person::Guest { .. } | Person::Nobody => None,
        }
    }

    /// What the token it came with may be used for; absent for a password.
    #[must_use]
    pub const fn limits(&self) -> Option<&TokenLimits> {
        match &self.person {
            Person::Account { limits, .. } => limits.as_ref(),
            Person::Guest { .. } | Person::Nobody => None,
        }
    }
}
