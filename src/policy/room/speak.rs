//! Who says something in a room or to somebody, and who sets a topic.

use chinwag_grammar::Time;

use super::{is_admin, may_keep_order};
use crate::model::session::Person;
use crate::model::{BanKind, Rank, Room, Session, UserMode, Who};
use crate::policy::operator::is_operator;
use crate::reply::Reply;
use crate::state::State;

/// May they speak in a room that they are in?
///
/// # Errors
/// The first reason why not.
pub fn may_speak(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    let name = || room.name.clone();
    if !state.is_in(who, room) {
        return Err(Reply::NotInRoom { room: name() });
    }
    let ranks = state.ranks(who, room);
    if ranks.reach(Rank::Halfop) || is_admin(state, who) {
        return Ok(());
    }
    if room.modes.moderated && !ranks.reach(Rank::Voice) {
        return Err(Reply::Moderated { room: name() });
    }
    if room.bans.is_empty() {
        return Ok(());
    }
    let hostmask = state.hostmask(who);
    let stands = |kind| room.banned(kind, &hostmask, now).is_some();
    // Whoever was banned while away is still a member.
    if stands(BanKind::Mute) || stands(BanKind::Ban) {
        return Err(Reply::Muted { room: name() });
    }
    Ok(())
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
