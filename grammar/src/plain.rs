//! Requests of the plain dialect: a line in, the rule it follows and its arguments out.
//!
//! The rules are those of `commands.abnf`, the types of arguments those of `names.abnf`; nothing here knows a command
//! but the shortcuts.

mod args;
mod fault;
mod kind;
mod replies;
mod rule;
mod usage;
mod walk;

use crate::tag::{self, Tag};

pub use args::{Args, Target};
pub use fault::{Fault, FaultKind};
pub use kind::names;
pub use replies::replies;
pub use rule::{Rule, commands, rule, similar, syntax, themes};

pub(crate) use kind::Kind;

/// A line that follows the rule of its command.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The tag that its replies shall carry.
    pub tag: Option<Tag>,
    /// The command.
    pub rule: &'static Rule,
    /// What was captured, in the order of the line.
    pub args: Args<'a>,
}

/// What a line is while every line is speech (TALK).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech<'a> {
    /// `/verb …`: to be parsed as a request.
    Command(&'a str),
    /// To be said, as it stands.
    Says(&'a str),
}

/// A character that stands for a verb.
struct Shortcut {
    sign: char,
    verb: &'static str,
    /// `'text` and `:text` speak where one is: a room at their beginning is a part of the text.
    here: bool,
}

const SHORTCUTS: [Shortcut; 4] = [
    Shortcut {
        sign: '\'',
        verb: "MSG",
        here: true,
    },
    Shortcut {
        sign: ':',
        verb: "ME",
        here: true,
    },
    Shortcut {
        sign: '<',
        verb: "ANSWER",
        here: false,
    },
    Shortcut {
        sign: '>',
        verb: "PRIV",
        here: false,
    },
];

/// Reads one line, without its line end.
///
/// # Errors
/// Says what keeps the line from being a request, with the tag it carried.
pub fn parse(line: &str) -> Result<Request<'_>, Fault<'_>> {
    let line = line.trim_start_matches(' ');
    let (tag, line) = match tag::tag(line) {
        Ok((rest, tag)) => (Some(tag), rest.trim_start_matches(' ')),
        Err(_) => (None, line),
    };
    match untagged(line) {
        Ok((rule, args)) => Ok(Request { tag, rule, args }),
        Err(kind) => Err(Fault { tag, kind }),
    }
}

/// Tells speech from commands where TALK is on: `//x` says `/x`.
#[must_use]
pub fn speech(line: &str) -> Speech<'_> {
    match line.strip_prefix('/') {
        Some(rest) if rest.starts_with('/') => Speech::Says(rest),
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_alphabetic()) => {
            Speech::Command(line)
        }
        Some(_) | None => Speech::Says(line),
    }
}

fn untagged(line: &str) -> Result<(&'static Rule, Args<'_>), FaultKind<'_>> {
    if let Some(shortcut) = SHORTCUTS
        .iter()
        .find(|shortcut| line.starts_with(shortcut.sign))
    {
        let rule = rule(shortcut.verb).expect("a test looks every shortcut up");
        // The sign stands where the space after the verb would.
        return walk::arguments(rule, line, 0, Some(shortcut));
    }
    let start = usize::from(line.starts_with('/'));
    let end = line[start..]
        .find(' ')
        .map_or(line.len(), |length| start + length);
    let verb = &line[start..end];
    if verb.is_empty() {
        return Err(FaultKind::Empty);
    }
    match rule(verb) {
        Some(rule) => walk::arguments(rule, line, end, None),
        None => Err(FaultKind::UnknownCommand {
            verb,
            nearest: similar(verb),
        }),
    }
}

#[cfg(test)]
mod tests;
