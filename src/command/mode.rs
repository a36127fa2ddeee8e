//! MODE: shows the modes of a room, or changes them.

use chinwag_grammar::mode::{ModeChange, Sign};
use chinwag_grammar::{Nick, RoomName};

use super::prelude::*;
use super::rank;
use crate::model::{Modes, Rank, Room};
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mode {
    pub room: Option<RoomName>,
    pub changes: Vec<ModeChange>,
    pub arguments: Vec<String>,
}

/// A longer key is a mistake.
const KEY_MAX_BYTES: usize = 64;

impl Verb for Mode {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn gate(&self) -> Gate {
        Gate {
            writes: !self.changes.is_empty(),
            ..Self::GATE
        }
    }

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            changes: args.modes("modes").unwrap_or_default(),
            arguments: args.all("argument").map(str::to_owned).collect(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let room = context.seen_room(self.room.as_ref())?;
        let name = room.name.clone();
        if self.changes.is_empty() {
            let modes = shown(room).into();
            return Ok(Reply::ModesAre { room: name, modes }.into());
        }
        policy::may_keep_order(context.state(), &by, room)?;
        if self.changes.iter().all(|change| Rank::of_letter(change.mode).is_none()) {
            policy::may_run(context.state(), &by, room)?;
        }
        let room_ref = room.to_ref();
        let plan = Plan::of(room.modes.clone(), &self.changes, self.arguments)?;
        let mut ranks = Vec::new();
        for (nick, rank, given) in &plan.ranks {
            let who = rank::member(context, room, nick)?;
            policy::may_rank(context.state(), &by, &who, room, (*rank, *given))?;
            ranks.push((who, *rank, *given));
        }
        if plan.modes != room.modes {
            policy::may_run(context.state(), &by, room)?;
        }
        let before = context.state().last();
        let mut number = before;
        if plan.modes != room.modes {
            number = context.emit(Event::ModesSet {
                room: room_ref.clone(),
                by,
                modes: plan.modes,
                change: plan.change.as_str().into(),
            });
            context.audit(&format!("MODE {name} {}", plan.change));
        }
        for (who, rank, given) in ranks {
            rank::give(context, room_ref.clone(), who, rank, given)?;
            number = context.state().last();
        }
        if number == before {
            return Ok(Reply::NothingChanged.into());
        }
        Ok(Reply::Numbered { number }.into())
    }
}

/// What a mode string asks for, checked whole before anything is done.
struct Plan {
    modes: Modes,
    /// Without the key: `+ik-m`.
    change: String,
    /// The sign that stands last in it: the letters that follow share it.
    sign: Option<bool>,
    ranks: Vec<(Nick, Rank, bool)>,
}

impl Plan {
    fn of(modes: Modes, changes: &[ModeChange], arguments: Vec<String>) -> Result<Self, Reply> {
        let mut plan = Self {
            modes,
            change: String::new(),
            sign: None,
            ranks: Vec::new(),
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

    fn add(
        &mut self,
        change: ModeChange,
        arguments: &mut impl Iterator<Item = String>,
    ) -> Result<(), Reply> {
        let given = change.sign == Sign::Plus;
        let modes = &mut self.modes;
        match change.mode {
            'i' => modes.invite_only = given,
            'm' => modes.moderated = given,
            'n' => modes.members_only = given,
            'p' | 's' => modes.hidden = given,
            't' => modes.topic_protected = given,
            'k' if given => {
                let key = arguments.next().ok_or_else(|| lacks("+k needs the key"))?;
                // IRC could not say one with a comma, or that begins with a colon.
                if key.len() > KEY_MAX_BYTES || key.contains(',') || key.starts_with(':') {
                    return Err(wrong(format!(
                        "a key has at most {KEY_MAX_BYTES} bytes, no comma and no colon in front"
                    )));
                }
                modes.key = Some(key);
            }
            'k' => {
                // Clients send the old key along, which nobody needs.
                arguments.next();
                modes.key = None;
            }
            'l' if given => {
                let word = arguments.next().ok_or_else(|| lacks("+l needs a number"))?;
                let limit = word.parse().ok().filter(|limit: &u32| *limit > 0);
                modes.limit = Some(limit.ok_or_else(|| wrong(format!("{word} is no limit")))?);
            }
            'l' => modes.limit = None,
            mode => {
                let rank = Rank::of_letter(mode).ok_or(Reply::UnknownMode { mode })?;
                let nick = arguments.next().and_then(|word| Nick::parse(&word).ok());
                let nick = nick.ok_or_else(|| lacks("q, a, o, h and v need a nick"))?;
                self.ranks.push((nick, rank, given));
                return Ok(());
            }
        }
        if self.sign != Some(given) {
            self.change.push_str(if given { "+" } else { "-" });
            self.sign = Some(given);
        }
        self.change.push(change.mode);
        Ok(())
    }
}

/// `+klnt sesame 20`, as members see it.
fn shown(room: &Room) -> String {
    let modes = &room.modes;
    let flags = [
        ('i', modes.invite_only),
        ('k', modes.key.is_some()),
        ('l', modes.limit.is_some()),
        ('m', modes.moderated),
        ('n', modes.members_only),
        ('s', modes.hidden),
        ('t', modes.topic_protected),
    ];
    let letters = flags
        .iter()
        .filter(|(_, set)| *set)
        .map(|(letter, _)| letter);
    let mut shown: String = std::iter::once(&'+').chain(letters).collect();
    if let Some(key) = &modes.key {
        shown.push_str(&format!(" {key}"));
    }
    if let Some(limit) = modes.limit {
        shown.push_str(&format!(" {limit}"));
    }
    shown
}

fn lacks(words: &str) -> Reply {
    Reply::SyntaxMissing {
        code_words: words.into(),
    }
}

fn wrong(words: String) -> Reply {
    Reply::Syntax {
        code_words: words.into(),
    }
}
