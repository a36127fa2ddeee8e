//! What text is written on: it wraps lines where a width is known, and paints nicks.

use chinwag_grammar::{Nick, Number, Time};
use unicode_width::UnicodeWidthStr;

use super::{letters, stamp};
use crate::model::screen::Zone;
use crate::model::{Format, Screen, Text};

/// What further lines begin with, so that they look like nothing else.
const FURTHER: &str = " | ";
/// Room for a line of the usual length.
const CAPACITY_BYTES: usize = 160;
/// Colours that are read on dark and on light: the number of the attribute.
const COLORS: [&str; 6] = ["31", "32", "33", "34", "35", "36"];

/// What text is written on.
pub struct Paper {
    out: String,
    column: usize,
    width: usize,
    color: bool,
    zone: Zone,
    /// Whether line ends are escaped and moments are whole, for programs.
    exact: bool,
}

impl Paper {
    /// For what happens, on a screen.
    pub fn screen(screen: &Screen) -> Self {
        Self {
            width: screen.width.into(),
            color: screen.settings.color,
            ..Self::row(screen)
        }
    }

    /// For rows, which are never wrapped nor painted.
    pub fn row(screen: &Screen) -> Self {
        Self {
            out: String::with_capacity(CAPACITY_BYTES),
            column: 0,
            width: 0,
            color: false,
            zone: screen.settings.zone,
            exact: screen.format == Format::Line,
        }
    }

    /// Whether nothing is written yet.
    pub fn is_blank(&self) -> bool {
        self.out.is_empty()
    }

    /// Words of our own.
    pub fn raw(&mut self, words: &str) -> &mut Self {
        self.out.push_str(words);
        self.column += words.len();
        self
    }

    /// A word of somebody else's: no line end survives.
    pub fn word(&mut self, word: &str) -> &mut Self {
        letters::push(&mut self.out, word);
        self.advance(word);
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
        let before = self.out.len();
        letters::push_number(&mut self.out, count);
        self.column += self.out.len() - before;
        self
    }

    /// A moment within a line.
    pub fn moment(&mut self, at: Time) -> &mut Self {
        let before = self.out.len();
        if self.exact {
            stamp::iso(&mut self.out, at);
        } else {
            stamp::minute(&mut self.out, at, self.zone);
        }
        self.column += self.out.len() - before;
        self
    }

    /// The moment before a line, as the settings want it.
    pub fn stamp(&mut self, at: Time, screen: &Screen) -> &mut Self {
        let before = self.out.len();
        let settings = &screen.settings;
        stamp::before(&mut self.out, at, settings.time, settings.zone);
        self.column += self.out.len() - before;
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
                self.further();
            }
            self.line(line);
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
        if bell && let Some(end) = self.out.find("\r\n") {
            self.out.insert(end, '\x07');
        }
        self.out
    }

    fn line(&mut self, line: &str) {
        if self.width == 0 {
            letters::push(&mut self.out, line);
            return;
        }
        for word in line.split_inclusive(' ') {
            let fits = self.column + word.trim_end().width() <= self.width;
            if !fits && self.column > FURTHER.len() {
                self.further();
            }
            self.word(word);
        }
    }

    fn further(&mut self) {
        self.out.push_str("\r\n");
        self.out.push_str(FURTHER);
        self.column = FURTHER.len();
    }

    /// Columns count only where lines are wrapped.
    fn advance(&mut self, word: &str) {
        if self.width > 0 {
            self.column += word.width();
        }
    }
}

/// The colour of a nick: FNV-1a over its folded bytes, so that it is the same on every server.
fn color_of(nick: &Nick) -> &'static str {
    let hash = nick.as_str().bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
    });
    COLORS[hash as usize % COLORS.len()]
}
