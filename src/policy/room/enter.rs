//! Who comes into a room and as what, and who makes one.

use chinwag_grammar::Time;

use super::{admin, is_admin};
use crate::model::rules::Creation;
use crate::model::{BanKind, Rank, Ranks, Room, Who};
use crate::reply::Reply;
use crate::secret::Secret;
use crate::state::State;

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
    let marks = state.marks(who);
    if let Some(ban) = room.banned(BanKind::Ban, &marks, now) {
        let why = ban.why.as_ref();
        return Err(Reply::BannedFrom {
            room: name(),
            why: why.map_or_else(|| "".into(), |why| format!(": {why}").into()),
        });
    }
    if room.modes.registered_only && who.account.is_none() {
        return Err(Reply::AccountsOnly { room: name() });
    }
    if who.account.is_some_and(|id| room.invited.contains(&id)) {
        return Ok(());
    }
    let is_let_in = room.listed(BanKind::Invitation, &marks, now).is_some();
    if room.modes.invite_only && !is_let_in {
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
/// runs the lobby.
#[must_use]
pub fn joins_as(state: &State, who: &Who, room: &Room) -> Ranks {
    if state.lobby().is_some_and(|lobby| lobby.id == room.id) {
        return Ranks::NONE;
    }
    let created = who.account.is_some() && room.creator == who.account;
    match (created, room.permanent) {
        (true, true) => Ranks::FOUNDER,
        (true, false) => Ranks::OPERATOR,
        (false, false) if nobody_runs(state, who, room) => Ranks::OPERATOR,
        (false, _) => Ranks::NONE,
    }
}

/// Whether somebody is the first who could run it: a guest, where nobody is in it; an account, where no other is.
fn nobody_runs(state: &State, who: &Who, room: &Room) -> bool {
    if who.account.is_none() {
        return state.is_deserted(room);
    }
    let guests = state.live().room_guests.get(&room.id);
    let mut guests = guests.into_iter().flat_map(|guests| guests.values());
    room.members.is_empty() && !guests.any(|ranks| ranks.reach(Rank::Operator))
}

/// Members, there or not, and guests.
fn people_in(state: &State, room: &Room) -> usize {
    let guests = state.live().room_guests.get(&room.id);
    room.members.len() + guests.map_or(0, std::collections::BTreeMap::len)
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
