//! Types of arguments: their names stand in `names.abnf`, the frequent ones have a parser each.

use std::sync::LazyLock;

use crate::abnf::{Definition, Element, Grammar};
use crate::{Mask, Nick, Number, RoomName, Span, Time, mode};

/// How an argument is told from what is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Count,
    Date,
    Duration,
    Heredoc,
    Mask,
    Modes,
    Nick,
    Number,
    Room,
    /// Whatever that rule of `names.abnf` covers.
    Shape(&'static str),
    Target,
    Term,
    /// The rest of the line.
    Text,
    Word,
}

/// A word that begins so is a filter of SEARCH, well or badly written, never a word to search for.
const FILTERS: [&str; 4] = ["in:", "from:", "before:", "after:"];

/// The rules of `names.abnf`.
#[must_use]
pub fn names() -> &'static Grammar<'static> {
    static NAMES: LazyLock<Grammar<'static>> = LazyLock::new(|| {
        Grammar::parse(include_str!("../../names.abnf"))
            .expect("the tests read the embedded names.abnf")
    });
    &NAMES
}

impl Kind {
    /// The type of an argument: a name that stands for another name alone is of the other's type.
    pub(crate) fn of(definition: &'static Definition<'static>) -> Self {
        match (Self::own(definition.name), &definition.body) {
            (Some(kind), _) => kind,
            (None, Element::Rule(other)) => match names().rule(other) {
                Some(other) => Self::of(other),
                None => Self::Shape(definition.name),
            },
            (None, _) => Self::Shape(definition.name),
        }
    }

    fn own(name: &str) -> Option<Self> {
        Some(match name {
            "count" => Self::Count,
            "date" => Self::Date,
            "duration" => Self::Duration,
            "heredoc" => Self::Heredoc,
            "mask" => Self::Mask,
            "modes" => Self::Modes,
            "nick" => Self::Nick,
            "number" => Self::Number,
            "room" => Self::Room,
            "target" => Self::Target,
            "term" => Self::Term,
            "text" => Self::Text,
            "word" => Self::Word,
            _ => return None,
        })
    }

    /// Whether the text, a word or for `Text` the rest of the line, is of this type.
    pub(crate) fn accepts(self, text: &str) -> bool {
        match self {
            Self::Count => text.len() <= 9 && is_digits(text),
            Self::Date => Time::parse_date(text).is_some(),
            Self::Duration => Span::parse(text).is_some(),
            Self::Heredoc => is_heredoc(text),
            Self::Mask => Mask::accepts(text),
            Self::Modes => mode::accepts(text),
            Self::Nick => Nick::accepts(text),
            Self::Number => Number::parse(text).is_some(),
            Self::Room => RoomName::accepts(text),
            Self::Shape(name) => names().matches(name, text),
            Self::Target => RoomName::accepts(text) || Nick::accepts(text),
            Self::Term => !text.is_empty() && !is_filter(text),
            Self::Text => text.bytes().any(|byte| byte != b' '),
            Self::Word => !text.is_empty(),
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_heredoc(text: &str) -> bool {
    text.strip_prefix("<<").is_some_and(|word| {
        (1..=32).contains(&word.len())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

fn is_filter(text: &str) -> bool {
    FILTERS.iter().any(|filter| {
        text.get(..filter.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(filter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence;

    #[test]
    fn the_file_is_complete() {
        assert_eq!(names().undefined(), [""; 0]);
        assert!(
            names()
                .rules()
                .iter()
                .all(|rule| !matches!(rule.body, Element::Prose(_)))
        );
    }

    #[test]
    fn parsers_accept_what_the_file_describes() {
        let mut random = sentence::numbers(7);
        for definition in names().rules() {
            let kind = Kind::of(definition);
            let mut accepted = 0;
            for _ in 0..400 {
                let text = sentence::generate(names(), definition.name, &mut random);
                assert!(
                    names().matches(definition.name, &text),
                    "{} {text:?}",
                    definition.name
                );
                if kind == Kind::Term && is_filter(&text) {
                    continue;
                }
                assert!(kind.accepts(&text), "{} {text:?}", definition.name);
                accepted += 1;
            }
            assert!(accepted > 350, "{}", definition.name);
        }
    }

    #[test]
    fn a_changed_word_is_judged_alike_by_file_and_parser() {
        let mut random = sentence::numbers(8);
        for name in [
            "count", "date", "duration", "heredoc", "mask", "modes", "nick", "number", "room",
            "target",
        ] {
            let kind = Kind::own(name).unwrap();
            for _ in 0..2_000 {
                let text =
                    sentence::mutated(&sentence::generate(names(), name, &mut random), &mut random);
                // The file's bounds on length and its letters are a part of what the parsers take.
                if text.is_ascii() && text.len() <= 18 {
                    assert_eq!(
                        names().matches(name, &text),
                        kind.accepts(&text),
                        "{name} {text:?}"
                    );
                }
            }
        }
    }
}
