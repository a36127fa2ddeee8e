//! Accounts, and who somebody is in an event.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Folded, Nick, Number, Time};
use serde::{Deserialize, Serialize};

use super::credential::{Digest, ScramKeys, Verifier};
use super::{AccountId, Place, RoomId, RoomRef, Settings, Text};

/// The role of an account over the whole server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May do everything.
    Admin,
    /// Everybody else.
    User,
}

impl Role {
    /// The word people type and read.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
        }
    }
}

/// Who did something, with the name they had then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The account; absent for guests and for the server.
    pub account: Option<AccountId>,
    /// The name then.
    pub nick: Nick,
}

impl Who {
    /// The user of their hostmask: an account's name, or a guest's with `~`.
    #[must_use]
    pub fn user(&self) -> String {
        let mark = if self.account.is_some() { "" } else { "~" };
        format!("{mark}{}", self.nick)
    }

    /// The host that others see: it tells who somebody is, and nothing of where they are.
    #[must_use]
    pub fn host(&self) -> String {
        match self.account {
            Some(_) => format!("user/{}", self.nick),
            None => "guest".to_owned(),
        }
    }

    /// `nick!user@host`, as others see it.
    #[must_use]
    pub fn hostmask(&self) -> String {
        format!("{}!{}@{}", self.nick, self.user(), self.host())
    }
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// Its name.
    pub name: Nick,
    /// What its password is checked against.
    pub verifier: Verifier,
    /// What SCRAM checks it by; absent where none were made.
    pub scram: Option<ScramKeys>,
    /// Where recovery codes may be mailed to.
    pub email: Option<Text>,
    /// Its role.
    pub role: Role,
    /// When it was made.
    pub created: Time,
    /// Whether its password is the one that every new server begins with.
    pub initial_password: bool,
    /// Whether it has logged in before: the first login joins the rooms of `rooms.autojoin`.
    pub visited: bool,
    /// Why and how long it is shut out.
    pub block: Option<Block>,
    /// What lines look like to it.
    pub settings: Settings,
    /// Whom it does not want to read, by folded name.
    pub ignored: BTreeMap<Folded, Nick>,
    /// Its tokens, by label.
    pub tokens: BTreeMap<String, Token>,
    /// Client certificates that log it in, by fingerprint, and since when.
    pub certificates: BTreeMap<Digest, Time>,
    /// Recovery codes not yet used.
    pub recovery: BTreeSet<Digest>,
    /// The code issued by an admin or by mail.
    pub reset: Option<Reset>,
    /// The rooms it is a member of.
    pub rooms: BTreeSet<RoomId>,
    /// How far it has read, place by place.
    pub read: BTreeMap<Place, Mark>,
    /// What it was to be told while it was away, by number.
    pub notifications: BTreeMap<Number, Notification>,
}

/// How far a place was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The last number that is read.
    pub number: Number,
    /// The same as a time, as whoever marked it gave it: what IRC's MARKREAD shows.
    pub at: Time,
}

/// A place that was read further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Where.
    pub place: Place,
    /// The name of the place, as whoever read it types it.
    pub name: Text,
    /// How far.
    pub mark: Mark,
}

/// An account shut out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Until when; absent, for good.
    pub until: Option<Time>,
    /// Who did it.
    pub by: Nick,
    /// Why.
    pub why: Option<Text>,
}

/// A password for scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What is kept of it.
    pub digest: Digest,
    /// Where alone it may be used, as the rooms were called then; absent, everywhere. A room that is gone stays: a token
    /// whose rooms are all gone is good for nothing.
    pub rooms: Option<Vec<RoomRef>>,
    /// What it may be used for.
    pub scope: Scope,
    /// When it was made.
    pub created: Time,
}

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Whatever its account may do, but for changing the account itself.
    All,
    /// Sending messages.
    Post,
    /// Reading.
    Read,
}

impl Scope {
    /// The word people type and read.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Post => "post",
            Self::Read => "read",
        }
    }
}

/// A one-time code that lets somebody set a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reset {
    /// What is kept of it.
    pub digest: Digest,
    /// When it is worth nothing any more.
    pub expires: Time,
}

/// Something an account is told of when it comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notification {
    /// What it is about.
    pub kind: NotificationKind,
    /// Where it happened; absent where it is about the account itself.
    pub place: Option<Place>,
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NotificationKind {
    /// The account was blocked.
    Block,
    /// It was invited to a room.
    Invite,
    /// It was put out of a room.
    Kick,
    /// It was named in a room.
    Mention,
    /// It was written to in private.
    Private,
    /// Its role was changed.
    Role,
}

impl Account {
    /// Whether it is shut out at this moment.
    #[must_use]
    pub fn blocked(&self, now: Time) -> Option<&Block> {
        self.block
            .as_ref()
            .filter(|block| block.until.is_none_or(|until| until > now))
    }

    /// Who it is in an event of now.
    #[must_use]
    pub fn who(&self) -> Who {
        Who {
            account: Some(self.id),
            nick: self.name.clone(),
        }
    }
}
