//! TALK: makes every line speech in a room, until `/talk off`.

use chinwag_grammar::RoomName;

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    off: bool,
    room: Option<RoomName>,
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
            off: args.has_keyword("OFF"),
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let conn = context.conn;
        if self.off {
            context.emit(Event::TalkChosen { conn, room: None });
            return Ok(Reply::TalkOff.into());
        }
        let room = context.my_room(self.room.as_ref())?.to_ref();
        let name = room.name.clone();
        context.emit(Event::TalkChosen {
            conn,
            room: Some(room),
        });
        Ok(Reply::TalkOn { room: name }.into())
    }
}
