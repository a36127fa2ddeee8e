//! Masks: `nick!user@host` with `*` and `?`, as bans write them.

use std::fmt;
use std::sync::Arc;

use nom::bytes::complete::take_while;
use nom::character::complete::char;
use nom::combinator::{all_consuming, opt, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};

/// The longest mask, in bytes, as it was typed.
pub const MASK_MAX_BYTES: usize = 192;

/// A pattern over `nick!user@host`, whole and normalised.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mask(Arc<str>);

/// Why a word is not a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaskError {
    /// A space, a comma, a control character, a second `!`, or `#` at the beginning.
    BadCharacter,
    /// Nothing is there, or only `!` and `@`: everybody is written `*`.
    Empty,
    /// Longer than `MASK_MAX_BYTES`.
    TooLong,
}

impl Mask {
    /// Reads a whole word; what is left out is `*`: `bob` is `bob!*@*`, `u@h` is `*!u@h`. `a:bob` is the account bob,
    /// whatever its host.
    ///
    /// # Errors
    /// Says why the word is not a mask.
    pub fn parse(word: &str) -> Result<Self, MaskError> {
        if word.is_empty() {
            return Err(MaskError::Empty);
        }
        if word.len() > MASK_MAX_BYTES {
            return Err(MaskError::TooLong);
        }
        let Ok((_, (nick, user, host))) = all_consuming(parts).parse(word) else {
            return Err(MaskError::BadCharacter);
        };
        if nick.is_empty() && user.is_empty() && host.is_empty() {
            return Err(MaskError::Empty);
        }
        if user.is_empty() && host.is_empty() && account_of(nick).is_some() {
            return Ok(Self(squeezed(nick).into()));
        }
        let whole = |part: &str| {
            if part.is_empty() {
                "*".to_owned()
            } else {
                squeezed(part)
            }
        };
        Ok(Self(
            format!("{}!{}@{}", whole(nick), whole(user), whole(host)).into(),
        ))
    }

    /// Whether `parse` would succeed, without allocating.
    #[must_use]
    pub fn accepts(word: &str) -> bool {
        let named = word.bytes().any(|byte| byte != b'!' && byte != b'@');
        named && word.len() <= MASK_MAX_BYTES && all_consuming(parts).parse(word).is_ok()
    }

    /// Whether the mask covers somebody, written `nick!user@host`; letters in any ASCII case.
    #[must_use]
    pub fn matches(&self, who: &str) -> bool {
        glob(&self.0, who)
    }

    /// The pattern of the names of accounts, where it is a mask of accounts: `a:bob`.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        account_of(&self.0).filter(|name| !name.contains('!'))
    }

    /// The normalised mask.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Mask {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl std::str::FromStr for Mask {
    type Err = MaskError;

    fn from_str(word: &str) -> Result<Self, MaskError> {
        Self::parse(word)
    }
}

impl fmt::Display for MaskError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadCharacter => {
                out.write_str("a nick or a mask, like bob or *!*@host, is expected")
            }
            Self::Empty => out.write_str("a mask has at least one character"),
            Self::TooLong => write!(out, "a mask has at most {MASK_MAX_BYTES} bytes"),
        }
    }
}

impl std::error::Error for MaskError {}

/// Whether `pattern` with `*` and `?` covers the whole text, in any ASCII case.
///
/// Only the last `*` is ever retried, so the work is at most pattern × text, whatever the pattern.
#[must_use]
pub fn glob(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    let mut retry: Option<(&str, &str)> = None;
    loop {
        let mut rest = pattern.chars();
        match (rest.next(), first(text)) {
            (Some('*'), _) => {
                pattern = rest.as_str();
                if pattern.is_empty() {
                    return true;
                }
                retry = Some((pattern, text));
            }
            (None, None) => return true,
            (Some(wanted), Some((found, after)))
                if wanted == '?' || wanted.eq_ignore_ascii_case(&found) =>
            {
                (pattern, text) = (rest.as_str(), after);
            }
            _ => {
                let Some((after_star, from)) = retry else {
                    return false;
                };
                let Some((_, from)) = first(from) else {
                    return false;
                };
                (pattern, text, retry) = (after_star, from, Some((after_star, from)));
            }
        }
    }
}

/// No nick has a colon, so that nothing else begins like that.
fn account_of(mask: &str) -> Option<&str> {
    let name = mask
        .strip_prefix("a:")
        .or_else(|| mask.strip_prefix("A:"))?;
    Some(name).filter(|name| !name.is_empty())
}

fn first(text: &str) -> Option<(char, &str)> {
    let mut rest = text.chars();
    rest.next().map(|found| (found, rest.as_str()))
}

/// The three parts, empty where they are left out; a word with `@` but no `!` names user and host.
fn parts(input: &str) -> IResult<&str, (&str, &str, &str)> {
    let mut part =
        take_while(|found: char| !matches!(found, '!' | '@' | ',' | ' ') && !found.is_control());
    let host =
        take_while(|found: char| !matches!(found, '!' | '@' | ',' | ' ') && !found.is_control());
    let (rest, nick) = opt(terminated(verify(&mut part, not_a_room), char('!'))).parse(input)?;
    let (rest, first) =
        verify(&mut part, |part: &str| nick.is_some() || not_a_room(part)).parse(rest)?;
    let (rest, host) = opt(preceded(char('@'), host)).parse(rest)?;
    Ok(match (nick, host) {
        (Some(nick), host) => (rest, (nick, first, host.unwrap_or(""))),
        (None, Some(host)) => (rest, ("", first, host)),
        (None, None) => (rest, (first, "", "")),
    })
}

/// `BAN #ops bob` is a slip of the order, not a mask.
fn not_a_room(part: &str) -> bool {
    !part.starts_with('#')
}

/// Runs of `*` say no more than one.
fn squeezed(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    for found in part.chars() {
        if found != '*' || !out.ends_with('*') {
            out.push(found);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalised() {
        for (word, mask) in [
            ("bob", "bob!*@*"),
            ("b*b", "b*b!*@*"),
            ("*", "*!*@*"),
            ("*!*@host.example", "*!*@host.example"),
            ("u@h", "*!u@h"),
            ("@h", "*!*@h"),
            ("bob!u", "bob!u@*"),
            ("bob!@", "bob!*@*"),
            ("a**b!***@?*", "a*b!*@?*"),
            ("*!*@2001:db8::*", "*!*@2001:db8::*"),
        ] {
            assert_eq!(Mask::parse(word).unwrap().as_str(), mask, "{word}");
            assert_eq!(Mask::parse(mask).unwrap().as_str(), mask);
            assert!(Mask::accepts(word));
        }
        for bad in [
            "", "a b", "a,b", "a!b!c", "a@b@c", "#ops", "#ops!*@*", "#a@b", "a@b!c", "a\u{7}",
        ] {
            assert!(Mask::parse(bad).is_err(), "{bad}");
            assert!(!Mask::accepts(bad));
        }
    }

    #[test]
    fn masks_of_accounts() {
        let mask = Mask::parse("a:b**b").unwrap();
        assert_eq!((mask.as_str(), mask.account()), ("a:b*b", Some("b*b")));
        assert_eq!(Mask::parse(mask.as_str()).unwrap(), mask);
        assert!(!mask.matches("a:bob!u@h") && !mask.matches("bob!u@h"));
        for other in ["a:", "a:bob@h", "a:bob!u", "b:bob", "bob"] {
            assert_eq!(Mask::parse(other).unwrap().account(), None, "{other}");
        }
    }

    #[test]
    fn matching() {
        for (mask, who, yes) in [
            ("bob", "BOB!bob@10.0.0.1", true),
            ("bob", "bobby!bob@10.0.0.1", false),
            ("b?b", "bób!u@h", true),
            ("*!*@10.0.*", "x!y@10.0.0.7", true),
            ("*!*@*.example", "x!y@a.b.EXAMPLE", true),
            ("*!*@*.example", "x!y@a.b.example.org", false),
            ("*a*a*b", "aaaab!u@h", true),
        ] {
            assert_eq!(Mask::parse(mask).unwrap().matches(who), yes, "{mask} {who}");
        }
    }

    #[test]
    fn no_pattern_is_exponential() {
        let pattern = "*a".repeat(60);
        assert!(!glob(&pattern, &"a".repeat(59)));
        assert!(!glob(&(pattern + "b"), &"a".repeat(4_000)));
    }
}
