//! TALK: every line is said in a room, until it is off again.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    room: Option<RoomName>,
    off: bool,
}

impl Verb for Talk {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Post,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            off: args.has_keyword("OFF"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let conn = context.conn;
        if self.off {
            context.emit(Event::TalkChosen { conn, room: None });
            return Ok(Reply::TalkOff.into());
        }
        let room = at_room::mine(context, self.room.as_ref())?.to_ref();
        let name = room.name.clone();
        let room = Some(room);
        context.emit(Event::TalkChosen { conn, room });
        Ok(Reply::TalkOn { room: name }.into())
    }
}
