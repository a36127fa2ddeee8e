//! IRC shows the rooms that somebody is in from now on whole, on each of their connections.

use crate::command::prelude::*;
use crate::effect::{Effect, Note};
use crate::model::{ConnId, RoomId, Session};
use crate::reply::Row;

/// What an event that was applied leads to on the connections of whoever entered something.
pub fn show_rooms(context: &mut Context<'_>, event: &Event) {
    match event {
        Event::GuestEntered { conn, who } => call(context, *conn, who),
        Event::Joined { room, who, .. } => {
            for conn in context.state().conns_of(who) {
                show_room(context, conn, room.id);
            }
        }
        Event::LoggedIn {
            conn, who, rooms, ..
        } => {
            call(context, *conn, who);
            rooms
                .iter()
                .for_each(|room| show_room(context, *conn, *room));
        }
        _ => {}
    }
}

fn call(context: &mut Context<'_>, conn: ConnId, who: &Who) {
    let nick = who.nick.clone();
    row_for(context, conn, Row::Called { nick });
}

fn show_room(context: &mut Context<'_>, conn: ConnId, room: RoomId) {
    let session = context.state().session(conn);
    let hears = session.is_some_and(|session| {
        let limits = session.limits();
        super::is_irc(session) && limits.is_none_or(|limits| limits.hears_room(room))
    });
    let Some(row) = super::entered(context, conn, room).filter(|_| hears) else {
        return;
    };
    row_for(context, conn, row);
    // draft/read-marker: after the JOIN, where one is an account.
    let account = context.state().session(conn).and_then(Session::account);
    if let Some(account) = account {
        let target = context.state().place_name(Place::Room(room), account);
        let time = context.state().read_time(account, Place::Room(room));
        let row = target.map(|target| Row::ReadMarker { target, time });
        row.into_iter().for_each(|row| row_for(context, conn, row));
    }
}

/// A row for an IRC connection: of the answer, where it is the one that asks.
fn row_for(context: &mut Context<'_>, conn: ConnId, row: Row) {
    if !context.state().session(conn).is_some_and(super::is_irc) {
        return;
    }
    let effect = if conn == context.conn {
        Effect::Row { conn, row }
    } else {
        let note = Note::Row(Box::new(row));
        Effect::Note { conn, note }
    };
    context.effect(effect);
}
