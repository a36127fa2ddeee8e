//! Bans of the whole server, and whom each keeps out.

use std::fmt;

use chinwag_grammar::{Mask, Nick, Time};

use super::{Cidr, Text};

/// What is known of a ban beside its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerBan {
    /// Who put it there.
    pub by: Nick,
    /// When.
    pub at: Time,
    /// Until when; absent, for good.
    pub until: Option<Time>,
    /// Why.
    pub why: Option<Text>,
}

/// Whom it keeps out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BanTarget {
    /// An account.
    Account(Nick),
    /// Everybody whose `nick!user@host` the mask fits.
    Mask(Mask),
    /// Every connection from there, before it has said who it is; always without bits behind those that are fixed.
    Network(Cidr),
}

impl ServerBan {
    /// Whether it still stands.
    #[must_use]
    pub fn is_in_force(&self, now: Time) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}

impl BanTarget {
    /// The word of the database.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Mask(_) => "mask",
            Self::Network(_) => "network",
        }
    }

    /// Reads what `kind` and `Display` have written.
    #[must_use]
    pub fn parse(kind: &str, word: &str) -> Option<Self> {
        match kind {
            "account" => Nick::parse(word).ok().map(Self::Account),
            "mask" => Mask::parse(word).ok().map(Self::Mask),
            "network" => word.parse().ok().map(Cidr::network).map(Self::Network),
            _ => None,
        }
    }

    /// What somebody means who types a word: a block of addresses, a mask, or else a name.
    #[must_use]
    pub fn meant(word: &str) -> Option<Self> {
        if let Ok(block) = word.parse::<Cidr>() {
            return Some(Self::Network(block.network()));
        }
        match Nick::parse(word) {
            Ok(nick) => Some(Self::Account(nick)),
            Err(_) => Mask::parse(word).ok().map(Self::Mask),
        }
    }
}

impl fmt::Display for BanTarget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(nick) => nick.fmt(out),
            Self::Mask(mask) => mask.fmt(out),
            Self::Network(block) => block.short().fmt(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant() {
        for (word, kind, written) in [
            ("bob", "account", "bob"),
            ("bob!*@*", "mask", "bob!*@*"),
            ("*@192.0.2.7", "mask", "*!*@192.0.2.7"),
            ("bad*", "mask", "bad*!*@*"),
            ("192.0.2.7", "network", "192.0.2.7"),
            ("192.0.2.7/24", "network", "192.0.2.0/24"),
            ("2001:db8::/32", "network", "2001:db8::/32"),
        ] {
            let target = BanTarget::meant(word).unwrap();
            assert_eq!((target.kind(), &*target.to_string()), (kind, written));
            assert_eq!(BanTarget::parse(kind, written), Some(target));
        }
        assert_eq!(BanTarget::meant("#ops"), None);
    }
}
