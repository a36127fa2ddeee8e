//! What somebody is in a room: the ranks, from the founder down to voice, and the set of them that a member has.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What somebody can be made in a room, the highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rank {
    /// `q`: made it, and may do everything.
    Founder,
    /// `a`: an operator against whom no operator may act.
    Protected,
    /// `o`: runs the room.
    Operator,
    /// `h`: keeps order: kicks, bans, mutes and gives voice.
    Halfop,
    /// `v`: speaks in a moderated room.
    Voice,
}

impl Rank {
    /// All of them, the highest first.
    pub const ALL: [Self; 5] = [
        Self::Founder,
        Self::Protected,
        Self::Operator,
        Self::Halfop,
        Self::Voice,
    ];

    /// The letter in MODE.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Founder => 'q',
            Self::Protected => 'a',
            Self::Operator => 'o',
            Self::Halfop => 'h',
            Self::Voice => 'v',
        }
    }

    /// The sign in front of a nick in lists of members.
    #[must_use]
    pub const fn prefix(self) -> char {
        match self {
            Self::Founder => '~',
            Self::Protected => '&',
            Self::Operator => '@',
            Self::Halfop => '%',
            Self::Voice => '+',
        }
    }

    /// The word people read.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Founder => "founder",
            Self::Protected => "protected",
            Self::Operator => "operator",
            Self::Halfop => "halfop",
            Self::Voice => "voice",
        }
    }

    /// The rank of a letter in MODE.
    #[must_use]
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.letter() == letter)
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Founder => 16,
            Self::Protected => 8,
            Self::Operator => 4,
            Self::Halfop => 2,
            Self::Voice => 1,
        }
    }
}

/// The ranks of one member. Sets compare by their highest rank first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ranks(u8);

impl Ranks {
    /// Of somebody who is nothing but a member.
    pub const NONE: Self = Self(0);
    /// Of whoever makes a room that stays.
    pub const FOUNDER: Self = Self(Rank::Founder.bit() | Rank::Operator.bit());
    /// Of whoever runs one.
    pub const OPERATOR: Self = Self(Rank::Operator.bit());

    /// The same with that rank, or without it.
    #[must_use]
    pub const fn with(self, rank: Rank, given: bool) -> Self {
        if given {
            Self(self.0 | rank.bit())
        } else {
            Self(self.0 & !rank.bit())
        }
    }

    /// Whether that rank is among them.
    #[must_use]
    pub const fn has(self, rank: Rank) -> bool {
        self.0 & rank.bit() != 0
    }

    /// Whether one of them is that rank or a higher one.
    #[must_use]
    pub const fn reach(self, rank: Rank) -> bool {
        self.0 >= rank.bit()
    }

    /// The highest.
    #[must_use]
    pub fn highest(self) -> Option<Rank> {
        self.iter().next()
    }

    /// Each, the highest first.
    pub fn iter(self) -> impl Iterator<Item = Rank> {
        Rank::ALL.into_iter().filter(move |rank| self.has(*rank))
    }

    /// Reads the letters that `Display` writes; nothing of any other.
    #[must_use]
    pub fn parse(letters: &str) -> Option<Self> {
        letters.chars().try_fold(Self::NONE, |ranks, letter| {
            Some(ranks.with(Rank::of_letter(letter)?, true))
        })
    }
}

/// The letters: `qo`.
impl fmt::Display for Ranks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: String = self.iter().map(Rank::letter).collect();
        out.pad(&letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_ranks() {
        let ranks = Ranks::parse("vo").unwrap();
        assert_eq!(ranks.to_string(), "ov");
        assert_eq!(ranks.highest(), Some(Rank::Operator));
        assert!(ranks.reach(Rank::Halfop) && ranks.reach(Rank::Operator));
        assert!(!ranks.reach(Rank::Protected) && !ranks.has(Rank::Halfop));
        assert_eq!(ranks.with(Rank::Operator, false).to_string(), "v");
        assert!(Ranks::FOUNDER > ranks && ranks > Ranks::OPERATOR && Ranks::NONE < ranks);
        assert_eq!(Ranks::parse(""), Some(Ranks::NONE));
        assert_eq!(Ranks::parse("x"), None);
        assert_eq!(Ranks::NONE.highest(), None);
    }
}
