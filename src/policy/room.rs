//! What somebody may do in a room.

use chinwag_grammar::{Mask, RoomName, Time};

use crate::model::rules::Creation;
use crate::model::session::Person;
use crate::model::{Account, BanKind, Rank, Ranks, Role, Room, RoomId, Session, Text, Who};
use crate::policy::gate;
use crate::reply::Reply;
use crate::secret::Secret;
use crate::state::State;

/// May they know that the room is there? Of a hidden one, only those in it, those invited, and admins.
#[must_use]
pub fn may_know(state: &State, who: Option<&Who>, room: &Room) -> bool {
    if !room.modes.hidden {
        return true;
    }
    who.is_some_and(|who| {
        state.is_in(who, room)
            || who.account.is_some_and(|id| room.invited.contains(&id))
            || is_admin(state, who)
    })
}

/// Is it shown to this session in a list? Those are that its person may know of, and its token is for.
#[must_use]
pub fn may_list(state: &State, session: &Session, who: &Who, room: &Room) -> bool {
    may_know(state, Some(who), room) && may_use_token(session, room.id).is_ok()
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

/// May they speak in a room that they are in?
///
/// # Errors
/// The first reason why not.
pub fn may_speak(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    let name = || room.name.clone();
    if !state.is_in(who, room) {
        return Err(Reply::NotInRoom { room: name() });
    }
    let member = who.account.and_then(|id| room.members.get(&id));
    if member.is_some_and(|member| member.ranks.reach(Rank::Operator)) || is_admin(state, who) {
        return Ok(());
    }
    if room.modes.moderated && !member.is_some_and(|member| member.ranks.reach(Rank::Voice)) {
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
    let absent = with.account.is_some_and(|id| !state.is_present(id));
    if by.account.is_none() && absent {
        return Err(Reply::NoGuestAway {
            nick: with.nick.clone(),
        });
    }
    Ok(())
}

/// May they run the room: kick, ban, mute, make operators? Its operators and admins may.
///
/// # Errors
/// Why not.
pub fn may_run(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    let member = who.account.and_then(|id| room.members.get(&id));
    if member.is_some_and(|member| member.ranks.reach(Rank::Operator)) {
        return Ok(());
    }
    admin(state, who).map_err(|why| match why {
        Reply::PasswordInitial => why,
        _ => Reply::NoPermission {
            need: "only operators of the room and admins may do that",
        },
    })
}

/// May they set the topic of a room that they are in?
///
/// # Errors
/// Where only operators may, or they may not speak there.
pub fn may_set_topic(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    if room.modes.topic_protected {
        return may_run(state, who, room);
    }
    may_speak(state, who, room, now)
}

/// May they ask somebody into a room that they are in? Of one by invitation only, those who run it.
///
/// # Errors
/// Why not.
pub fn may_invite(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    if room.modes.invite_only {
        return may_run(state, who, room);
    }
    Ok(())
}

/// May a mask stand against people in a room? One that fits everybody may not, nor more than there may be.
///
/// # Errors
/// Why not.
pub fn may_bar(state: &State, room: &Room, mask: &Mask, now: Time) -> Result<(), Reply> {
    let part = |part: &str| part.contains('*') && part.chars().all(|found| "*?".contains(found));
    if mask.as_str().split(['!', '@']).all(part) {
        return Err(Reply::WrongMask { mask: mask.clone() });
    }
    let limit = state.rules().bans_per_room;
    let in_force = |until: Option<Time>| until.is_none_or(|until| until > now);
    let count = room.bans.values().filter(|ban| in_force(ban.until)).count();
    if count >= limit {
        let room = room.name.clone();
        return Err(Reply::TooManyBans { room, limit });
    }
    Ok(())
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

/// May they remove the room? Its creator and admins.
///
/// # Errors
/// Why not.
pub fn may_drop(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    if who.account.is_some() && room.creator == who.account {
        return Ok(());
    }
    admin(state, who).map_err(|why| match why {
        Reply::PasswordInitial => why,
        _ => Reply::NoPermission {
            need: "only the creator of the room and admins may do that",
        },
    })
}

/// May they remove its whole history? Its operators and admins; that of the lobby, admins.
///
/// # Errors
/// Why not.
pub fn may_clear(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    if state.lobby().is_some_and(|lobby| lobby.id == room.id) {
        return admin(state, who);
    }
    may_run(state, who, room)
}

/// May they come in?
///
/// # Errors
/// The first reason why not.
pub fn may_join(
    state: &State,
    who: &Who,
    room: &Room,
    key: Option<&Secret>,
    now: Time,
) -> Result<(), Reply> {
    let name = || room.name.clone();
    let people = people_in(state, room);
    let limit = state.rules().members_per_room;
    if people >= limit {
        return Err(Reply::TooManyMembers {
            room: name(),
            limit,
        });
    }
    if is_admin(state, who) {
        return Ok(());
    }
    if let Some(ban) = room.banned(BanKind::Ban, &state.hostmask(who), now) {
        let why = ban.why.as_ref();
        return Err(Reply::BannedFrom {
            room: name(),
            why: why.map_or_else(|| "".into(), |why| format!(": {why}").into()),
        });
    }
    if who.account.is_some_and(|id| room.invited.contains(&id)) {
        return Ok(());
    }
    if room.modes.invite_only {
        return Err(Reply::InviteOnly { room: name() });
    }
    if let Some(needed) = &room.modes.key
        && !key.is_some_and(|key| key.matches(needed))
    {
        return Err(Reply::BadKey { room: name() });
    }
    if room
        .modes
        .limit
        .is_some_and(|limit| people >= limit as usize)
    {
        return Err(Reply::RoomFull { room: name() });
    }
    Ok(())
}

/// What somebody is who comes in: the creator its founder, the first in a room that does not stay its operator. Nobody
/// runs the lobby, and a guest is nothing anywhere.
#[must_use]
pub fn joins_as(state: &State, who: &Who, room: &Room) -> Ranks {
    let is_lobby = state.lobby().is_some_and(|lobby| lobby.id == room.id);
    if is_lobby || who.account.is_none() {
        return Ranks::NONE;
    }
    let is_first = room.members.is_empty() && !room.permanent;
    match (room.creator == who.account, room.permanent) {
        (true, true) => Ranks::FOUNDER,
        (true, false) => Ranks::OPERATOR,
        (false, _) if is_first => Ranks::OPERATOR,
        (false, _) => Ranks::NONE,
    }
}

/// Members, there or not, and guests.
fn people_in(state: &State, room: &Room) -> usize {
    let guests = state.live().room_guests.get(&room.id);
    room.members.len() + guests.map_or(0, std::collections::BTreeSet::len)
}

/// May they have made one more room? Those that they have left count: they stay.
///
/// # Errors
/// When they have made as many as they may be in.
pub fn may_create_more(state: &State, who: &Who) -> Result<(), Reply> {
    let limit = state.rules().rooms_per_account;
    let rooms = state.durable().rooms.values();
    let made = rooms.filter(|room| room.creator.is_some() && room.creator == who.account);
    if made.count() >= limit {
        return Err(Reply::TooManyMade { limit });
    }
    Ok(())
}

/// May they be in one more room?
///
/// # Errors
/// When they are in as many as they may be.
pub fn may_join_more(state: &State, who: &Who) -> Result<(), Reply> {
    let limit = state.rules().rooms_per_account;
    if state.rooms_of(who).len() >= limit {
        return Err(Reply::TooManyRooms { limit });
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

/// May they make rooms?
///
/// # Errors
/// Why not.
pub fn may_create(state: &State, who: &Who) -> Result<(), Reply> {
    match (state.rules().create, who.account) {
        (Creation::Anyone | Creation::Accounts, Some(_)) | (Creation::Anyone, None) => Ok(()),
        (Creation::Accounts | Creation::Admins, None) => Err(Reply::NeedAccount),
        (Creation::Admins, Some(_)) => admin(state, who),
    }
}

/// Whether somebody is an admin who may act as one.
#[must_use]
pub fn is_admin(state: &State, who: &Who) -> bool {
    admin(state, who).is_ok()
}

fn admin(state: &State, who: &Who) -> Result<(), Reply> {
    let account: Option<&Account> = who.account.and_then(|id| state.account(id));
    let (role, initial) = account.map_or((Role::User, false), |account| {
        (account.role, account.initial_password)
    });
    gate::may_administer(role, initial)
}

#[cfg(test)]
mod tests;
