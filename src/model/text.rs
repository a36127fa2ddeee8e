//! What people write: free of control characters, so that it can be shown on any terminal.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A text of one or more lines; shared, not copied. Only `\n` is left of all control characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Text(Arc<str>);

impl Text {
    /// Takes what somebody wrote; what may not be shown is left out, a tab becomes a space.
    #[must_use]
    pub fn new(written: &str) -> Self {
        if written.chars().all(is_shown) {
            return Self(written.into());
        }
        let cleaned: String = written
            .chars()
            .map(|found| if found == '\t' { ' ' } else { found })
            .filter(|found| is_shown(*found))
            .collect();
        Self(cleaned.into())
    }

    /// The same, but what IRC formats with stays: bold, colours and the like. Terminals are shown it without.
    #[must_use]
    pub fn formatted(written: &str) -> Self {
        if written
            .chars()
            .all(|found| is_shown(found) || is_format(found))
        {
            return Self(written.into());
        }
        let cleaned = written
            .chars()
            .map(|found| if found == '\t' { ' ' } else { found });
        let cleaned = cleaned.filter(|found| is_shown(*found) || is_format(*found));
        Self(cleaned.collect::<String>().into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is to be seen.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0
            .chars()
            .all(|found| found.is_whitespace() || is_format(found))
    }

    /// Its words, without what stands around a name: who is named in it is mentioned.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(separates).filter(|word| !word.is_empty())
    }
}

/// What stands around a name. A match, not a search through a text of them: this is asked of everything that is said.
const fn separates(found: char) -> bool {
    match found {
        ',' | '.' | ':' | ';' | '!' | '?' | '@' | '(' | ')' | '"' | '\'' | '<' | '>' => true,
        _ => found.is_whitespace() || is_format(found),
    }
}

/// Whether a character may be shown: no control character but the line end, none that turns the direction of what
/// follows, and no separator that some programs take for a line end.
#[must_use]
pub fn is_shown(found: char) -> bool {
    if found.is_ascii() {
        return found == '\n' || (' '..='~').contains(&found);
    }
    !matches!(found,
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether IRC formats with it: bold, colour, hexadecimal colour, reset, monospace, reverse, italics, strikethrough,
/// underline (modern IRC, formatting).
#[must_use]
pub const fn is_format(found: char) -> bool {
    matches!(
        found,
        '\u{2}'
            | '\u{3}'
            | '\u{4}'
            | '\u{f}'
            | '\u{11}'
            | '\u{16}'
            | '\u{1d}'
            | '\u{1e}'
            | '\u{1f}'
    )
}

impl From<&str> for Text {
    fn from(written: &str) -> Self {
        Self::new(written)
    }
}

impl From<String> for Text {
    fn from(written: String) -> Self {
        Self::new(&written)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out() {
        for (written, shown) in [
            ("hello", "hello"),
            ("a\tb", "a b"),
            ("two\nlines", "two\nlines"),
            ("\u{1b}[31mred\u{7}\r\0", "[31mred"),
            ("\u{9b}31m\u{202e}abc\u{2066}\u{2028}", "31mabc"),
            ("zoë 日本", "zoë 日本"),
        ] {
            assert_eq!(Text::new(written).as_str(), shown);
        }
        assert!(Text::new(" \n\u{7}").is_blank() && !Text::new(" a").is_blank());
        assert!(Text::formatted("\u{2} \u{2}").is_blank());
        assert_eq!(Text::formatted("\u{2}a\u{7}\u{1}").as_str(), "\u{2}a");
    }
}
