//! The lists of a room: masks of those who are kept out or silent, and of those for whom that does not hold.

use chinwag_grammar::{Mask, Nick, Time};
use serde::{Deserialize, Serialize};

use super::Room;
use crate::model::Text;

/// What a mask in a list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BanKind {
    /// `b`: keeps out.
    Ban,
    /// `e`: no ban and no mute concerns them.
    Exception,
    /// `I`: they come in without an invitation.
    Invitation,
    /// `b` with `m:` in front: keeps silent.
    Mute,
}

impl BanKind {
    /// The word people read, and the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::Exception => "exception",
            Self::Invitation => "invitation",
            Self::Mute => "mute",
        }
    }

    /// The letter of MODE that lists it.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Ban | Self::Mute => 'b',
            Self::Exception => 'e',
            Self::Invitation => 'I',
        }
    }
}

/// Why and how long a mask stands.
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

/// What masks are held against: somebody, as others see them and as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// The name of their account.
    pub account: Option<Nick>,
    /// `nick!user@host`: with the real host, and with the one that others see.
    pub hostmasks: [String; 2],
}

impl Marks {
    /// Whether the mask fits.
    #[must_use]
    pub fn fit(&self, mask: &Mask) -> bool {
        match mask.account() {
            Some(pattern) => self
                .account
                .as_ref()
                .is_some_and(|name| chinwag_grammar::mask::glob(pattern, name.as_str())),
            None => self.hostmasks.iter().any(|hostmask| mask.matches(hostmask)),
        }
    }
}

impl Room {
    /// The first entry of that kind, in force, whose mask fits.
    #[must_use]
    pub fn listed(&self, kind: BanKind, marks: &Marks, now: Time) -> Option<&Ban> {
        let in_force = |ban: &Ban| ban.until.is_none_or(|until| until > now);
        self.bans
            .iter()
            .filter(|((of, _), ban)| *of == kind && in_force(ban))
            .find(|((_, mask), _)| marks.fit(mask))
            .map(|(_, ban)| ban)
    }

    /// The first ban or mute that concerns them: none does where there is an exception.
    #[must_use]
    pub fn banned(&self, kind: BanKind, marks: &Marks, now: Time) -> Option<&Ban> {
        self.listed(kind, marks, now)
            .filter(|_| self.listed(BanKind::Exception, marks, now).is_none())
    }
}
