//! The source of a message taken apart: `nick!user@host`, or the name of a server.

use nom::bytes::complete::take_till;
use nom::character::complete::char;
use nom::combinator::{opt, rest};
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// The parts of a source; a server has a name only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The nick, or the name of a server.
    pub name: &'a str,
    /// What stands between `!` and `@`.
    pub user: Option<&'a str>,
    /// What stands after `@`.
    pub host: Option<&'a str>,
}

impl<'a> Source<'a> {
    /// Takes a source apart; every text is one.
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        match source(text) {
            Ok((_, source)) => source,
            Err(_) => Self {
                name: text,
                user: None,
                host: None,
            },
        }
    }
}

fn source(input: &str) -> IResult<&str, Source<'_>> {
    let (input, name) = take_till(|found| found == '!' || found == '@').parse(input)?;
    let (input, user) = opt(preceded(char('!'), take_till(|found| found == '@'))).parse(input)?;
    let (input, host) = opt(preceded(char('@'), rest)).parse(input)?;
    Ok((input, Source { name, user, host }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (text, name, user, host) in [
            ("alice", "alice", None, None),
            ("alice!a@h", "alice", Some("a"), Some("h")),
            ("alice!~a@h@i", "alice", Some("~a"), Some("h@i")),
            ("alice@h", "alice", None, Some("h")),
            ("alice!a", "alice", Some("a"), None),
            ("irc.example", "irc.example", None, None),
            ("", "", None, None),
            ("a!@", "a", Some(""), Some("")),
        ] {
            assert_eq!(Source::parse(text), Source { name, user, host }, "{text}");
        }
    }
}
