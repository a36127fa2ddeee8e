//! CREATE: makes a room, or makes a temporary one permanent.

use chinwag_grammar::RoomName;

use super::prelude::*;
use super::rank;
use crate::model::{Rank, Ranks, RoomRef};
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    room: RoomName,
    description: Text,
}

impl Verb for Create {
    const GATE: Gate = Gate {
        // What it makes is permanent: a guest has nothing that stays.
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            description: args.text("text").unwrap_or_default().into(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.me()?;
        let state = context.state();
        let known = state.room_named(&self.room).map(|room| room.id);
        // A token for certain rooms is for none that is yet to be made.
        let id = known.unwrap_or_else(|| state.next_room());
        policy::may_use_token(context.session(), id)?;
        policy::may_create(context.state(), &who)?;
        policy::may_name(context.state(), &self.room)?;
        policy::may_describe(context.state(), &self.description)?;
        policy::may_create_more(context.state(), &who)?;
        let permanent = true;
        if let Some(known) = context.state().room_named(&self.room) {
            let own = !known.permanent && policy::may_run(context.state(), &who, known).is_ok();
            if !own {
                return Err(Reply::RoomExists { room: self.room });
            }
            let room = known.to_ref();
            let is_in = context.state().is_in(&who, known);
            let number = context.emit(Event::RoomCreated {
                room: room.clone(),
                by: Some(who.clone()),
                description: self.description,
                permanent,
            });
            if is_in {
                rank::give(context, room, who, Rank::Founder, true)?;
            }
            let room = self.room;
            return Ok(Reply::Created { number, room }.into());
        }
        policy::may_join_more(context.state(), &who)?;
        let room = RoomRef {
            id,
            name: self.room.clone(),
        };
        context.emit(Event::RoomCreated {
            room: room.clone(),
            by: Some(who.clone()),
            description: self.description,
            permanent,
        });
        // The number of the joining: whoever resumes after it has seen both.
        let ranks = Ranks::FOUNDER;
        let number = context.emit(Event::Joined { room, who, ranks });
        let room = self.room;
        Ok(Reply::Created { number, room }.into())
    }
}
