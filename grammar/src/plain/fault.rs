//! Why a line is not a request, in words that can be shown.

use std::fmt;

use super::Rule;
use crate::tag::Tag;

/// Why a line is not a request.
#[derive(Clone, Debug)]
pub struct Fault<'a> {
    /// The tag of the line, for the answer.
    pub tag: Option<Tag>,
    /// What is wrong.
    pub kind: FaultKind<'a>,
}

/// What is wrong with a line.
#[derive(Clone)]
pub enum FaultKind<'a> {
    /// Nothing but spaces, a `/` or a tag.
    Empty,
    /// A word that may not stand where it does.
    Invalid {
        /// The rule that was followed.
        rule: &'static Rule,
        /// The argument it was read as, or `choice` where one of several words is expected.
        argument: &'static str,
        /// The word; it may be a secret where the argument is one.
        found: &'a str,
        /// What may stand there, as a phrase: `a room, like #lobby`.
        expected: String,
    },
    /// The line ends too early.
    NeedMore {
        /// The rule that was followed.
        rule: &'static Rule,
        /// The argument that is missing, or `choice` where one of several words is.
        missing: &'static str,
        /// What must follow, as a phrase.
        expected: String,
    },
    /// The line goes on after the request is complete.
    TooMuch {
        /// The rule that was followed.
        rule: &'static Rule,
        /// What is too much.
        found: &'a str,
    },
    /// No command has that name.
    UnknownCommand {
        /// The word, without `/`.
        verb: &'a str,
        /// The command that was probably meant.
        nearest: Option<&'static str>,
    },
}

impl fmt::Display for FaultKind<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("nothing to do"),
            Self::Invalid { rule, expected, .. } => {
                write!(out, "{} expects {expected} there", rule.verb)
            }
            Self::NeedMore { rule, expected, .. } => write!(out, "{} lacks {expected}", rule.verb),
            Self::TooMuch { rule, .. } => {
                write!(out, "{} takes no more than: {}", rule.verb, rule.usage)
            }
            Self::UnknownCommand {
                verb,
                nearest: None,
            } => write!(out, "no command \"{verb}\""),
            Self::UnknownCommand {
                verb,
                nearest: Some(nearest),
            } => {
                write!(out, "no command \"{verb}\". Did you mean {nearest}?")
            }
        }
    }
}

impl std::error::Error for Fault<'_> {}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(out)
    }
}

/// Without what was typed: a line that is no request may well be a password.
impl fmt::Debug for FaultKind<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("Empty"),
            Self::Invalid { rule, argument, .. } => {
                write!(out, "Invalid({} {argument})", rule.verb)
            }
            Self::NeedMore { rule, missing, .. } => {
                write!(out, "NeedMore({} {missing})", rule.verb)
            }
            Self::TooMuch { rule, .. } => write!(out, "TooMuch({})", rule.verb),
            Self::UnknownCommand { nearest, .. } => {
                write!(out, "UnknownCommand(nearest {nearest:?})")
            }
        }
    }
}
