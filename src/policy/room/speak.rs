//! Who says something in a room or to somebody, and who sets a topic.

use chinwag_grammar::Time;

use super::{is_admin, may_keep_order};
use crate::model::session::Person;
use crate::model::{BanKind, Flood, Rank, Room, Session, UserMode, Who};
use crate::policy::operator::is_operator;
use crate::reply::Reply;
use crate::state::State;

/// Who hears what somebody says in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floor {
    /// Those in the room.
    Everybody,
    /// Those who keep order there: the room is op-moderated, and everybody else is spared it.
    Halfops,
}

/// May they speak in a room that they are in, and to whom?
///
/// # Errors
/// The first reason why not.
pub fn may_speak_to(state: &State, who: &Who, room: &Room, now: Time) -> Result<Floor, Reply> {
    if !state.is_in(who, room) {
        return Err(Reply::NotInRoom {
            room: room.name.clone(),
        });
    }
    if state.ranks(who, room).reach(Rank::Halfop) || is_admin(state, who) {
        return Ok(Floor::Everybody);
    }
    spares_flood(state, who, room, now)?;
    match silenced(state, who, room, now) {
        None => Ok(Floor::Everybody),
        Some(_) if room.modes.op_moderated => Ok(Floor::Halfops),
        Some(why) => Err(why),
    }
}

/// May they speak so that everybody in the room hears it?
///
/// # Errors
/// The first reason why not.
pub fn may_speak(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    match may_speak_to(state, who, room, now)? {
        Floor::Everybody => Ok(()),
        Floor::Halfops => silenced(state, who, room, now).map_or(Ok(()), Err),
    }
}

/// May a request between clients (CTCP) other than ACTION be sent there?
///
/// # Errors
/// Where the room has none of that.
pub fn may_send_ctcp(room: &Room) -> Result<(), Reply> {
    if room.modes.no_ctcp {
        return Err(Reply::NoCtcp {
            room: room.name.clone(),
        });
    }
    Ok(())
}

fn silenced(state: &State, who: &Who, room: &Room, now: Time) -> Option<Reply> {
    let name = || room.name.clone();
    if room.modes.registered_speech && who.account.is_none() {
        return Some(Reply::AccountsOnly { room: name() });
    }
    if room.modes.moderated && !state.ranks(who, room).reach(Rank::Voice) {
        return Some(Reply::Moderated { room: name() });
    }
    if room.bans.is_empty() {
        return None;
    }
    let marks = state.marks(who);
    let stands = |kind| room.banned(kind, &marks, now).is_some();
    // Whoever was banned while away is still a member.
    let muted = stands(BanKind::Mute) || stands(BanKind::Ban);
    muted.then(|| Reply::Muted { room: name() })
}

fn spares_flood(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    match (room.modes.flood, state.flood_wait(room, who, now)) {
        (None, _) | (Some(_), 0) => Ok(()),
        (Some(Flood { lines, seconds }), retry) => Err(Reply::RoomFlood {
            room: room.name.clone(),
            lines,
            seconds,
            retry,
        }),
    }
}

/// May they set the topic of a room that they are in?
///
/// # Errors
/// Where only those who keep order may, or they may not speak there.
pub fn may_set_topic(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    if room.modes.topic_protected {
        return may_keep_order(state, who, room);
    }
    may_speak(state, who, room, now)
}

/// May they write to this person in private? A guest only to those who are there, a token for certain rooms to nobody.
///
/// # Errors
/// Why not.
pub fn may_write_to(state: &State, session: &Session, by: &Who, with: &Who) -> Result<(), Reply> {
    if let Person::Account {
        limits: Some(limits),
        ..
    } = &session.person
        && !limits.is_everywhere()
    {
        return Err(Reply::CannotPostThere);
    }
    let registered_only = state.user_modes(with).has(UserMode::RegisteredOnly);
    if by.account.is_none() && registered_only && !is_operator(state, session) {
        return Err(Reply::RegisteredOnly {
            nick: with.nick.clone(),
        });
    }
    let absent = with.account.is_some_and(|id| !state.is_present(id));
    if by.account.is_none() && absent {
        return Err(Reply::NoGuestAway {
            nick: with.nick.clone(),
        });
    }
    Ok(())
}
