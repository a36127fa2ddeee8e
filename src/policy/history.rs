//! Who may read what was said.

use crate::model::{Meta, Place, Who};
use crate::reply::Reply;
use crate::state::State;

/// May they read that message? In private the two of them; in a room those who are in it, if it was not cleared since.
#[must_use]
pub fn may_read(state: &State, who: &Who, message: &Meta) -> bool {
    match message.place {
        Place::Pair(..) => who
            .account
            .is_some_and(|id| message.place.other(id).is_some()),
        Place::Room(id) => state
            .room(id)
            .is_some_and(|room| state.is_in(who, room) && message.number > room.cleared_to),
    }
}

/// May history be asked for at all? The operator decides.
///
/// # Errors
/// Where it is switched off.
pub fn may_ask(state: &State) -> Result<(), Reply> {
    if state.rules().history {
        Ok(())
    } else {
        Err(Reply::HistoryOff)
    }
}

/// May they remove that message, which they can read? Authors their own; room operators those of their room; admins
/// those of every room.
///
/// # Errors
/// Why not.
pub fn may_delete(state: &State, who: &Who, message: &Meta) -> Result<(), Reply> {
    if who.account.is_some() && message.author == who.account {
        return Ok(());
    }
    match message.place {
        Place::Pair(..) => Err(Reply::NoPermission {
            need: "a private message is removed by who wrote it",
        }),
        Place::Room(id) => match state.room(id) {
            Some(room) => super::room::may_run(state, who, room),
            None => Err(Reply::UnknownMessage {
                number: message.number,
            }),
        },
    }
}
