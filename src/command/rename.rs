//! RENAME: a room gets another name.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    room: RoomName,
    name: RoomName,
}

impl Verb for Rename {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            name: args.room("newroom").expect("the rule has a new name"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let room = at_room::known(context, Some(&self.room))?;
        let state = context.state();
        policy::may_rename(state, &by, room)?;
        policy::may_be_called(state, &self.name)?;
        // A token stays where it was made for.
        policy::may_use_token(context.session(), &self.name)?;
        let taken = state.room_named(&self.name);
        if taken.is_some_and(|taken| taken.id != room.id) {
            return Err(Reply::RoomExists { room: self.name });
        }
        let room = room.to_ref();
        let name = self.name;
        let number = context.emit(Event::RoomRenamed { room, by, name });
        Ok(Reply::Numbered { number }.into())
    }
}
