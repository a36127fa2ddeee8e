//! Who may read what was said.

use crate::model::{Meta, Place, Who};
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
