//! What every way out has in common: what was shown is read, and others learn of it when nobody is left.

use chinwag_grammar::Nick;

use super::prelude::*;
use crate::effect::{Effect, Note};
use crate::model::session::Person;
use crate::model::{AccountId, ConnId, Mark, Marked};
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
    depart_from(context, context.conn, why, None);
}

/// Ends a session of somebody: from now on its connection is nobody's, whatever of its requests is on the way, and it
/// is closed after the answer.
pub fn end_session(context: &mut Context<'_>, conn: ConnId, why: Option<Text>) {
    end_told(context, conn, why.clone(), why);
}

/// Ends the sessions of an account whose password is another now, but for one. They are told so, and nobody else.
pub fn end_with_password(context: &mut Context<'_>, id: AccountId, except: Option<ConnId>) {
    for conn in conns_of(context, id, except) {
        let told = Some("the password was changed".into());
        end_told(context, conn, None, told);
    }
}

/// `why` is for everybody, `told` for the session itself.
fn end_told(context: &mut Context<'_>, conn: ConnId, why: Option<Text>, told: Option<Text>) {
    let because = Context::because(told.as_ref());
    let at = context.now;
    let note = Note::Ended { because, at };
    end_noted(context, conn, note, (why, None));
}

/// Ends a session of somebody, who reads the note; others are told why, and which operator did it.
pub fn end_noted(
    context: &mut Context<'_>,
    conn: ConnId,
    note: Note,
    (why, by): (Option<Text>, Option<Nick>),
) {
    if conn != context.conn {
        context.after(Effect::Note { conn, note });
    }
    depart_from(context, conn, why, by);
    context.emit(Event::LoggedOut { conn });
    context.close(conn);
}

/// Ends the sessions of an account, but for one; answers how many.
pub fn end_sessions(
    context: &mut Context<'_>,
    id: AccountId,
    except: Option<ConnId>,
    why: Option<&Text>,
) -> u64 {
    let conns = conns_of(context, id, except);
    for conn in &conns {
        end_session(context, *conn, why.cloned());
    }
    conns.len() as u64
}

fn conns_of(context: &Context<'_>, id: AccountId, except: Option<ConnId>) -> Vec<ConnId> {
    let sessions = context.state().sessions_of(id);
    sessions
        .map(|session| session.conn)
        .filter(|conn| Some(*conn) != except)
        .collect()
}

/// The connection stays, and is nobody's.
pub fn log_out(context: &mut Context<'_>, conn: ConnId, why: Option<Text>) {
    depart_from(context, conn, why, None);
    context.emit(Event::LoggedOut { conn });
}

fn depart_from(
    context: &mut Context<'_>,
    conn: ConnId,
    why: Option<Text>,
    killed_by: Option<Nick>,
) {
    let Some(who) = context.state().who(conn) else {
        return;
    };
    let Some(session) = context.state().session(conn) else {
        return;
    };
    match session.person.clone() {
        Person::Account { id, .. } => {
            mark_read(context, conn, id);
            if context.state().sessions_of(id).count() == 1 {
                let lobby = lobby_of(context, &who);
                context.emit(Event::Offline {
                    who,
                    lobby,
                    why,
                    killed_by,
                });
            }
        }
        Person::Guest { rooms, .. } => {
            let lobby = lobby_of(context, &who);
            context.emit(Event::Offline {
                who: who.clone(),
                lobby,
                why: why.clone(),
                killed_by,
            });
            for room in rooms {
                let Some(room) = context.state().room(room).map(crate::model::Room::to_ref) else {
                    continue;
                };
                let id = room.id;
                let (who, why) = (who.clone(), why.clone());
                context.emit(Event::Left {
                    room,
                    who,
                    why,
                    gone: true,
                });
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
fn mark_read(context: &mut Context<'_>, conn: ConnId, id: AccountId) {
    let state = context.state();
    let Some(session) = state.session(conn).filter(|_| !context.full) else {
        return;
    };
    if state.live().marking.contains(&conn) {
        return;
    }
    let at = context.now;
    let name = |place| state.place_name(place, id).unwrap_or_else(|| "".into());
    let marks: Vec<Marked> = state
        .places_of(id)
        .into_iter()
        .filter(|place| !session.pending.contains(place))
        .filter(|place| policy::hears(state, session.limits(), *place))
        .map(|place| (place, state.last_in(place)))
        .filter(|(place, last)| *last > state.read_to(id, *place))
        .map(|(place, number)| Marked {
            place,
            name: name(place),
            mark: Mark { number, at },
        })
        .collect();
    if !marks.is_empty() {
        context.emit(Event::ReadMarked {
            account: id,
            marks,
            personal: false,
        });
    }
}
