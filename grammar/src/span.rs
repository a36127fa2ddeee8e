//! A length of time as people type it: `90s`, `10m`, `2h`, `30d`, `1d12h`, `0`.

use std::fmt;

use nom::bytes::complete::take_while_m_n;
use nom::character::complete::char;
use nom::combinator::{all_consuming, map, verify};
use nom::{IResult, Parser};

/// Units from the longest to the shortest; a shorter one may follow a longer one, never the other way round.
const UNITS: [(char, u64); 5] = [
    ('w', 7 * 86_400),
    ('d', 86_400),
    ('h', 3_600),
    ('m', 60),
    ('s', 1),
];

/// A length of time, in whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(u64);

impl Span {
    /// No time at all; where a limit is meant, no limit.
    pub const ZERO: Self = Self(0);

    /// So many seconds.
    #[must_use]
    pub const fn seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// So many milliseconds, rounded up to whole seconds so that a wait never reads shorter than it is.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.div_ceil(1_000))
    }

    /// Reads a whole word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match all_consuming(span).parse(word) {
            Ok((_, span)) => Some(span),
            Err(_) => None,
        }
    }

    /// The length in seconds.
    #[must_use]
    pub const fn secs(self) -> u64 {
        self.0
    }

    /// The length in milliseconds.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.0.saturating_mul(1_000)
    }

    /// Whether it is no time at all.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The same in its longest unit only, rounded down, as a person reads it: `2h` for `2h5m`.
    #[must_use]
    pub fn rough(self) -> Self {
        let unit = UNITS.iter().find(|(_, seconds)| self.0 >= *seconds);
        Self(unit.map_or(0, |(_, seconds)| self.0 / seconds * seconds))
    }
}

/// Normalised: every unit at most once, longest first, none that is zero.
impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return out.write_str("0");
        }
        let mut rest = self.0;
        for (unit, seconds) in UNITS {
            if rest >= seconds {
                write!(out, "{}{unit}", rest / seconds)?;
                rest %= seconds;
            }
        }
        Ok(())
    }
}

impl std::str::FromStr for Span {
    type Err = NotASpan;

    fn from_str(word: &str) -> Result<Self, NotASpan> {
        Self::parse(word).ok_or(NotASpan)
    }
}

/// The word is not a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASpan;

impl fmt::Display for NotASpan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a length of time, like 90s, 10m, 2h or 1d12h, is expected")
    }
}

impl std::error::Error for NotASpan {}

/// The parser behind `Span`.
pub(crate) fn span(input: &str) -> IResult<&str, Span> {
    if let Ok((rest, parts)) = verify(parts, |(count, _)| *count > 0).parse(input) {
        return Ok((rest, Span(parts.1)));
    }
    map(char('0'), |_| Span::ZERO).parse(input)
}

/// How many units were read, and their sum in seconds.
fn parts(input: &str) -> IResult<&str, (usize, u64)> {
    let (mut rest, mut count, mut total) = (input, 0, 0);
    for (unit, seconds) in UNITS {
        if let Ok((after, amount)) = part(unit).parse(rest) {
            (rest, count, total) = (after, count + 1, total + amount * seconds);
        }
    }
    Ok((rest, (count, total)))
}

/// One amount and its unit; six digits keep the sum of all far from overflow.
fn part<'a>(unit: char) -> impl Parser<&'a str, Output = u64, Error = nom::error::Error<&'a str>> {
    map(
        (
            take_while_m_n(1, 6, |found: char| found.is_ascii_digit()),
            nom::branch::alt((char(unit), char(unit.to_ascii_uppercase()))),
        ),
        |(digits, _): (&str, char)| digits.parse().expect("six digits fit"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        for (word, seconds, shown) in [
            ("0", 0, "0"),
            ("0s", 0, "0"),
            ("90s", 90, "1m30s"),
            ("10m", 600, "10m"),
            ("2h", 7_200, "2h"),
            ("2H", 7_200, "2h"),
            ("30d", 2_592_000, "4w2d"),
            ("1d12h", 129_600, "1d12h"),
            ("1w2d3h4m5s", 788_645, "1w2d3h4m5s"),
        ] {
            let span = Span::parse(word).unwrap();
            assert_eq!(
                (span.secs(), span.to_string().as_str()),
                (seconds, shown),
                "{word}"
            );
            assert_eq!(Span::parse(shown), Some(span));
        }
        for bad in [
            "", "s", "10", "00", "1x", "12h1d", "1d1d", "1d 2h", "-1s", "1.5h", "1234567s",
        ] {
            assert_eq!(Span::parse(bad), None, "{bad:?}");
        }
        assert_eq!(Span::from_millis(1_001), Span::seconds(2));
        assert_eq!(Span::seconds(7_500).rough().to_string(), "2h");
    }
}
