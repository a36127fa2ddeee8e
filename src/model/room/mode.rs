//! How a room behaves: the modes, and the one table of their letters that MODE, HELP and what clients are told read.

use std::fmt;

/// How a room behaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modes {
    /// `u`: only those with a rank are seen to be there.
    pub auditorium: bool,
    /// `f`: so much may be said at most.
    pub flood: Option<Flood>,
    /// `s` and `p`: not in lists.
    pub hidden: Hidden,
    /// `i`: only those come in who were invited.
    pub invite_only: bool,
    /// `k`: a word that is needed to come in.
    pub key: Option<String>,
    /// `l`: so many members at most.
    pub limit: Option<u32>,
    /// `n`: only members speak. Always on in the plain dialect, where nobody speaks from outside.
    pub members_only: bool,
    /// `m`: only those with a rank speak.
    pub moderated: bool,
    /// `C`: no requests between clients (CTCP) but ACTION.
    pub no_ctcp: bool,
    /// `U`: what somebody may not say reaches those who keep order.
    pub op_moderated: bool,
    /// `R`: only accounts come in.
    pub registered_only: bool,
    /// `M`: only accounts speak.
    pub registered_speech: bool,
    /// `t`: only those who keep order set the topic.
    pub topic_protected: bool,
}

/// Whether a room is in lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// It is.
    #[default]
    No,
    /// `p`: it is not, but whoever knows its name finds it.
    Private,
    /// `s`: there is no such room for those who are not in it.
    Secret,
}

impl Hidden {
    /// The word of the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Private => "private",
            Self::Secret => "secret",
        }
    }
}

/// How much somebody may say: so many lines in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flood {
    /// Lines.
    pub lines: u32,
    /// In so many seconds.
    pub seconds: u32,
}

/// What argument a mode takes: the four types of ISUPPORT's CHANMODES.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModeType {
    /// A: it is a list; without an argument it is shown.
    List,
    /// B: one, to set it and to take it away.
    Always,
    /// C: one, to set it.
    WhenSet,
    /// D: none.
    Never,
}

/// A letter of MODE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomMode {
    /// The letter; the case matters.
    pub letter: char,
    /// What argument it takes.
    pub kind: ModeType,
    /// One sentence.
    pub words: &'static str,
}

/// Every mode of a room but for the ranks, by type and letter.
pub const MODES: &[RoomMode] = &[
    mode(
        'I',
        ModeType::List,
        "Masks of those who come in without an invitation.",
    ),
    mode(
        'b',
        ModeType::List,
        "Masks of those who are banned, or kept silent with m: in front.",
    ),
    mode(
        'e',
        ModeType::List,
        "Masks of those whom no ban and no mute concerns.",
    ),
    mode('k', ModeType::Always, "A key is needed to come in."),
    mode(
        'f',
        ModeType::WhenSet,
        "Nobody says more than lines:seconds, as 5:10.",
    ),
    mode('l', ModeType::WhenSet, "So many members at most."),
    mode(
        'C',
        ModeType::Never,
        "No requests between clients (CTCP) but ACTION.",
    ),
    mode('M', ModeType::Never, "Only accounts speak, no guests."),
    mode('R', ModeType::Never, "Only accounts come in, no guests."),
    mode(
        'U',
        ModeType::Never,
        "What somebody may not say reaches operators and halfops.",
    ),
    mode('i', ModeType::Never, "Only those come in who were invited."),
    mode(
        'm',
        ModeType::Never,
        "Only those with voice or a higher rank speak.",
    ),
    mode('n', ModeType::Never, "Nobody speaks from outside."),
    mode('p', ModeType::Never, "Not in lists, but found by its name."),
    mode(
        'r',
        ModeType::Never,
        "The room stays when nobody is in it: CREATE makes it so.",
    ),
    mode('s', ModeType::Never, "Unknown to those who are not in it."),
    mode(
        't',
        ModeType::Never,
        "Only operators and halfops set the topic.",
    ),
    mode(
        'u',
        ModeType::Never,
        "Only those with voice or a higher rank are seen to be there.",
    ),
];

const fn mode(letter: char, kind: ModeType, words: &'static str) -> RoomMode {
    RoomMode {
        letter,
        kind,
        words,
    }
}

impl RoomMode {
    /// The mode of a letter.
    #[must_use]
    pub fn of_letter(letter: char) -> Option<&'static Self> {
        MODES.iter().find(|mode| mode.letter == letter)
    }

    /// The letters of a type, in the order of the table.
    #[must_use]
    pub fn letters(kind: ModeType) -> String {
        let of_kind = MODES.iter().filter(|mode| mode.kind == kind);
        of_kind.map(|mode| mode.letter).collect()
    }
}

impl Modes {
    /// Of a room that was just made.
    #[must_use]
    pub fn initial() -> Self {
        Self {
            members_only: true,
            topic_protected: true,
            ..Self::default()
        }
    }

    /// Sets a mode that takes no argument, or takes it away; says whether the letter is one.
    pub const fn switch(&mut self, letter: char, given: bool) -> bool {
        let mode = match letter {
            'C' => &mut self.no_ctcp,
            'M' => &mut self.registered_speech,
            'R' => &mut self.registered_only,
            'U' => &mut self.op_moderated,
            'i' => &mut self.invite_only,
            'm' => &mut self.moderated,
            'n' => &mut self.members_only,
            'p' | 's' => return self.hide(letter, given),
            't' => &mut self.topic_protected,
            'u' => &mut self.auditorium,
            _ => return false,
        };
        *mode = given;
        true
    }

    /// A room is private or secret, not both.
    const fn hide(&mut self, letter: char, given: bool) -> bool {
        let which = if letter == 's' {
            Hidden::Secret
        } else {
            Hidden::Private
        };
        if given {
            self.hidden = which;
        } else if matches!(
            (self.hidden, which),
            (Hidden::Secret, Hidden::Secret) | (Hidden::Private, Hidden::Private)
        ) {
            self.hidden = Hidden::No;
        }
        true
    }

    /// The letters that are set, without lists: `klnt`.
    fn letters(&self, permanent: bool) -> String {
        let is_set = |letter| match letter {
            'C' => self.no_ctcp,
            'M' => self.registered_speech,
            'R' => self.registered_only,
            'U' => self.op_moderated,
            'f' => self.flood.is_some(),
            'i' => self.invite_only,
            'k' => self.key.is_some(),
            'l' => self.limit.is_some(),
            'm' => self.moderated,
            'n' => self.members_only,
            'p' => self.hidden == Hidden::Private,
            'r' => permanent,
            's' => self.hidden == Hidden::Secret,
            't' => self.topic_protected,
            'u' => self.auditorium,
            _ => false,
        };
        let mut letters: Vec<char> = MODES.iter().map(|mode| mode.letter).collect();
        letters.sort_unstable_by_key(|letter| (letter.to_ascii_lowercase(), *letter));
        letters.into_iter().filter(|one| is_set(*one)).collect()
    }

    /// `+klnt sesame 20`; without the key, where it is for those who are not in the room.
    #[must_use]
    pub fn shown(&self, permanent: bool, with_key: bool) -> String {
        let mut letters = self.letters(permanent);
        if !with_key {
            letters.retain(|letter| letter != 'k');
        }
        let mut shown = format!("+{letters}");
        // In the order of the letters: f, k, l.
        if let Some(flood) = self.flood {
            shown.push_str(&format!(" {flood}"));
        }
        if let Some(key) = self.key.as_ref().filter(|_| with_key) {
            shown.push_str(&format!(" {key}"));
        }
        if let Some(limit) = self.limit {
            shown.push_str(&format!(" {limit}"));
        }
        shown
    }
}

impl Flood {
    /// More is not remembered.
    const LINES_MAX: u32 = 100;
    const SECONDS_MAX: u32 = 3_600;

    /// Reads `lines:seconds`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let (lines, seconds) = word.split_once(':')?;
        let (lines, seconds) = (lines.parse().ok()?, seconds.parse().ok()?);
        let fits =
            (1..=Self::LINES_MAX).contains(&lines) && (1..=Self::SECONDS_MAX).contains(&seconds);
        fits.then_some(Self { lines, seconds })
    }
}

impl fmt::Display for Flood {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.lines, self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_letter_means_something() {
        assert!(MODES.is_sorted_by_key(|mode| (mode.kind, mode.letter)));
        assert_eq!(RoomMode::letters(ModeType::List), "Ibe");
        for mode in MODES {
            assert!(super::super::Rank::of_letter(mode.letter).is_none());
            let switched = Modes::default().switch(mode.letter, true);
            let is_flag = mode.kind == ModeType::Never && mode.letter != 'r';
            assert_eq!(switched, is_flag, "{}", mode.letter);
            let mut modes = Modes::default();
            modes.switch(mode.letter, true);
            let shown = if switched {
                mode.letter.to_string()
            } else {
                String::new()
            };
            assert_eq!(modes.letters(false), shown);
            modes.switch(mode.letter, false);
            assert_eq!(modes, Modes::default());
        }
    }

    #[test]
    fn as_they_are_shown() {
        let modes = Modes {
            key: Some("sesame".to_owned()),
            limit: Some(20),
            flood: Flood::parse("5:10"),
            ..Modes::initial()
        };
        assert_eq!(modes.shown(true, true), "+fklnrt 5:10 sesame 20");
        assert_eq!(modes.shown(false, false), "+flnt 5:10 20");
        assert_eq!(Modes::default().shown(false, true), "+");
        for bad in [
            "", "5", "5:", "0:1", "1:0", "101:1", "1:3601", "-1:1", "1:1:1",
        ] {
            assert_eq!(Flood::parse(bad), None, "{bad}");
        }
    }
}
