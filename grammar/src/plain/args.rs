//! What a walk captured: names and values in the order of the line, and typed getters.

use std::fmt;

use crate::mode::{self, ModeChange};
use crate::{Mask, Nick, Number, RoomName, Span, Time};

/// Captures that stand in place; more than any rule without a repetition has.
const INLINE: usize = 5;

/// The captures of one request. A getter answers `None` only where the argument is absent: its type was checked.
#[derive(Clone, Default)]
pub struct Args<'a> {
    inline: [Capture<'a>; INLINE],
    len: usize,
    spilled: Vec<Capture<'a>>,
}

/// A room or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A person.
    Nick(Nick),
    /// A room.
    Room(RoomName),
}

/// One argument, or one keyword: then the name is the keyword in capitals, which names of arguments never are.
#[derive(Clone, Copy, Default)]
struct Capture<'a> {
    name: &'static str,
    value: &'a str,
}

impl<'a> Args<'a> {
    /// Every capture: arguments under their names, keywords under themselves in capitals.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'a str)> + '_ {
        let inline = &self.inline[..self.len.min(INLINE)];
        inline
            .iter()
            .chain(&self.spilled)
            .map(|capture| (capture.name, capture.value))
    }

    /// The first argument of that name, as it was typed.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// The same as `text`, said of an argument that is one word.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&'a str> {
        self.text(name)
    }

    /// Every argument of that name.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'a str> + 'n {
        self.iter()
            .filter(move |(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// Whether that word of the rule, in capitals, was there.
    #[must_use]
    pub fn has_keyword(&self, keyword: &str) -> bool {
        self.text(keyword).is_some()
    }

    /// An argument that is a room.
    #[must_use]
    pub fn room(&self, name: &str) -> Option<RoomName> {
        self.text(name).and_then(|word| RoomName::parse(word).ok())
    }

    /// Every argument of that name that is a room.
    #[must_use]
    pub fn rooms(&self, name: &str) -> Vec<RoomName> {
        self.all(name)
            .filter_map(|word| RoomName::parse(word).ok())
            .collect()
    }

    /// An argument that is a nick or the name of an account.
    #[must_use]
    pub fn nick(&self, name: &str) -> Option<Nick> {
        self.text(name).and_then(|word| Nick::parse(word).ok())
    }

    /// An argument that is a room or a nick.
    #[must_use]
    pub fn target(&self, name: &str) -> Option<Target> {
        self.room(name)
            .map(Target::Room)
            .or_else(|| self.nick(name).map(Target::Nick))
    }

    /// An argument that is a mask.
    #[must_use]
    pub fn mask(&self, name: &str) -> Option<Mask> {
        self.text(name).and_then(|word| Mask::parse(word).ok())
    }

    /// An argument that is the number of something recorded.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<Number> {
        self.text(name).and_then(Number::parse)
    }

    /// An argument that says how many.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<u32> {
        self.text(name).and_then(|word| word.parse().ok())
    }

    /// An argument that says how long.
    #[must_use]
    pub fn duration(&self, name: &str) -> Option<Span> {
        self.text(name).and_then(Span::parse)
    }

    /// An argument that is a date: its midnight in UTC.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Time> {
        self.text(name).and_then(Time::parse_date)
    }

    /// An argument that is a mode string.
    #[must_use]
    pub fn modes(&self, name: &str) -> Option<Vec<ModeChange>> {
        self.text(name).and_then(mode::parse)
    }

    /// The word that will end the here-document which this request announces.
    #[must_use]
    pub fn heredoc(&self) -> Option<&'a str> {
        self.text("heredoc")
            .and_then(|word| word.strip_prefix("<<"))
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn push(&mut self, name: &'static str, value: &'a str) {
        match self.inline.get_mut(self.len) {
            Some(place) => *place = Capture { name, value },
            None => self.spilled.push(Capture { name, value }),
        }
        self.len += 1;
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.spilled.truncate(len.saturating_sub(INLINE));
        self.len = self.len.min(len);
    }
}

/// Names only: values may be passwords.
impl fmt::Debug for Args<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
