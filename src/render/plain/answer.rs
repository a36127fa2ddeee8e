//! The last line of an answer: `+OK …` or `-ERR CODE … : …`.

use chinwag_grammar::{Number, Tag};

use super::json::Object;
use super::{letters, wrap};
use crate::model::{Format, Screen};
use crate::reply::Reply;

/// A reply as one line with its CRLF; for people, with further lines where it is wider than their screen.
#[must_use]
pub fn reply(reply: &Reply, tag: Option<&Tag>, screen: &Screen) -> String {
    match screen.format {
        Format::Json => json(reply, tag),
        Format::Line => line(reply, tag, true).0,
        Format::Text => {
            let (line, head) = line(reply, tag, false);
            wrap::wrapped(line, head, screen.width)
        }
    }
}

/// The line, and where its words begin.
fn line(reply: &Reply, tag: Option<&Tag>, exact: bool) -> (String, usize) {
    let code = reply.code();
    let mut out = String::with_capacity(96);
    out.push_str(if code.is_some() { "-ERR" } else { "+OK" });
    if let Some(tag) = tag {
        out.push_str(" %");
        out.push_str(tag.as_str());
    }
    if let Some(code) = code {
        out.push(' ');
        out.push_str(code);
        for (key, value) in reply.pairs() {
            out.push(' ');
            out.push_str(key);
            out.push('=');
            letters::push(&mut out, &value.replace(char::is_whitespace, "_"));
        }
        out.push_str(" :");
    }
    let words = reply.words();
    // A failure has words always: ` : ` is what programs split at.
    if code.is_some() || !words.is_empty() {
        out.push(' ');
    }
    let head = out.len();
    if exact {
        letters::push_escaped(&mut out, &words);
    } else {
        letters::push(&mut out, &words);
    }
    out.push_str("\r\n");
    (out, head)
}

fn json(reply: &Reply, tag: Option<&Tag>) -> String {
    let mut object = Object::default();
    object.flag("ok", reply.code().is_none());
    if let Some(code) = reply.code() {
        object.text("code", code);
    }
    if let Some(number) = number(reply) {
        object.number("id", number);
    }
    object.text("text", &reply.words());
    for (key, value) in reply.pairs() {
        match value.parse() {
            Ok(count) => object.count(key, count),
            Err(_) => object.text(key, &value),
        };
    }
    object.tag(tag);
    object.finish()
}

/// The number that what was asked for took.
fn number(reply: &Reply) -> Option<Number> {
    match reply {
        Reply::Cleared { number, .. }
        | Reply::Created { number, .. }
        | Reply::Joined { number, .. }
        | Reply::Left { number, .. }
        | Reply::Numbered { number }
        | Reply::PrivateKept { number, .. } => Some(*number),
        _ => None,
    }
}
