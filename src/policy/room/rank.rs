//! What the ranks of a room allow, and against whom. Admins may everything.

use super::{admin, is_admin};
use crate::model::{Rank, Room, Who};
use crate::reply::Reply;
use crate::state::State;

/// May they run the room: its modes, its operators, its history? From its operators on.
///
/// # Errors
/// Why not.
pub fn may_run(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    let need = "only operators of the room and admins may do that";
    from(Rank::Operator, state, who, room, need)
}

/// May they keep order: kick, ban, mute, give voice, set a topic that is protected? From its halfops on.
///
/// # Errors
/// Why not.
pub fn may_keep_order(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    let need = "only operators and halfops of the room and admins may do that";
    from(Rank::Halfop, state, who, room, need)
}

/// May they act against that person? Not against a higher rank; operators against each other, other ranks against
/// lower ones alone. A founder may against everybody.
///
/// # Errors
/// Where they do not keep order, or the other ranks too high.
pub fn may_act_on(state: &State, by: &Who, whom: &Who, room: &Room) -> Result<(), Reply> {
    may_keep_order(state, by, room)?;
    if reaches(state, by, whom, room) {
        return Ok(());
    }
    Err(Reply::Outranked {
        nick: whom.nick.clone(),
        room: room.name.clone(),
    })
}

/// May they make anybody that?
///
/// # Errors
/// Why not.
pub fn may_make(state: &State, by: &Who, room: &Room, rank: Rank) -> Result<(), Reply> {
    match rank {
        Rank::Founder | Rank::Protected => {
            let need = "only founders of the room and admins may do that";
            from(Rank::Founder, state, by, room, need)
        }
        Rank::Operator | Rank::Halfop => may_run(state, by, room),
        Rank::Voice => may_keep_order(state, by, room),
    }
}

/// May they make that person that, or take it from them? Voice is given by those who keep order, halfops and operators are
/// made by operators, the higher ranks by founders; it is taken back by those who could give it and may act against
/// whoever has it. Everybody may give up what they are.
///
/// # Errors
/// Why not.
pub fn may_rank(
    state: &State,
    by: &Who,
    whom: &Who,
    room: &Room,
    (rank, given): (Rank, bool),
) -> Result<(), Reply> {
    if by == whom && !given && state.is_in(by, room) {
        return Ok(());
    }
    may_make(state, by, room, rank)?;
    if given {
        return Ok(());
    }
    may_act_on(state, by, whom, room)
}

/// May they ask somebody into a room that they are in? Of one by invitation only, those who keep order there.
///
/// # Errors
/// Why not.
pub fn may_invite(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    if room.modes.invite_only {
        return may_keep_order(state, who, room);
    }
    Ok(())
}

/// May they remove the room? Its creator, its founders and admins.
///
/// # Errors
/// Why not.
pub fn may_drop(state: &State, who: &Who, room: &Room) -> Result<(), Reply> {
    if who.account.is_some() && room.creator == who.account {
        return Ok(());
    }
    let need = "only the creator of the room and admins may do that";
    from(Rank::Founder, state, who, room, need)
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

fn from(
    rank: Rank,
    state: &State,
    who: &Who,
    room: &Room,
    need: &'static str,
) -> Result<(), Reply> {
    if state.ranks(who, room).reach(rank) {
        return Ok(());
    }
    admin(state, who).map_err(|why| match why {
        Reply::PasswordInitial => why,
        _ => Reply::NoRank {
            room: room.name.clone(),
            need,
        },
    })
}

fn reaches(state: &State, by: &Who, whom: &Who, room: &Room) -> bool {
    let theirs = state.ranks(whom, room);
    is_admin(state, by)
        || match state.ranks(by, room).highest() {
            Some(Rank::Founder) => true,
            Some(Rank::Protected | Rank::Operator) => !theirs.reach(Rank::Protected),
            Some(Rank::Halfop) => !theirs.reach(Rank::Halfop),
            Some(Rank::Voice) | None => false,
        }
}
