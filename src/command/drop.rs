//! DROP: removes a room and its history.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropRoom {
    room: RoomName,
}

impl Verb for DropRoom {
    /// It frees room, so a full disk does not refuse it.
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let room = context.room(&self.room)?;
        policy::may_change(context.state(), room)?;
        policy::may_drop(context.state(), &by, room)?;
        let room = room.to_ref();
        let name = room.name.clone();
        let number = context.emit(Event::RoomDropped { room, by: Some(by) });
        context.audit(&format!("DROP {name}"));
        Ok(Reply::Numbered { number }.into())
    }
}
