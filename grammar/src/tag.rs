//! The optional tag of a plain request, `%t1`: what its replies are found by.

use std::fmt;

use nom::bytes::complete::take_while_m_n;
use nom::character::complete::char;
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// The longest tag, in bytes, without its `%`.
pub const TAG_MAX_BYTES: usize = 32;

/// A tag, without its `%`; kept in place, so that a tagged request costs nothing more.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag {
    bytes: [u8; TAG_MAX_BYTES],
    len: u8,
}

impl Tag {
    /// Reads a tag without its `%`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match name(word) {
            Ok(("", name)) => Some(Self::of(name)),
            Ok(_) | Err(_) => None,
        }
    }

    /// The tag without its `%`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).expect("a tag is ASCII")
    }

    fn of(name: &str) -> Self {
        let mut bytes = [0; TAG_MAX_BYTES];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        Self {
            bytes,
            len: u8::try_from(name.len()).expect("a tag has at most 32 bytes"),
        }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "%{}", self.as_str())
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "%{}", self.as_str())
    }
}

/// A tag with its `%`, at the beginning of a line.
pub(crate) fn tag(input: &str) -> IResult<&str, Tag> {
    let (rest, name) = preceded(char('%'), name).parse(input)?;
    if rest.is_empty() || rest.starts_with(' ') {
        return Ok((rest, Tag::of(name)));
    }
    Err(nom::Err::Error(nom::error::Error::new(
        input,
        nom::error::ErrorKind::Tag,
    )))
}

fn name(input: &str) -> IResult<&str, &str> {
    take_while_m_n(1, TAG_MAX_BYTES, |found: char| {
        found.is_ascii_alphanumeric() || matches!(found, '_' | '.' | '-')
    })
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        assert_eq!(tag("%t1 WHO").unwrap().0, " WHO");
        assert_eq!(tag("%a.b-C_9").unwrap().1.to_string(), "%a.b-C_9");
        for bad in [
            "t1",
            "%",
            "% x",
            "%a/b x",
            "%é x",
            &format!("%{} x", "a".repeat(33)),
        ] {
            assert!(tag(bad).is_err(), "{bad}");
        }
        assert_eq!(Tag::parse("t1").unwrap().as_str(), "t1");
        assert_eq!(Tag::parse(""), None);
    }
}
