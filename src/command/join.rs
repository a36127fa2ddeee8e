//! JOIN: enters a room; a member stays one when the connection ends.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::policy::room as policy;
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    pub room: RoomName,
    pub key: Option<Secret>,
}

impl Verb for Join {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            key: args.text("key").map(Secret::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.me()?;
        let room = context.room(&self.room)?;
        let name = room.name.clone();
        if context.state().is_in(&who, room) {
            return Ok(Reply::AlreadyIn { room: name }.into());
        }
        policy::may_join(context.state(), &who, room, self.key.as_ref(), context.now)?;
        policy::may_join_more(context.state(), &who)?;
        let ranks = policy::joins_as(context.state(), &who, room);
        let room = room.to_ref();
        let number = context.emit(Event::Joined { room, who, ranks });
        Ok(Reply::Joined { number, room: name }.into())
    }
}
