//! LEAVE: somebody leaves a room for good; without a room, the one where they talk, or the lobby.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;
use crate::model::RoomRef;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    room: Option<RoomName>,
    why: Option<Text>,
}

impl Verb for Leave {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        at_room::check_why(context, self.why.as_ref())?;
        let room = at_room::mine(context, self.room.as_ref())?.to_ref();
        leave(context, room, self.why)
    }
}

/// Leaves a room that they are in.
///
/// # Errors
/// Where nobody has said who it is.
pub fn leave(context: &mut Context<'_>, room: RoomRef, why: Option<Text>) -> Outcome {
    let who = context.me()?;
    let (id, name) = (room.id, room.name.clone());
    let number = context.emit(Event::Left { room, who, why });
    context.end_if_deserted(id);
    Ok(Reply::Left { number, room: name }.into())
}
