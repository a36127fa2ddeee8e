//! ROOMS: lists the rooms that one may know of: the lobby first, then where most people are.

use std::cmp::Reverse;

use chinwag_grammar::{Folded, mask};

use super::prelude::*;
use crate::policy::room as policy;
use crate::reply::{Row, noun};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rooms {
    pattern: Option<Folded>,
}

impl Verb for Rooms {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            pattern: args.text("pattern").map(Folded::of),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let (state, session) = (context.state(), context.session());
        let lobby = state.lobby().map(|lobby| lobby.id);
        let fits = |name: &Folded| {
            let pattern = self.pattern.as_ref();
            pattern.is_none_or(|pattern| mask::glob(pattern.as_str(), name.as_str()))
        };
        let known = state.durable().rooms.values().filter(|room| {
            policy::may_list(state, session, &me, room) && fits(&room.name.folded())
        });
        let mut rows: Vec<_> = known.map(|room| (room, state.present_in(room))).collect();
        rows.sort_by_key(|(room, present)| {
            (Some(room.id) != lobby, Reverse(*present), room.name.folded())
        });
        let rows: Vec<Row> = rows
            .into_iter()
            .map(|(room, present)| Row::Room {
                name: room.name.clone(),
                present: present as u64,
                description: room.description.clone(),
            })
            .collect();
        let count = rows.len() as u64;
        rows.into_iter().for_each(|row| context.row(row));
        let noun = noun(count, "room", "rooms");
        Ok(Reply::Rows { count, noun }.into())
    }
}
