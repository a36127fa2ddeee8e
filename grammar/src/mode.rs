//! Mode strings: `+ov-m` as a list of signs and letters.

use std::fmt;

use nom::branch::alt;
use nom::character::complete::{char, satisfy};
use nom::combinator::{all_consuming, opt, value};
use nom::multi::fold_many1;
use nom::{IResult, Parser};

/// Whether a mode is set or taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `-`
    Minus,
    /// `+`, also where no sign was written.
    Plus,
}

/// One letter of a mode string, under its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModeChange {
    /// Set or taken away.
    pub sign: Sign,
    /// An ASCII letter; the case matters.
    pub mode: char,
}

/// Reads a mode string: letters and signs, at least one letter, no sign at the end.
#[must_use]
pub fn parse(word: &str) -> Option<Vec<ModeChange>> {
    all_consuming(changes)
        .parse(word)
        .ok()
        .map(|(_, changes)| changes)
}

/// Whether `parse` would succeed, without allocating.
#[must_use]
pub fn accepts(word: &str) -> bool {
    all_consuming(fold_many1(change, || (), |(), _| ()))
        .parse(word)
        .is_ok()
}

fn changes(input: &str) -> IResult<&str, Vec<ModeChange>> {
    let (input, (_, changes)) = fold_many1(
        change,
        || (Sign::Plus, Vec::new()),
        |(before, mut changes), (sign, mode)| {
            let sign = sign.unwrap_or(before);
            changes.push(ModeChange { sign, mode });
            (sign, changes)
        },
    )
    .parse(input)?;
    Ok((input, changes))
}

fn change(input: &str) -> IResult<&str, (Option<Sign>, char)> {
    let sign = alt((value(Sign::Plus, char('+')), value(Sign::Minus, char('-'))));
    (opt(sign), satisfy(|found| found.is_ascii_alphabetic())).parse(input)
}

impl fmt::Display for Sign {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Minus => "-",
            Self::Plus => "+",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mode_strings() {
        let shown = |word| {
            parse(word).map(|all| {
                all.iter()
                    .map(|one| format!("{}{}", one.sign, one.mode))
                    .collect::<String>()
            })
        };
        assert_eq!(shown("+ov-m").as_deref(), Some("+o+v-m"));
        assert_eq!(shown("b").as_deref(), Some("+b"));
        assert_eq!(shown("-k+lI").as_deref(), Some("-k+l+I"));
        for bad in ["", "+", "+-o", "o+", "+1", "+ö", "o m"] {
            assert_eq!(parse(bad), None, "{bad:?}");
            assert!(!accepts(bad));
        }
        assert!(accepts("+ov-m"));
    }
}
