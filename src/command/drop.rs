//! DROP: a room is removed, and its history.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropRoom {
    room: RoomName,
}

impl Verb for DropRoom {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let room = at_room::known(context, Some(&self.room))?;
        policy::may_drop(context.state(), &me, room)?;
        let own = policy::is_creator(&me, room);
        let act = format!("DROP {}", room.name);
        let room = room.to_ref();
        let by = Some(me);
        let number = context.emit(Event::RoomDropped { room, by });
        if !own {
            at_room::audit(context, &act, None);
        }
        Ok(Reply::Numbered { number }.into())
    }
}
