//! MODE of oneself: what one wants of the server.

use super::numeric;
use crate::command::prelude::*;
use crate::model::{UserMode, UserModes};
use crate::policy::operator;

/// modern IRC, MODE; the letters of `Enter` and of ISUPPORT are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserModeIrc {
    /// The change, `+iw-B`; empty, to be shown.
    pub change: String,
}

impl Verb for UserModeIrc {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Everywhere,
    };

    fn gate(&self) -> Gate {
        Gate {
            token: if self.change.is_empty() {
                TokenUse::Any
            } else {
                TokenUse::Everywhere
            },
            ..Self::GATE
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.me()?;
        let before = context.state().user_modes(&who);
        if self.change.is_empty() {
            let mut letters = format!("+{before}");
            if operator::is_operator(context.state(), context.session()) {
                letters.push('o');
            }
            context.row(crate::reply::Row::Numeric {
                code: 221,
                words: vec![letters.into()],
                text: None,
            });
            return Ok(Reply::Ok.into());
        }
        let wanted = Wanted::of(before, &self.change);
        if wanted.is_unknown {
            context.row(numeric::<&str>(501, [], "Unknown MODE flag"));
        }
        if wanted.gives_up && context.state().live().operators.contains_key(&context.conn) {
            let (conn, who) = (context.conn, who.clone());
            let name = None;
            context.emit(Event::Opered { conn, who, name });
        }
        let change = changed(before, wanted.modes);
        if !change.is_empty() {
            let (modes, change) = (wanted.modes, change.as_str().into());
            context.emit(Event::UserModesSet { who, modes, change });
        }
        Ok(Reply::Ok.into())
    }
}

/// What a mode string asks for.
struct Wanted {
    modes: UserModes,
    is_unknown: bool,
    /// `-o`: OPER alone gives it, but everybody may give it up.
    gives_up: bool,
}

impl Wanted {
    fn of(before: UserModes, change: &str) -> Self {
        let mut wanted = Self {
            modes: before,
            is_unknown: false,
            gives_up: false,
        };
        let mut on = true;
        for letter in change.chars() {
            match (letter, UserMode::of_letter(letter)) {
                ('+', _) => on = true,
                ('-', _) => on = false,
                ('o', _) => wanted.gives_up |= !on,
                (_, Some(mode)) => wanted.modes = wanted.modes.with(mode, on),
                (_, None) => wanted.is_unknown = true,
            }
        }
        wanted
    }
}

/// `+iw-B`.
fn changed(before: UserModes, after: UserModes) -> String {
    let mut out = String::new();
    for (sign, from, to) in [('+', before, after), ('-', after, before)] {
        let letters = UserMode::ALL.into_iter();
        let letters = letters.filter(|mode| to.has(*mode) && !from.has(*mode));
        let letters: String = letters.map(UserMode::letter).collect();
        if !letters.is_empty() {
            out.push(sign);
            out.push_str(&letters);
        }
    }
    out
}
