//! JOIN: somebody enters a room; an account stays a member when it disconnects.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    room: RoomName,
    key: Option<String>,
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
            key: args.word("key").map(str::to_owned),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.me()?;
        let room = at_room::known(context, Some(&self.room))?;
        let name = room.name.clone();
        if context.state().is_in(&who, room) {
            return Ok(Reply::AlreadyIn { room: name }.into());
        }
        let key = self.key.as_deref();
        policy::may_join(context.state(), &who, room, key, context.now)?;
        let room = room.to_ref();
        let number = context.emit(Event::Joined { room, who });
        Ok(Reply::Joined { number, room: name }.into())
    }
}
