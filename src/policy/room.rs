//! What somebody may do in a room.

use chinwag_grammar::{Mask, RoomName, Time};
use subtle::ConstantTimeEq;

use crate::model::rules::Creation;
use crate::model::session::Person;
use crate::model::{Account, Ban, BanKind, Role, Room, Session, Who};
use crate::policy::gate;
use crate::reply::Reply;
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

/// May this session use its token there? One without limits may everywhere.
///
/// # Errors
/// Where the token names other rooms.
pub fn may_use_token(session: &Session, room: &RoomName) -> Result<(), Reply> {
    match &session.person {
        Person::Account {
            limits: Some(limits),
            ..
        } if !limits.rooms.is_empty()
            && !limits.rooms.iter().any(|one| one.same(room.as_str())) =>
        {
            Err(Reply::CannotPostThere)
        }
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
    if member.is_some_and(|member| member.operator) || is_admin(state, who) {
        return Ok(());
    }
    if room.modes.moderated && !member.is_some_and(|member| member.voice) {
        return Err(Reply::Moderated { room: name() });
    }
    if room.bans.is_empty() {
        return Ok(());
    }
    let hostmask = state.hostmask(who);
    let silent = |kind| room.banned(kind, &hostmask, now).is_some();
    // Who was away when the ban was set is still a member.
    if let Some(ban) = room.banned(BanKind::Ban, &hostmask, now) {
        return Err(banned_from(room, ban));
    }
    if silent(BanKind::Mute) {
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
        && !limits.rooms.is_empty()
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
    if member.is_some_and(|member| member.operator) {
        return Ok(());
    }
    admin(state, who).map_err(|why| match why {
        Reply::PasswordInitial => why,
        _ => Reply::NoPermission {
            need: "only operators of the room and admins may do that",
        },
    })
}

/// May they come in? An invitation, and having made the room, open it; a ban closes it to everybody but admins.
///
/// # Errors
/// The first reason why not.
pub fn may_join(
    state: &State,
    who: &Who,
    room: &Room,
    key: Option<&str>,
    now: Time,
) -> Result<(), Reply> {
    let name = || room.name.clone();
    let admin = is_admin(state, who);
    if !admin && let Some(ban) = room.banned(BanKind::Ban, &state.hostmask(who), now) {
        return Err(banned_from(room, ban));
    }
    let people = people_in(state, room);
    let welcome = who
        .account
        .is_some_and(|id| room.invited.contains(&id) || room.creator == Some(id));
    if !admin && !welcome {
        if room.modes.invite_only {
            return Err(Reply::InviteOnly { room: name() });
        }
        if let Some(wanted) = &room.modes.key
            && !is_key(wanted, key.unwrap_or_default())
        {
            return Err(Reply::BadKey { room: name() });
        }
        let limit = room.modes.limit.and_then(|limit| limit.try_into().ok());
        if limit.is_some_and(|limit: usize| people >= limit) {
            return Err(Reply::RoomFull { room: name() });
        }
    }
    let limit = state.rules().members_per_room;
    if people >= limit {
        return Err(Reply::TooManyMembers {
            room: name(),
            limit,
        });
    }
    let limit = state.rules().rooms_per_account;
    if state.rooms_of(who).len() >= limit {
        return Err(Reply::TooManyRooms { limit });
    }
    Ok(())
}

/// May they set the topic?
///
/// # Errors
/// Why not.
pub fn may_set_topic(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    if room.modes.topic_protected {
        return may_run(state, who, room);
    }
    may_speak(state, who, room, now)
}

/// May they ask others into the room? Its members may, where it is not by invitation only.
///
/// # Errors
/// Why not.
pub fn may_invite(state: &State, who: &Who, room: &Room, now: Time) -> Result<(), Reply> {
    if room.modes.invite_only {
        return may_run(state, who, room);
    }
    may_speak(state, who, room, now)
}

/// May they remove the history of the room? That of the lobby is everybody's: only admins may.
///
/// # Errors
/// Why not.
pub fn may_clear(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    if is_lobby(state, room) {
        return admin(state, who);
    }
    may_run(state, who, room)
}

/// May they remove the room? Its creator and admins may; nobody the lobby.
///
/// # Errors
/// Why not.
pub fn may_drop(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    if is_lobby(state, room) {
        let room = room.name.clone();
        return Err(Reply::RoomFixed { room });
    }
    if is_creator(who, room) {
        return Ok(());
    }
    admin(state, who).map_err(|why| match why {
        Reply::PasswordInitial => why,
        _ => Reply::NoPermission {
            need: "only who made the room and admins may do that",
        },
    })
}

/// May they give the room another name? Who made it may, as long as they run it, and admins; nobody the lobby.
///
/// # Errors
/// Why not.
pub fn may_rename(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    may_drop(state, who, room)?;
    may_run(state, who, room)
}

/// May a room have this name?
///
/// # Errors
/// Where it is too long for this server.
pub fn may_be_called(state: &State, name: &RoomName) -> Result<(), Reply> {
    let limit = state.rules().channel_len;
    if name.as_str().len() > limit {
        let wrong = format!("the name of a room has at most {limit} bytes");
        return Err(Reply::InvalidName {
            wrong: wrong.into(),
        });
    }
    Ok(())
}

/// May this mask be banned? Not one that says nothing about whom.
///
/// # Errors
/// Where it would keep everybody out.
pub fn may_ban(mask: &Mask) -> Result<(), Reply> {
    let says_nothing = |found: char| "*?!@.:".contains(found);
    if mask.as_str().chars().all(says_nothing) {
        let mask = mask.clone();
        return Err(Reply::WrongMask { mask });
    }
    Ok(())
}

/// May they see who is kept out of the room? Those in it, and admins.
#[must_use]
pub fn may_list(state: &State, who: &Who, room: &Room) -> bool {
    state.is_in(who, room) || is_admin(state, who)
}

/// Whether a ban leaves them in: who runs the room, and admins.
#[must_use]
pub fn is_spared(state: &State, who: &Who, room: &Room) -> bool {
    may_run(state, who, room).is_ok()
}

/// Whether they made the room.
#[must_use]
pub fn is_creator(who: &Who, room: &Room) -> bool {
    who.account.is_some() && who.account == room.creator
}

fn is_lobby(state: &State, room: &Room) -> bool {
    room.name.same(state.rules().lobby.as_str())
}

fn people_in(state: &State, room: &Room) -> usize {
    let guests = state.live().room_guests.get(&room.id);
    room.members.len() + guests.map_or(0, std::collections::BTreeSet::len)
}

/// In constant time, so that a key cannot be guessed letter by letter.
fn is_key(wanted: &str, given: &str) -> bool {
    wanted.as_bytes().ct_eq(given.as_bytes()).into()
}

fn banned_from(room: &Room, ban: &Ban) -> Reply {
    let why = ban.why.as_ref().map(|why| format!(": {why}"));
    Reply::BannedFrom {
        room: room.name.clone(),
        why: why.unwrap_or_default().into(),
    }
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
