//! RENAME: gives a room another name.

use chinwag_grammar::RoomName;

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
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            name: args.room("newroom").expect("the rule has a new name"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let room = context.room(&self.room)?;
        policy::may_run(context.state(), &by, room)?;
        policy::may_change(context.state(), room)?;
        policy::may_name(context.state(), &self.name)?;
        let other = context.state().room_named(&self.name);
        if other.is_some_and(|other| other.id != room.id) {
            return Err(Reply::RoomExists { room: self.name });
        }
        if room.name.as_str() == self.name.as_str() {
            return Ok(Reply::NothingChanged.into());
        }
        let room = room.to_ref();
        let old = room.name.clone();
        let name = self.name.clone();
        let number = context.emit(Event::RoomRenamed { room, by, name });
        context.audit(&format!("RENAME {old} {}", self.name));
        Ok(Reply::Numbered { number }.into())
    }
}
