//! `chinwag parse`: what the grammar makes of lines, as JSON.

use std::collections::BTreeMap;
use std::io::{BufRead, Read, Write};

use chinwag_grammar::{irc, plain};
use serde::Serialize;

use super::Dialect;

/// No dialect has longer lines; longer ones are told and passed over.
const LINE_MAX_BYTES: u64 = 1_048_576;

/// What is printed of a line.
#[derive(Serialize)]
#[serde(untagged)]
enum Parsed<'a> {
    Error {
        error: String,
    },
    Irc {
        dialect: &'static str,
        tags: BTreeMap<&'a str, &'a str>,
        source: Option<&'a str>,
        command: &'a str,
        params: Vec<&'a str>,
    },
    Plain {
        dialect: &'static str,
        tag: Option<&'a str>,
        verb: &'a str,
        args: BTreeMap<&'a str, Argument<'a>>,
    },
}

/// An argument: a text, several of one name, or a word of the command itself.
#[derive(Serialize)]
#[serde(untagged)]
enum Argument<'a> {
    Keyword(bool),
    Several(Vec<&'a str>),
    Text(&'a str),
}

/// Reads lines that end in LF or CRLF and writes one object for each.
pub fn run(
    dialect: Dialect,
    mut input: impl BufRead,
    mut output: impl Write,
) -> anyhow::Result<()> {
    while let Some(line) = line(&mut input)? {
        write(dialect, &line, &mut output)?;
        output.write_all(b"\n")?;
        // Whoever types wants to see it at once; whoever pipes a file pays little.
        output.flush()?;
    }
    Ok(())
}

fn write(dialect: Dialect, line: &[u8], output: &mut impl Write) -> serde_json::Result<()> {
    if line.len() as u64 > LINE_MAX_BYTES {
        return error(
            format!("the line is longer than {LINE_MAX_BYTES} bytes"),
            output,
        );
    }
    let Ok(line) = str::from_utf8(line) else {
        return error("the line is not UTF-8".into(), output);
    };
    match dialect {
        Dialect::Irc => match irc::Message::parse(line) {
            Ok(message) => serde_json::to_writer(output, &irc(&message)),
            Err(wrong) => error(wrong.to_string(), output),
        },
        Dialect::Plain => match plain::parse(line) {
            Ok(request) => serde_json::to_writer(output, &plain(&request)),
            Err(wrong) => error(wrong.to_string(), output),
        },
    }
}

fn irc<'a>(message: &'a irc::Message<'a>) -> Parsed<'a> {
    Parsed::Irc {
        dialect: "irc",
        tags: message.tags().collect(),
        source: message.source(),
        command: message.command(),
        params: message.params().collect(),
    }
}

fn plain<'a>(request: &'a plain::Request<'a>) -> Parsed<'a> {
    let mut args = BTreeMap::new();
    for (name, _) in request.args.iter() {
        let values: Vec<&str> = request.args.all(name).collect();
        let value = match values.as_slice() {
            // The names of keywords are the keywords themselves, in capitals.
            _ if name.bytes().any(|byte| byte.is_ascii_uppercase()) => Argument::Keyword(true),
            [one] => Argument::Text(one),
            _ => Argument::Several(values),
        };
        args.insert(name, value);
    }
    let tag = request.tag.as_ref().map(chinwag_grammar::Tag::as_str);
    Parsed::Plain {
        dialect: "plain",
        tag,
        verb: request.rule.verb,
        args,
    }
}

fn error(error: String, output: &mut impl Write) -> serde_json::Result<()> {
    serde_json::to_writer(output, &Parsed::Error { error })
}

/// The next line without its end; of one that is too long, just enough to tell.
fn line(input: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input
        .take(LINE_MAX_BYTES + 2)
        .read_until(b'\n', &mut line)?
        == 0
    {
        return Ok(None);
    }
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    } else if line.len() as u64 > LINE_MAX_BYTES {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}
