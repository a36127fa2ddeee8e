//! ROOMS: the rooms that the asker may know of, the lobby first, then those where most people are.

use std::cmp::Reverse;

use chinwag_grammar::mask;

use super::prelude::*;
use crate::policy::room as policy;
use crate::reply::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rooms {
    pattern: Option<String>,
}

impl Verb for Rooms {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            pattern: args.word("pattern").map(str::to_ascii_lowercase),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let (state, session) = (context.state(), context.session());
        let lobby = state.lobby().map(|lobby| lobby.id);
        let fits = |name: &str| {
            let pattern = self.pattern.as_deref();
            pattern.is_none_or(|pattern| mask::glob(pattern, name))
        };
        let rooms = state.durable().rooms.values().filter(|room| {
            fits(room.name.folded().as_str())
                && policy::may_know(state, Some(&me), room)
                && policy::may_use_token(session, &room.name).is_ok()
        });
        let mut found: Vec<_> = rooms
            .map(|room| {
                let rank = (
                    Some(room.id) != lobby,
                    Reverse(state.present_in(room)),
                    room.name.folded(),
                );
                let row = Row::Room {
                    name: room.name.clone(),
                    present: rank.1.0 as u64,
                    description: room.description.clone(),
                };
                (rank, row)
            })
            .collect();
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        let count = found.len() as u64;
        for (_, row) in found {
            context.row(row);
        }
        let noun = if count == 1 { "room" } else { "rooms" };
        Ok(Reply::Rows { count, noun }.into())
    }
}
