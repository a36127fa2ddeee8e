//! Names of people and rooms: valid once in hand, and compared in their folded form.

use std::fmt;
use std::sync::Arc;

use nom::bytes::complete::take_while;
use nom::character::complete::{char, satisfy};
use nom::combinator::recognize;
use nom::{IResult, Parser};

/// The longest nick the grammar takes, in bytes; the configured limit is the core's and lower.
pub const NICK_MAX_BYTES: usize = 64;
/// The longest room name the grammar takes, `#` included, in bytes.
pub const ROOM_MAX_BYTES: usize = 128;

/// The name of a person: never begins with a digit or `-`, so that it is never taken for a number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nick(Arc<str>);

/// The name of a room: `#` and at least one character.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoomName(Arc<str>);

/// A name folded for comparison (ASCII lower case): the key of every map of names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Folded(Arc<str>);

/// Why a name is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// This character may not stand in such a name.
    BadCharacter(char),
    /// This character may stand in such a name, but not first.
    BadStart(char),
    /// Nothing is there, or only the `#`.
    Empty,
    /// A room name begins with `#`.
    NoHash,
    /// Longer than so many bytes.
    TooLong(usize),
}

impl Nick {
    /// Reads a whole word as a nick.
    ///
    /// # Errors
    /// Says what in the word a nick may not have.
    pub fn parse(word: &str) -> Result<Self, NameError> {
        match nick_error(word) {
            None => Ok(Self(word.into())),
            Some(error) => Err(error),
        }
    }

    /// Whether `parse` would succeed, without allocating.
    #[must_use]
    pub fn accepts(word: &str) -> bool {
        word.len() <= NICK_MAX_BYTES && matches!(nick(word), Ok(("", _)))
    }
}

impl RoomName {
    /// Reads a whole word as the name of a room.
    ///
    /// # Errors
    /// Says what in the word a room name may not have.
    pub fn parse(word: &str) -> Result<Self, NameError> {
        match room_error(word) {
            None => Ok(Self(word.into())),
            Some(error) => Err(error),
        }
    }

    /// Whether `parse` would succeed, without allocating.
    #[must_use]
    pub fn accepts(word: &str) -> bool {
        word.len() <= ROOM_MAX_BYTES && matches!(room(word), Ok(("", _)))
    }
}

impl Folded {
    /// Folds any text, a valid name or not: what is looked up need not exist.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Self(text.to_ascii_lowercase().into())
        } else {
            Self(text.into())
        }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Folded> for Arc<str> {
    fn from(folded: Folded) -> Self {
        folded.0
    }
}

/// A `Folded` is found in a map by the text it holds.
impl std::borrow::Borrow<str> for Folded {
    fn borrow(&self) -> &str {
        &self.0
    }
}

macro_rules! shared_text {
    ($name:ident) => {
        impl $name {
            /// The name as it was written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The key under which the name is looked up and compared.
            #[must_use]
            pub fn folded(&self) -> Folded {
                if self.0.bytes().any(|byte| byte.is_ascii_uppercase()) {
                    Folded::of(&self.0)
                } else {
                    Folded(Arc::clone(&self.0))
                }
            }

            /// Whether both name the same, whatever the case.
            #[must_use]
            pub fn same(&self, other: &str) -> bool {
                self.0.eq_ignore_ascii_case(other)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NameError;

            fn from_str(word: &str) -> Result<Self, NameError> {
                Self::parse(word)
            }
        }

        text_traits!($name);
    };
}

macro_rules! text_traits {
    ($name:ident) => {
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, out)
            }
        }
    };
}

shared_text!(Nick);
shared_text!(RoomName);
text_traits!(Folded);

impl fmt::Display for NameError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadCharacter(found) => write!(out, "{found:?} may not stand in a name"),
            Self::BadStart(found) => write!(out, "a name may not begin with {found:?}"),
            Self::Empty => out.write_str("a name has at least one character"),
            Self::NoHash => out.write_str("the name of a room begins with #"),
            Self::TooLong(max) => write!(out, "a name has at most {max} bytes"),
        }
    }
}

impl std::error::Error for NameError {}

/// The parser behind `Nick`.
pub(crate) fn nick(input: &str) -> IResult<&str, &str> {
    recognize((satisfy(nick_first), take_while(nick_char))).parse(input)
}

/// The parser behind `RoomName`.
pub(crate) fn room(input: &str) -> IResult<&str, &str> {
    recognize((char('#'), satisfy(room_char), take_while(room_char))).parse(input)
}

fn nick_error(word: &str) -> Option<NameError> {
    let Some(first) = word.chars().next() else {
        return Some(NameError::Empty);
    };
    if word.len() > NICK_MAX_BYTES {
        return Some(NameError::TooLong(NICK_MAX_BYTES));
    }
    match nick(word) {
        Ok(("", _)) => None,
        Ok((rest, _)) => rest.chars().next().map(NameError::BadCharacter),
        Err(_) if nick_char(first) => Some(NameError::BadStart(first)),
        Err(_) => Some(NameError::BadCharacter(first)),
    }
}

fn room_error(word: &str) -> Option<NameError> {
    let Some(rest) = word.strip_prefix('#') else {
        return Some(if word.is_empty() {
            NameError::Empty
        } else {
            NameError::NoHash
        });
    };
    if word.len() > ROOM_MAX_BYTES {
        return Some(NameError::TooLong(ROOM_MAX_BYTES));
    }
    match room(word) {
        Ok(("", _)) => None,
        Ok((rest, _)) => rest.chars().next().map(NameError::BadCharacter),
        Err(_) => Some(
            rest.chars()
                .next()
                .map_or(NameError::Empty, NameError::BadCharacter),
        ),
    }
}

fn nick_first(found: char) -> bool {
    nick_char(found) && !found.is_numeric() && found != '-'
}

fn nick_char(found: char) -> bool {
    match found {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '['
        | ']'
        | '\\'
        | '`'
        | '_'
        | '^'
        | '{'
        | '|'
        | '}'
        | '-' => true,
        _ => !found.is_ascii() && found.is_alphanumeric(),
    }
}

fn room_char(found: char) -> bool {
    !matches!(found, ' ' | ',' | ':') && !found.is_control() && !is_invisible(found)
}

/// Characters that are not seen or turn what follows: two names that look the same would be two rooms.
fn is_invisible(found: char) -> bool {
    matches!(found,
        '\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}'
        | '\u{3000}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nicks() {
        for good in [
            "alice",
            "A",
            "x9",
            "[bot]",
            "a\\b`c_^{|}-",
            "_",
            "Zoë",
            "日本",
        ] {
            assert_eq!(Nick::parse(good).unwrap().as_str(), good);
            assert!(Nick::accepts(good));
        }
        let long = "a".repeat(65);
        for (bad, why) in [
            ("", NameError::Empty),
            ("1abc", NameError::BadStart('1')),
            ("-a", NameError::BadStart('-')),
            ("٣a", NameError::BadStart('٣')),
            ("#a", NameError::BadCharacter('#')),
            ("a b", NameError::BadCharacter(' ')),
            ("a!b", NameError::BadCharacter('!')),
            ("a\u{7}", NameError::BadCharacter('\u{7}')),
            (&long, NameError::TooLong(64)),
        ] {
            assert_eq!(Nick::parse(bad), Err(why), "{bad:?}");
            assert!(!Nick::accepts(bad));
        }
    }

    #[test]
    fn rooms() {
        for good in ["#a", "##", "#ops", "#tea-room", "#日本", "#1"] {
            assert_eq!(RoomName::parse(good).unwrap().as_str(), good);
            assert!(RoomName::accepts(good));
        }
        for (bad, why) in [
            ("", NameError::Empty),
            ("#", NameError::Empty),
            ("ops", NameError::NoHash),
            ("#a,b", NameError::BadCharacter(',')),
            ("#a:b", NameError::BadCharacter(':')),
            ("#:", NameError::BadCharacter(':')),
            ("#a\u{7}", NameError::BadCharacter('\u{7}')),
            ("#a\u{9b}", NameError::BadCharacter('\u{9b}')),
            ("#op\u{202e}s", NameError::BadCharacter('\u{202e}')),
            ("#ops\u{200b}", NameError::BadCharacter('\u{200b}')),
            ("#a\u{a0}b", NameError::BadCharacter('\u{a0}')),
        ] {
            assert_eq!(RoomName::parse(bad), Err(why), "{bad:?}");
            assert!(!RoomName::accepts(bad));
        }
    }

    #[test]
    fn folding_is_ascii_only() {
        assert_eq!(
            Nick::parse("AlicE[]").unwrap().folded(),
            Folded::of("alice[]")
        );
        assert_eq!(Folded::of("ZOË").as_str(), "zoË");
        assert!(RoomName::parse("#Ops").unwrap().same("#oPS"));
        assert_eq!(
            format!(
                "{:>6}|{:?}",
                Nick::parse("bob").unwrap(),
                Nick::parse("bob").unwrap()
            ),
            "   bob|\"bob\""
        );
    }
}
