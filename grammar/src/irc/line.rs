//! The parser of a line.

use nom::branch::alt;
use nom::bytes::complete::{take_till, take_till1, take_while_m_n, take_while1};
use nom::character::complete::char;
use nom::combinator::{opt, rest};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::{IrcError, Message, tags};

/// Splits a line.
pub(super) fn message(line: &str) -> Result<Message<'_>, IrcError> {
    if line
        .bytes()
        .any(|byte| matches!(byte, b'\0' | b'\r' | b'\n'))
    {
        return Err(IrcError::BadCharacter);
    }
    let line = line.trim_start_matches(' ');
    if line.is_empty() {
        return Err(IrcError::Empty);
    }
    let (line, written) = opt(preceded(char('@'), word))
        .parse(line)
        .map_err(no_command)?;
    let tags = tags::parsed(written.unwrap_or(""))?;
    let (line, source) = opt(preceded(char(':'), word))
        .parse(spaces(line))
        .map_err(no_command)?;
    if source == Some("") {
        return Err(IrcError::BadSource);
    }
    let (line, command) = word(spaces(line)).map_err(no_command)?;
    if command.is_empty() {
        return Err(IrcError::NoCommand);
    }
    if !is_command(command) {
        return Err(IrcError::BadCommand);
    }
    let mut message = Message {
        tags,
        source: source.map(Into::into),
        command: command.into(),
        params: Vec::new(),
    };
    let mut line = spaces(line);
    while !line.is_empty() {
        let (after, param) = param(line).map_err(no_command)?;
        message.params.push(param.into());
        line = spaces(after);
    }
    Ok(message)
}

/// Whether a word may be a command.
pub(super) fn is_command(word: &str) -> bool {
    matches!(command(word), Ok(("", _)))
}

fn command(input: &str) -> IResult<&str, &str> {
    alt((
        take_while1(|found: char| found.is_ascii_alphabetic()),
        take_while_m_n(3, 3, |found: char| found.is_ascii_digit()),
    ))
    .parse(input)
}

/// The last parameter after a colon, or one word.
fn param(input: &str) -> IResult<&str, &str> {
    alt((preceded(char(':'), rest), take_till1(is_space))).parse(input)
}

fn word(input: &str) -> IResult<&str, &str> {
    take_till(is_space).parse(input)
}

/// A tab is no space in IRC.
fn is_space(found: char) -> bool {
    found == ' '
}

fn spaces(input: &str) -> &str {
    input.trim_start_matches(' ')
}

fn no_command(_: nom::Err<nom::error::Error<&str>>) -> IrcError {
    IrcError::NoCommand
}
