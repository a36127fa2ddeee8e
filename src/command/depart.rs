//! What every way out has in common: what was shown is read, and others learn of it when nobody is left.

use chinwag_grammar::Number;

use super::prelude::*;
use crate::model::AccountId;
use crate::model::session::Person;
use crate::policy::history as policy;

/// A connection has ended, whatever ended it.
pub fn ended(context: &mut Context<'_>, why: Option<Text>) {
    if context.state().session(context.conn).is_none() {
        return;
    }
    depart(context, why);
    let conn = context.conn;
    context.emit(Event::Disconnected { conn });
}

/// The session's person goes. Afterwards it is `LoggedOut` or `Disconnected`.
pub fn depart(context: &mut Context<'_>, why: Option<Text>) {
    let Some(who) = context.state().who(context.conn) else {
        return;
    };
    match context.session().person.clone() {
        Person::Account { id, .. } => {
            mark_read(context, id);
            if context.state().sessions_of(id).count() == 1 {
                let lobby = lobby_of(context, &who);
                context.emit(Event::Offline { who, lobby, why });
            }
        }
        Person::Guest { rooms, .. } => {
            for room in rooms {
                let Some(room) = context.state().room(room).map(crate::model::Room::to_ref) else {
                    continue;
                };
                let id = room.id;
                let (who, why) = (who.clone(), why.clone());
                context.emit(Event::Left { room, who, why });
                context.end_if_deserted(id);
            }
        }
        Person::Nobody => {}
    }
}

/// The lobby, if that person is in it: there, coming and going is told.
pub fn lobby_of(context: &Context<'_>, who: &Who) -> Option<crate::model::RoomRef> {
    let lobby = context.state().lobby()?;
    let rooms = context.state().rooms_of(who);
    rooms.contains(&lobby.id).then_some(lobby)
}

/// Everything that was shown on this connection is read: all but the places that had something unread at login and
/// were not looked at since.
fn mark_read(context: &mut Context<'_>, id: AccountId) {
    let (state, session) = (context.state(), context.session());
    let marks: Vec<(Place, Number)> = state
        .places_of(id)
        .into_iter()
        .filter(|place| !session.pending.contains(place))
        .filter(|place| policy::token_hears(state, session.limits(), *place))
        .map(|place| (place, state.last_in(place)))
        .filter(|(place, last)| *last > state.read_to(id, *place))
        .collect();
    if !marks.is_empty() {
        context.emit(Event::ReadMarked {
            account: id,
            marks,
            personal: false,
        });
    }
}
