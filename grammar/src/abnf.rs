//! ABNF (RFC 5234, with the case-sensitive strings of RFC 7405): read into a tree that the parser of commands walks.

mod matching;
mod syntax;

use std::borrow::Cow;
use std::fmt;

/// A set of rules, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Grammar<'a> {
    rules: Vec<Definition<'a>>,
}

/// One rule and the comment lines that stand right before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition<'a> {
    /// The name, as written; names are the same in any case.
    pub name: &'a str,
    /// What the name stands for.
    pub body: Element<'a>,
    /// The comment lines before the rule, without `;` and outer spaces.
    pub comments: Vec<&'a str>,
}

/// A piece of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Element<'a> {
    /// `a / b`: one of them.
    Alternation(Vec<Self>),
    /// `a b`: one after the other.
    Concatenation(Vec<Self>),
    /// `[a]`.
    Option(Box<Self>),
    /// `<prose>`: described in words, matches nothing by itself.
    Prose(&'a str),
    /// `%x41-5A`: one character within the range, both ends included.
    Range(char, char),
    /// `2*4a`, `*a`, `3a`.
    Repetition {
        /// At least so many.
        min: usize,
        /// At most so many; absent is without end.
        max: Option<usize>,
        /// Of this.
        of: Box<Self>,
    },
    /// The name of another rule.
    Rule(&'a str),
    /// `"text"`, in any ASCII case unless written `%s"text"` or as `%x74.65`.
    Text {
        /// The text.
        text: Cow<'a, str>,
        /// Whether the case matters.
        exact: bool,
    },
}

/// Why a text is not ABNF, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbnfError {
    /// The line, from 1; 0 where it concerns no line.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl<'a> Grammar<'a> {
    /// Reads a file of rules; the names it uses may be defined elsewhere, see `undefined`.
    ///
    /// # Errors
    /// Tells the first line that is not ABNF, or a rule that is defined twice.
    pub fn parse(text: &'a str) -> Result<Self, AbnfError> {
        syntax::grammar(text)
    }

    /// These rules and those of another file.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.rules.extend(other.rules.iter().cloned());
        self
    }

    /// The rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Definition<'a>] {
        &self.rules
    }

    /// The rule of that name, in any case.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&Definition<'a>> {
        self.rules
            .iter()
            .find(|rule| rule.name.eq_ignore_ascii_case(name))
    }

    /// Names that are used but neither defined nor among RFC 5234's core rules.
    #[must_use]
    pub fn undefined(&self) -> Vec<&'a str> {
        let mut missing = Vec::new();
        for rule in &self.rules {
            rule.body.each_name(&mut |name| {
                if self.rule(name).is_none()
                    && core_rule(name).is_none()
                    && !missing.contains(&name)
                {
                    missing.push(name);
                }
            });
        }
        missing
    }

    /// Whether the rule covers the whole line. A name that is not defined covers nothing.
    #[must_use]
    pub fn matches(&self, rule: &str, line: &str) -> bool {
        matching::covers(self, rule, line)
    }

    /// What a name stands for, here or among the core rules.
    pub(crate) fn body(&self, name: &str) -> Option<Cow<'_, Element<'a>>> {
        match self.rule(name) {
            Some(rule) => Some(Cow::Borrowed(&rule.body)),
            None => core_rule(name).map(Cow::Owned),
        }
    }
}

impl<'a> Definition<'a> {
    /// The value of a comment line `; key: value` before the rule.
    #[must_use]
    pub fn note(&self, key: &str) -> Option<&'a str> {
        self.comments
            .iter()
            .find_map(|comment| comment.strip_prefix(key)?.strip_prefix(": "))
    }
}

impl<'a> Element<'a> {
    /// Calls `visit` with every rule name in here.
    pub fn each_name(&self, visit: &mut dyn FnMut(&'a str)) {
        match self {
            Self::Alternation(parts) | Self::Concatenation(parts) => {
                parts.iter().for_each(|part| part.each_name(visit));
            }
            Self::Option(of) | Self::Repetition { of, .. } => of.each_name(visit),
            Self::Prose(_) | Self::Range(..) | Self::Text { .. } => {}
            Self::Rule(name) => visit(name),
        }
    }
}

impl fmt::Display for AbnfError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => out.write_str(&self.what),
            line => write!(out, "line {line}: {}", self.what),
        }
    }
}

impl std::error::Error for AbnfError {}

/// The core rules of RFC 5234, appendix B, that text lines can hold.
fn core_rule(name: &str) -> Option<Element<'static>> {
    let one = |range: (char, char)| Element::Range(range.0, range.1);
    let any =
        |ranges: &[(char, char)]| Element::Alternation(ranges.iter().copied().map(one).collect());
    Some(match name.to_ascii_uppercase().as_str() {
        "ALPHA" => any(&[('A', 'Z'), ('a', 'z')]),
        "BIT" => one(('0', '1')),
        "CHAR" => one(('\x01', '\x7f')),
        "CR" => one(('\r', '\r')),
        "CTL" => any(&[('\0', '\x1f'), ('\x7f', '\x7f')]),
        "DIGIT" => one(('0', '9')),
        "DQUOTE" => one(('"', '"')),
        "HEXDIG" => any(&[('0', '9'), ('A', 'F'), ('a', 'f')]),
        "HTAB" => one(('\t', '\t')),
        "LF" => one(('\n', '\n')),
        "SP" => one((' ', ' ')),
        "VCHAR" => one(('!', '~')),
        "WSP" => any(&[(' ', ' '), ('\t', '\t')]),
        "CRLF" => Element::Text {
            text: Cow::Borrowed("\r\n"),
            exact: true,
        },
        _ => return None,
    })
}
