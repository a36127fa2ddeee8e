//! Which masks may stand against people in a room.

use chinwag_grammar::{Mask, Time};

use crate::model::Room;
use crate::reply::Reply;
use crate::state::State;

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
