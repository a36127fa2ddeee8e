//! IRCv3 message tags: `@key=value;key`, with the escapes of values.

use std::borrow::Cow;
use std::fmt::{self, Write};

use nom::bytes::complete::{take_till, take_while1};
use nom::character::complete::char;
use nom::combinator::{all_consuming, opt, recognize};
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use super::IrcError;

/// Reads what stands between `@` and the space; pieces that are empty are passed over.
pub(super) fn parsed(written: &str) -> Result<Vec<(&str, Cow<'_, str>)>, IrcError> {
    let mut tags = Vec::new();
    for piece in written.split(';').filter(|piece| !piece.is_empty()) {
        let (_, (key, value)) = all_consuming(tag)
            .parse(piece)
            .map_err(|_| IrcError::BadTag)?;
        put(&mut tags, key, unescaped(value.unwrap_or("")));
    }
    Ok(tags)
}

/// Adds a tag; of tags with one key the last counts.
pub(super) fn put<'a>(tags: &mut Vec<(&'a str, Cow<'a, str>)>, key: &'a str, value: Cow<'a, str>) {
    tags.retain(|(known, _)| *known != key);
    tags.push((key, value));
}

/// Whether a text may be a key.
pub(super) fn is_key(text: &str) -> bool {
    matches!(key(text), Ok(("", _)))
}

/// Writes one tag; an empty value means the same as none.
pub(super) fn write(key: &str, value: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_str(key)?;
    if value.is_empty() {
        return Ok(());
    }
    out.write_char('=')?;
    value.chars().try_for_each(|found| match found {
        ';' => out.write_str("\\:"),
        ' ' => out.write_str("\\s"),
        '\\' => out.write_str("\\\\"),
        '\r' => out.write_str("\\r"),
        '\n' => out.write_str("\\n"),
        other => out.write_char(other),
    })
}

fn tag(input: &str) -> IResult<&str, (&str, Option<&str>)> {
    pair(
        key,
        opt(preceded(
            char('='),
            take_till(|found| found == ';' || found == ' '),
        )),
    )
    .parse(input)
}

/// Wider than the specification's letters, digits and hyphens after a host: a key is opaque.
fn key(input: &str) -> IResult<&str, &str> {
    recognize(pair(
        opt(char('+')),
        take_while1(|found: char| {
            found.is_ascii_alphanumeric() || matches!(found, '-' | '.' | '_' | '/')
        }),
    ))
    .parse(input)
}

/// Undoes the escapes: of an unknown one the letter stays, a backslash at the end is nothing.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(found) = letters.next() {
        match if found == '\\' {
            letters.next().map(|escape| (escape, true))
        } else {
            Some((found, false))
        } {
            Some((':', true)) => out.push(';'),
            Some(('s', true)) => out.push(' '),
            Some(('r', true)) => out.push('\r'),
            Some(('n', true)) => out.push('\n'),
            Some((other, _)) => out.push(other),
            None => {}
        }
    }
    Cow::Owned(out)
}
