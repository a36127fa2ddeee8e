//! JOIN 0: leaves every room (RFC 2812, section 3.2.1).

use crate::command::leave;
use crate::command::prelude::*;
use crate::model::Room;

/// Leaves every room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveAll;

impl Verb for LeaveAll {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        for id in context.state().rooms_of(&me) {
            if let Some(room) = context.state().room(id).map(Room::to_ref) {
                leave::leave(context, room, None)?;
            }
        }
        Ok(Reply::Ok.into())
    }
}
