//! Who may read what was said, and who may remove it.

use crate::model::{Meta, Place, Who};
use crate::policy::room;
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

/// May they look at it in order to remove it? Admins answer for rooms that they are not in as well.
#[must_use]
pub fn may_moderate(state: &State, who: &Who, message: &Meta) -> bool {
    let cleared = match message.place {
        Place::Pair(..) => None,
        Place::Room(id) => state.room(id).map(|room| room.cleared_to),
    };
    may_read(state, who, message)
        || cleared.is_some_and(|to| message.number > to) && room::is_admin(state, who)
}

/// May they remove a message that they may look at? Their own; in a room, whoever runs it.
///
/// # Errors
/// Why not.
pub fn may_delete(state: &State, who: &Who, message: &Meta) -> Result<(), Reply> {
    if is_author(who, message) {
        return Ok(());
    }
    let room = match message.place {
        Place::Pair(..) => None,
        Place::Room(id) => state.room(id),
    };
    let Some(room) = room else {
        return Err(Reply::NoPermission {
            need: "in private only your own messages can be removed",
        });
    };
    room::may_run(state, who, room)
}

/// Whether they wrote it; a guest cannot show that.
#[must_use]
pub fn is_author(who: &Who, message: &Meta) -> bool {
    who.account.is_some() && who.account == message.author
}
