//! A line put together: tags, source, command, parameters. What may not stand in a line is left out of it.

use std::fmt::Write;

use chinwag_grammar::{Number, Time};

use crate::hub::caps::{Cap, Caps};

/// A line under way; its parts are added in their order.
#[derive(Clone, Debug, Default)]
pub struct Line {
    out: String,
    has_tags: bool,
    /// Where it begins after its tags.
    body: usize,
}

/// A line is no longer without its tags and its end (RFC 2812, section 2.3). Texts are broken before; this is the last net.
const BODY_BYTES: usize = 510;

impl Line {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With a tag; an empty value is none.
    #[must_use]
    pub fn tag(mut self, key: &str, value: &str) -> Self {
        self.out.push(if self.has_tags { ';' } else { '@' });
        self.has_tags = true;
        self.out.push_str(key);
        if !value.is_empty() {
            self.out.push('=');
            push_escaped(&mut self.out, value);
        }
        self
    }

    /// With a tag, where there is a value.
    #[must_use]
    pub fn maybe_tag(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.tag(key, value),
            None => self,
        }
    }

    /// With the time, where it is asked for (server-time).
    #[must_use]
    pub fn time(self, at: Time, caps: Caps) -> Self {
        if caps.has(Cap::ServerTime) {
            return self.tag("time", &at.to_string());
        }
        self
    }

    /// With the msgid, which is the number (message-ids).
    #[must_use]
    pub fn msgid(self, number: Option<Number>, caps: Caps) -> Self {
        match number.filter(|_| caps.has(Cap::MessageTags)) {
            Some(number) => self.tag("msgid", &number.to_string()),
            None => self,
        }
    }

    /// With the account of whoever did it (account-tag).
    #[must_use]
    pub fn account(self, account: Option<&str>, caps: Caps) -> Self {
        self.maybe_tag("account", account.filter(|_| caps.has(Cap::AccountTag)))
    }

    /// With the mark of a program (bot-mode).
    #[must_use]
    pub fn bot(self, is_bot: bool, caps: Caps) -> Self {
        if is_bot && caps.has(Cap::MessageTags) {
            return self.tag("bot", "");
        }
        self
    }

    /// With the source and the command.
    #[must_use]
    pub fn says(mut self, source: &str, command: &str) -> Self {
        if self.has_tags {
            self.out.push(' ');
        }
        self.body = self.out.len();
        self.out.push(':');
        push_word(&mut self.out, source);
        self.out.push(' ');
        self.out.push_str(command);
        self
    }

    /// With one more parameter that is one word; an empty one becomes `*`.
    #[must_use]
    pub fn word(mut self, word: &str) -> Self {
        self.out.push(' ');
        if word.is_empty() || word.starts_with(':') {
            self.out.push('*');
        }
        push_word(&mut self.out, word);
        self
    }

    /// With the last parameter, whatever it holds.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.out.push_str(" :");
        push_text(&mut self.out, text);
        self
    }

    /// How long it is without its end.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The line with its end, appended.
    pub fn end(self, lines: &mut String) {
        lines.push_str(&self.ended());
    }

    /// The line with its end.
    #[must_use]
    pub fn ended(mut self) -> String {
        let mut end = self.out.len().min(self.body + BODY_BYTES);
        while !self.out.is_char_boundary(end) {
            end -= 1;
        }
        self.out.truncate(end);
        self.out.push_str("\r\n");
        self.out
    }
}

/// A numeric: three digits, then whom it is addressed to.
#[must_use]
pub fn numeric(server: &str, code: u16, me: &str) -> Line {
    let mut digits = String::with_capacity(3);
    let _ = write!(digits, "{code:03}");
    Line::new().says(server, &digits).word(me)
}

/// A line that is rendered already, with one more tag in front.
#[must_use]
pub fn tagged(line: &str, key: &str, value: &str) -> String {
    let mut out = String::with_capacity(line.len() + key.len() + value.len() + 3);
    out.push('@');
    out.push_str(key);
    out.push('=');
    push_escaped(&mut out, value);
    match line.strip_prefix('@') {
        Some(rest) => {
            out.push(';');
            out.push_str(rest);
        }
        None => {
            out.push(' ');
            out.push_str(line);
        }
    }
    out
}

/// The escapes of message-tags.
fn push_escaped(out: &mut String, value: &str) {
    for found in value.chars() {
        match found {
            ';' => out.push_str("\\:"),
            ' ' => out.push_str("\\s"),
            '\\' => out.push_str("\\\\"),
            '\r' => out.push_str("\\r"),
            '\n' => out.push_str("\\n"),
            '\0' => {}
            other => out.push(other),
        }
    }
}

fn push_word(out: &mut String, word: &str) {
    out.extend(word.chars().map(|found| match found {
        ' ' | '\r' | '\n' | '\0' => '_',
        other => other,
    }));
}

fn push_text(out: &mut String, text: &str) {
    out.extend(text.chars().filter_map(|found| match found {
        '\r' | '\0' => None,
        '\n' => Some(' '),
        other => Some(other),
    }));
}
