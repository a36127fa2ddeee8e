//! What a mode string asks for, read whole before anything is done.

use chinwag_grammar::mode::{ModeChange, Sign};
use chinwag_grammar::{Mask, Nick};

use crate::model::{BanKind, Flood, ModeType, Modes, Rank, RoomMode};
use crate::reply::Reply;

/// A longer key is a mistake.
const KEY_MAX_BYTES: usize = 64;

/// What a mode string asks for.
pub struct Plan {
    /// The modes as they will be.
    pub modes: Modes,
    /// Without the key: `+ik-m`.
    pub change: String,
    /// The sign that stands last in it: the letters that follow share it.
    sign: Option<bool>,
    pub ranks: Vec<Ranking>,
    pub entries: Vec<Entry>,
}

/// Somebody is made something, or no longer is.
#[derive(Clone)]
pub struct Ranking {
    pub nick: Nick,
    pub rank: Rank,
    pub given: bool,
}

/// A mask comes into a list, or out of it.
pub struct Entry {
    pub kind: BanKind,
    pub mask: Mask,
    pub given: bool,
}

/// The list of a letter.
pub const fn list_of(letter: char) -> Option<BanKind> {
    match letter {
        'I' => Some(BanKind::Invitation),
        'b' => Some(BanKind::Ban),
        'e' => Some(BanKind::Exception),
        _ => None,
    }
}

impl Plan {
    /// Reads the changes, and gives each the argument that its type takes.
    ///
    /// # Errors
    /// The first mistake.
    pub fn of(
        modes: Modes,
        changes: &[ModeChange],
        arguments: Vec<String>,
    ) -> Result<Self, Reply> {
        let mut plan = Self {
            modes,
            change: String::new(),
            sign: None,
            ranks: Vec::new(),
            entries: Vec::new(),
        };
        let mut arguments = arguments.into_iter();
        for change in changes {
            plan.add(*change, &mut arguments)?;
        }
        match arguments.next() {
            None => Ok(plan),
            Some(left) => Err(wrong(format!("nothing takes the argument {left}"))),
        }
    }

    /// Whether it is about the modes themselves.
    pub const fn touches_modes(&self) -> bool {
        self.sign.is_some()
    }

    fn add(
        &mut self,
        change: ModeChange,
        arguments: &mut impl Iterator<Item = String>,
    ) -> Result<(), Reply> {
        let (letter, given) = (change.mode, change.sign == Sign::Plus);
        if let Some(rank) = Rank::of_letter(letter) {
            let nick = arguments.next().and_then(|word| Nick::parse(&word).ok());
            let nick = nick.ok_or_else(|| lacks("q, a, o, h and v need a nick".to_owned()))?;
            self.ranks.push(Ranking { nick, rank, given });
            return Ok(());
        }
        let mode = RoomMode::of_letter(letter).ok_or(Reply::UnknownMode { mode: letter })?;
        match mode.kind {
            ModeType::List => {
                let word = arguments.next();
                let word = word.ok_or_else(|| lacks(format!("{letter} needs a mask")))?;
                let (kind, mask) = entry(letter, &word)?;
                self.entries.push(Entry { kind, mask, given });
                return Ok(());
            }
            // Clients send the old key along, which nobody needs.
            ModeType::Always => {
                let word = arguments.next();
                self.modes.key = if given { Some(key(word)?) } else { None };
            }
            ModeType::WhenSet if given => {
                let word = arguments.next();
                let word = word.ok_or_else(|| lacks(format!("+{letter} needs a number")))?;
                self.bound(letter, &word)?;
            }
            ModeType::WhenSet if letter == 'f' => self.modes.flood = None,
            ModeType::WhenSet => self.modes.limit = None,
            ModeType::Never => {
                if !self.modes.switch(letter, given) {
                    return Err(Reply::ModeFixed { mode: letter });
                }
            }
        }
        if self.sign != Some(given) {
            self.change.push(if given { '+' } else { '-' });
            self.sign = Some(given);
        }
        self.change.push(letter);
        Ok(())
    }

    fn bound(&mut self, letter: char, word: &str) -> Result<(), Reply> {
        if letter == 'f' {
            let flood = Flood::parse(word);
            let wrong = || wrong(format!("{word} is not lines:seconds, as 5:10"));
            self.modes.flood = Some(flood.ok_or_else(wrong)?);
        } else {
            let limit = word.parse().ok().filter(|limit: &u32| *limit > 0);
            let wrong = || wrong(format!("{word} is no limit"));
            self.modes.limit = Some(limit.ok_or_else(wrong)?);
        }
        Ok(())
    }
}

/// `m:` in front of a mask keeps silent instead of out.
fn entry(letter: char, word: &str) -> Result<(BanKind, Mask), Reply> {
    let list = list_of(letter).ok_or(Reply::UnknownMode { mode: letter })?;
    let (kind, word) = match (list, word.strip_prefix("m:")) {
        (BanKind::Ban, Some(mask)) => (BanKind::Mute, mask),
        (kind, _) => (kind, word),
    };
    let mask = Mask::parse(word).map_err(|error| wrong(error.to_string()))?;
    Ok((kind, mask))
}

/// IRC could not say one with a comma, or that begins with a colon.
fn key(word: Option<String>) -> Result<String, Reply> {
    let key = word.ok_or_else(|| lacks("+k needs the key".to_owned()))?;
    if key.len() > KEY_MAX_BYTES || key.contains(',') || key.starts_with(':') {
        return Err(wrong(format!(
            "a key has at most {KEY_MAX_BYTES} bytes, no comma and no colon in front"
        )));
    }
    Ok(key)
}

fn lacks(words: String) -> Reply {
    Reply::SyntaxMissing {
        code_words: words.into(),
    }
}

fn wrong(words: String) -> Reply {
    Reply::Syntax {
        code_words: words.into(),
    }
}
