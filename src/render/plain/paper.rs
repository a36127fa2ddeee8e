//! What text is written on: it keeps lines apart, and paints nicks.

use chinwag_grammar::{Nick, Number, Time};

use super::wrap::{self, FURTHER};
use super::{letters, stamp};
use crate::model::screen::Zone;
use crate::model::{Format, Screen, Text};

/// Room for a line of the usual length.
const CAPACITY_BYTES: usize = 160;
/// Colours that are read on dark and on light: the number of the attribute.
const COLORS: [&str; 6] = ["31", "32", "33", "34", "35", "36"];

/// What text is written on.
pub struct Paper {
    out: String,
    /// Where the line may be broken, at the earliest.
    head: usize,
    width: u16,
    color: bool,
    zone: Zone,
    /// Whether line ends are escaped and moments are whole, for programs.
    exact: bool,
}

impl Paper {
    /// For what happens, on a screen.
    pub fn screen(screen: &Screen) -> Self {
        Self {
            color: screen.settings.color,
            ..Self::row(screen)
        }
    }

    /// For rows, which are never painted.
    pub fn row(screen: &Screen) -> Self {
        let exact = screen.format == Format::Line;
        Self {
            out: String::with_capacity(CAPACITY_BYTES),
            head: 0,
            width: if exact { 0 } else { screen.width },
            color: false,
            zone: screen.settings.zone,
            exact,
        }
    }

    /// Whether nothing is written yet.
    pub fn is_blank(&self) -> bool {
        self.out.is_empty()
    }

    /// What was written tells what the line is: the next word stays on it.
    pub fn head(&mut self) -> &mut Self {
        self.head = self.out.len();
        self
    }

    /// Words of our own.
    pub fn raw(&mut self, words: &str) -> &mut Self {
        self.out.push_str(words);
        self
    }

    /// A word of somebody else's: no line end survives.
    pub fn word(&mut self, word: &str) -> &mut Self {
        letters::push(&mut self.out, word);
        self
    }

    /// A nick, in its colour where colours are on.
    pub fn nick(&mut self, nick: &Nick) -> &mut Self {
        if !self.color {
            return self.word(nick.as_str());
        }
        self.out.push_str("\x1b[");
        self.out.push_str(color_of(nick));
        self.out.push('m');
        self.word(nick.as_str());
        self.out.push_str("\x1b[39m");
        self
    }

    /// A number.
    pub fn number(&mut self, number: Number) -> &mut Self {
        self.count(number.get())
    }

    /// How many.
    pub fn count(&mut self, count: u64) -> &mut Self {
        letters::push_number(&mut self.out, count);
        self
    }

    /// A moment within a line.
    pub fn moment(&mut self, at: Time) -> &mut Self {
        if self.exact {
            stamp::iso(&mut self.out, at);
        } else {
            stamp::minute(&mut self.out, at, self.zone);
        }
        self
    }

    /// The moment before a line, as the settings want it.
    pub fn stamp(&mut self, at: Time, screen: &Screen) -> &mut Self {
        let settings = &screen.settings;
        stamp::before(&mut self.out, at, settings.time, settings.zone);
        self
    }

    /// What somebody wrote, with its further lines.
    pub fn text(&mut self, text: &str) -> &mut Self {
        if self.exact {
            letters::push_escaped(&mut self.out, text);
            return self;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.out.push_str("\r\n");
                self.out.push_str(FURTHER);
            }
            letters::push(&mut self.out, line);
        }
        self
    }

    /// What somebody wrote where one line is wanted whatever it has.
    pub fn one_line(&mut self, text: &str) -> &mut Self {
        if self.exact {
            return self.text(text);
        }
        self.word(text)
    }

    /// A reason, if there is one.
    pub fn why(&mut self, why: Option<&Text>) -> &mut Self {
        match why {
            Some(why) if !why.is_blank() => self.raw(": ").text(why.as_str()),
            Some(_) | None => self,
        }
    }

    /// Until when, if not for good.
    pub fn until(&mut self, until: Option<Time>) -> &mut Self {
        match until {
            Some(until) => self.raw(" until ").moment(until),
            None => self,
        }
    }

    /// The lines; with the bell at the end of the first.
    pub fn finish(mut self, bell: bool) -> String {
        self.out.push_str("\r\n");
        let mut out = wrap::wrapped(self.out, self.head, self.width);
        if bell && let Some(end) = out.find("\r\n") {
            out.insert(end, '\x07');
        }
        out
    }
}

/// The colour of a nick: FNV-1a over its folded bytes, so that it is the same on every server.
fn color_of(nick: &Nick) -> &'static str {
    let hash = nick.as_str().bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    });
    COLORS[hash as usize % COLORS.len()]
}
