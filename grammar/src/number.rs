//! The number of something recorded: what people type to name a message, and what `SINCE` resumes from.

use std::fmt;

use nom::character::complete::digit1;
use nom::combinator::map_res;
use nom::{IResult, Parser};

/// A number of the one counter of the whole server; 0 stands before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(u64);

impl Number {
    /// The largest number: what SQLite's signed column holds.
    pub const MAX: Self = Self(i64::MAX as u64);

    /// A number within the range that can be stored.
    #[must_use]
    pub const fn new(number: u64) -> Option<Self> {
        if number <= Self::MAX.0 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Reads a whole word of decimal digits.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match number(word) {
            Ok(("", number)) => Some(number),
            Ok(_) | Err(_) => None,
        }
    }

    /// The plain integer.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The number after this one.
    ///
    /// # Panics
    /// At the end of the range, which a server that records a million events a second reaches in 292,000 years.
    #[must_use]
    pub const fn next(self) -> Self {
        assert!(self.0 < Self::MAX.0, "the counter of numbers is used up");
        Self(self.0 + 1)
    }

    /// The number before this one; none is before zero.
    #[must_use]
    pub const fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

impl std::str::FromStr for Number {
    type Err = NotANumber;

    fn from_str(word: &str) -> Result<Self, NotANumber> {
        Self::parse(word).ok_or(NotANumber)
    }
}

/// The word is not a decimal number, or too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number, like 1042, is expected")
    }
}

impl std::error::Error for NotANumber {}

/// The parser behind `Number`.
pub(crate) fn number(input: &str) -> IResult<&str, Number> {
    map_res(digit1, |digits: &str| {
        digits.parse().ok().and_then(Number::new).ok_or(NotANumber)
    })
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(Number::parse("1042").unwrap().get(), 1042);
        assert_eq!(Number::parse("0").unwrap().next().to_string(), "1");
        assert_eq!(Number::parse("9223372036854775807"), Some(Number::MAX));
        for bad in [
            "",
            "-1",
            "+1",
            "1.0",
            "x",
            "9223372036854775808",
            "99999999999999999999",
            "١",
        ] {
            assert_eq!(Number::parse(bad), None, "{bad:?}");
        }
    }
}
