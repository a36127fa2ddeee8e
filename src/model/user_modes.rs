//! What somebody wants of the server for themselves: the user modes of IRC, which all their sessions share.

use std::fmt;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UserMode {
    /// They are a program.
    Bot,
    /// In no list of whoever shares no room with them.
    Invisible,
    /// Guests cannot write to them in private.
    RegisteredOnly,
    /// They hear what operators tell each other.
    Wallops,
}

/// A set of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UserModes(u8);

impl UserMode {
    /// Every one, in the order of their letters.
    pub const ALL: [Self; 4] = [
        Self::Bot,
        Self::RegisteredOnly,
        Self::Invisible,
        Self::Wallops,
    ];

    /// Its letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Bot => 'B',
            Self::Invisible => 'i',
            Self::RegisteredOnly => 'R',
            Self::Wallops => 'w',
        }
    }

    /// The mode with that letter.
    #[must_use]
    pub fn of_letter(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.letter() == letter)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl UserModes {
    /// None.
    pub const NONE: Self = Self(0);

    /// Those whose letters follow a `+`; other letters are none.
    #[must_use]
    pub fn parse(letters: &str) -> Self {
        let modes = letters.chars().filter_map(UserMode::of_letter);
        modes.fold(Self::NONE, |all, mode| all.with(mode, true))
    }

    /// Whether one is set.
    #[must_use]
    pub const fn has(self, mode: UserMode) -> bool {
        self.0 & mode.bit() != 0
    }

    /// The same with one more, or without it.
    #[must_use]
    pub const fn with(self, mode: UserMode, on: bool) -> Self {
        if on {
            Self(self.0 | mode.bit())
        } else {
            Self(self.0 & !mode.bit())
        }
    }
}

/// Their letters.
impl fmt::Display for UserModes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = UserMode::ALL.into_iter().filter(|mode| self.has(*mode));
        set.map(UserMode::letter).collect::<String>().fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_its_letters() {
        for letters in ["", "B", "BRiw", "iw"] {
            assert_eq!(UserModes::parse(letters).to_string(), letters);
        }
        assert_eq!(UserModes::parse("+wxi").to_string(), "iw");
        let without = UserModes::parse("iw").with(UserMode::Wallops, false);
        assert_eq!(without, UserModes::parse("i"));
    }
}
