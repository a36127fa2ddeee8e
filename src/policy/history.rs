//! Who may read what was said.

use super::room::may_use_token;
use crate::model::session::Person;
use crate::model::{Meta, Place, Session, Who};
use crate::reply::Reply;
use crate::state::State;

/// May anybody read what was said before they came?
///
/// # Errors
/// Where the server does not show it.
pub fn may_browse(state: &State) -> Result<(), Reply> {
    if state.rules().history {
        return Ok(());
    }
    Err(Reply::HistoryOff)
}

/// May this session look at a place? Those may who are in it; a token for certain rooms looks at those alone.
///
/// # Errors
/// Why not.
pub fn may_look(state: &State, session: &Session, who: &Who, place: Place) -> Result<(), Reply> {
    match place {
        Place::Pair(..) => {
            let id = who.account.ok_or(Reply::NeedAccount)?;
            let of_rooms = matches!(
                &session.person,
                Person::Account { limits: Some(limits), .. } if !limits.rooms.is_empty()
            );
            if of_rooms || place.other(id).is_none() {
                return Err(Reply::CannotPostThere);
            }
            Ok(())
        }
        Place::Room(id) => {
            let room = state.room(id).ok_or(Reply::NotLoggedIn)?;
            if !state.is_in(who, room) {
                return Err(Reply::NotInRoom {
                    room: room.name.clone(),
                });
            }
            may_use_token(session, &room.name)
        }
    }
}

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
