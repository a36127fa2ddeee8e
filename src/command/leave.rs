//! LEAVE: leaves a room for good; one that is temporary and deserted ends with it.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::model::RoomRef;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    pub room: Option<RoomName>,
    pub why: Option<Text>,
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
        policy::may_give(context.state(), self.why.as_ref())?;
        let room = context.my_room(self.room.as_ref())?.to_ref();
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
    let talked = context.session().talk == Some(id);
    let number = context.emit(Event::Left {
        room,
        who,
        why,
        gone: false,
    });
    context.end_if_deserted(id);
    let room = name;
    Ok(Reply::Left {
        number,
        room,
        talked,
    }
    .into())
}
