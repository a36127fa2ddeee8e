//! MODE: the modes of a room are shown, or changed: all of them or, where one is wrong, none.

use chinwag_grammar::mode::{ModeChange, Sign};
use chinwag_grammar::{Nick, RoomName};

use super::prelude::*;
use super::rank::{self, Ranking};
use super::at_room;
use crate::model::room::Modes;
use crate::model::{Rank, Room};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mode {
    room: Option<RoomName>,
    changes: Option<Vec<ModeChange>>,
    arguments: Vec<String>,
}

/// A longer key is not remembered by anybody.
const KEY_MAX_BYTES: usize = 64;

impl Verb for Mode {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn gate(&self) -> Gate {
        Gate {
            writes: self.changes.is_some(),
            ..Self::GATE
        }
    }

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            changes: args.modes("modes"),
            arguments: args.all("argument").map(str::to_owned).collect(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let Some(changes) = &self.changes else {
            let room = at_room::known(context, self.room.as_ref())?;
            let is_in = context.state().is_in(&context.me()?, room);
            return Ok(Reply::ModesAre {
                room: room.name.clone(),
                modes: shown(&room.modes, is_in).into(),
            }
            .into());
        };
        let by = context.me()?;
        let room = at_room::run(context, self.room.as_ref())?;
        let wanted = Wanted::read(&room.modes, changes, &self.arguments)?;
        let ranked = events(context, room, &wanted.rankings)?;
        let changed = wanted.modes != room.modes;
        let room = room.to_ref();
        let mut number = None;
        if changed {
            number = Some(context.emit(Event::ModesSet {
                room,
                by,
                modes: wanted.modes,
                change: wanted.change.into(),
            }));
        }
        for event in ranked {
            number = Some(rank::given(context, event));
        }
        Ok(number
            .map_or(Reply::Ok, |number| Reply::Numbered { number })
            .into())
    }
}

fn events(
    context: &Context<'_>,
    room: &Room,
    rankings: &[Ranking],
) -> Result<Vec<Event>, Reply> {
    let mut events = Vec::new();
    for ranking in rankings {
        events.extend(rank::decided(context, room, ranking)?);
    }
    Ok(events)
}

/// What a mode string asks for.
struct Wanted {
    modes: Modes,
    /// Letters with their signs, but for ranks and without arguments.
    change: String,
    rankings: Vec<Ranking>,
}

impl Wanted {
    fn read(now: &Modes, changes: &[ModeChange], arguments: &[String]) -> Result<Self, Reply> {
        let mut wanted = Self {
            modes: now.clone(),
            change: String::new(),
            rankings: Vec::new(),
        };
        let mut arguments = arguments.iter().map(String::as_str);
        let mut last = None;
        for change in changes {
            let on = change.sign == Sign::Plus;
            if let Some(rank) = rank_of(change.mode) {
                let nick = argument(&mut arguments, *change)?;
                let nick = Nick::parse(nick).map_err(|wrong| Reply::Syntax {
                    code_words: wrong.to_string().into(),
                })?;
                let given = on;
                wanted.rankings.push(Ranking { nick, rank, given });
                continue;
            }
            set(&mut wanted.modes, *change, &mut arguments)?;
            if last != Some(on) {
                wanted.change.push(if on { '+' } else { '-' });
                last = Some(on);
            }
            wanted.change.push(change.mode);
        }
        if let Some(extra) = arguments.next() {
            return Err(Reply::Syntax {
                code_words: format!("no mode takes \"{extra}\": k, l, o and v take an argument").into(),
            });
        }
        Ok(wanted)
    }
}

fn rank_of(mode: char) -> Option<Rank> {
    match mode {
        'o' => Some(Rank::Operator),
        'v' => Some(Rank::Voice),
        _ => None,
    }
}

fn set<'a>(
    modes: &mut Modes,
    change: ModeChange,
    arguments: &mut impl Iterator<Item = &'a str>,
) -> Result<(), Reply> {
    let on = change.sign == Sign::Plus;
    match change.mode {
        'i' => modes.invite_only = on,
        'k' if on => modes.key = Some(key(argument(arguments, change)?)?),
        'k' => modes.key = None,
        'l' if on => modes.limit = Some(limit(argument(arguments, change)?)?),
        'l' => modes.limit = None,
        'm' => modes.moderated = on,
        'n' => modes.members_only = on,
        'p' | 's' => modes.hidden = on,
        't' => modes.topic_protected = on,
        mode => return Err(Reply::UnknownMode { mode }),
    }
    Ok(())
}

fn argument<'a>(
    arguments: &mut impl Iterator<Item = &'a str>,
    change: ModeChange,
) -> Result<&'a str, Reply> {
    arguments.next().ok_or_else(|| Reply::SyntaxMissing {
        code_words: format!("mode {} needs an argument", change.mode).into(),
    })
}

/// IRC could not say one with a comma, or that begins with a colon.
fn key(word: &str) -> Result<String, Reply> {
    let fits = word.len() <= KEY_MAX_BYTES && !word.contains(',') && !word.starts_with(':');
    if !fits {
        let wrong = format!("a key has at most {KEY_MAX_BYTES} bytes, no comma and no : at its beginning");
        return Err(Reply::Syntax {
            code_words: wrong.into(),
        });
    }
    Ok(word.to_owned())
}

fn limit(word: &str) -> Result<u32, Reply> {
    let limit = word.parse().ok().filter(|limit| *limit > 0);
    limit.ok_or_else(|| Reply::Syntax {
        code_words: "a limit is a number, like 20".into(),
    })
}

/// `+klnt sesame 20`; the key only for those in the room.
fn shown(modes: &Modes, is_in: bool) -> String {
    let flags = [
        ('i', modes.invite_only),
        ('k', modes.key.is_some()),
        ('l', modes.limit.is_some()),
        ('m', modes.moderated),
        ('n', modes.members_only),
        ('s', modes.hidden),
        ('t', modes.topic_protected),
    ];
    let letters = flags.iter().filter(|(_, on)| *on).map(|(mode, _)| *mode);
    let mut shown: String = std::iter::once('+').chain(letters).collect();
    if let Some(key) = modes.key.as_ref().filter(|_| is_in) {
        shown.push_str(&format!(" {key}"));
    }
    if let Some(limit) = modes.limit {
        shown.push_str(&format!(" {limit}"));
    }
    shown
}
