//! What somebody may do in a room.
//!
//! - `enter`: who comes in, and as what; who makes rooms.
//! - `list`: which masks may stand against people.
//! - `rank`: what the ranks allow, and against whom.
//! - `speak`: who says something, sets the topic, writes in private.

mod enter;
mod list;
mod rank;
mod speak;

use chinwag_grammar::RoomName;

use crate::model::session::Person;
use crate::model::{Account, Hidden, Ranks, Role, Room, RoomId, Session, Text, Who};
use crate::policy::gate;
use crate::reply::Reply;
use crate::state::State;

pub use enter::{joins_as, may_create, may_create_more, may_join, may_join_more};
pub use list::may_bar;
pub use rank::{
    may_act_on, may_clear, may_drop, may_invite, may_keep_order, may_make, may_rank, may_run,
};
pub use speak::{Floor, may_send_ctcp, may_set_topic, may_speak, may_speak_to, may_write_to};

/// May they know that the room is there? Of a secret one, only those in it, those invited, and admins.
#[must_use]
pub fn may_know(state: &State, who: Option<&Who>, room: &Room) -> bool {
    room.modes.hidden != Hidden::Secret || is_inside(state, who, room)
}

/// May they know who is in it? Of a hidden room, private or secret, only those of before.
#[must_use]
pub fn may_look_in(state: &State, who: Option<&Who>, room: &Room) -> bool {
    room.modes.hidden == Hidden::No || is_inside(state, who, room)
}

/// May they see that this person is in a room that they may look into? Of those without a rank in an auditorium, only
/// the person and those who keep order.
#[must_use]
pub fn may_see(state: &State, who: &Who, whom: &Who, room: &Room) -> bool {
    !room.modes.auditorium
        || who == whom
        || state.ranks(whom, room) != Ranks::NONE
        || may_keep_order(state, who, room).is_ok()
}

fn is_inside(state: &State, who: Option<&Who>, room: &Room) -> bool {
    who.is_some_and(|who| {
        state.is_in(who, room)
            || who.account.is_some_and(|id| room.invited.contains(&id))
            || is_admin(state, who)
    })
}

/// Is it shown to this session in a list? Those are that its person may look into, and its token is for.
#[must_use]
pub fn may_list(state: &State, session: &Session, who: &Who, room: &Room) -> bool {
    may_look_in(state, Some(who), room) && may_use_token(session, room.id).is_ok()
}

/// May this session use its token there? One without limits may everywhere.
///
/// # Errors
/// Where the token is for other rooms.
pub fn may_use_token(session: &Session, room: RoomId) -> Result<(), Reply> {
    match &session.person {
        Person::Account {
            limits: Some(limits),
            ..
        } if !limits.reaches(room) => Err(Reply::CannotPostThere),
        Person::Account { .. } | Person::Guest { .. } | Person::Nobody => Ok(()),
    }
}

/// May the room be renamed or removed at all? The lobby is always there.
///
/// # Errors
/// Where it is the lobby.
pub fn may_change(state: &State, room: &Room) -> Result<(), Reply> {
    if state.lobby().is_some_and(|lobby| lobby.id == room.id) {
        let room = room.name.clone();
        return Err(Reply::RoomFixed { room });
    }
    Ok(())
}

/// May a room be called that?
///
/// # Errors
/// When the name is too long.
pub fn may_name(state: &State, name: &RoomName) -> Result<(), Reply> {
    let limit = state.rules().channel_len;
    if name.as_str().len() > limit {
        let wrong = format!("the name of a room has at most {limit} bytes").into();
        return Err(Reply::InvalidName { wrong });
    }
    Ok(())
}

/// May a reason be as long as that? As long as a topic.
///
/// # Errors
/// When it is too long.
pub fn may_give(state: &State, why: Option<&Text>) -> Result<(), Reply> {
    why.map_or(Ok(()), |why| may_describe(state, why))
}

/// May a room be described so, or have this topic?
///
/// # Errors
/// When the text is too long.
pub fn may_describe(state: &State, text: &Text) -> Result<(), Reply> {
    let limit = state.rules().topic_len;
    if text.as_str().len() > limit {
        return Err(Reply::TextTooLong { limit });
    }
    Ok(())
}

/// Whether somebody is an admin who may act as one.
#[must_use]
pub fn is_admin(state: &State, who: &Who) -> bool {
    admin(state, who).is_ok()
}

fn admin(state: &State, who: &Who) -> Result<(), Reply> {
    // SAMODE and its like: what is asked just now is asked as an admin would.
    let overriding = state.live().overriding;
    if overriding.and_then(|conn| state.who(conn)).as_ref() == Some(who) {
        return Ok(());
    }
    let account: Option<&Account> = who.account.and_then(|id| state.account(id));
    let (role, initial) = account.map_or((Role::User, false), |account| {
        (account.role, account.initial_password)
    });
    gate::may_administer(role, initial)
}

#[cfg(test)]
mod tests;
