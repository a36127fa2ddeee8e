//! Which masks may stand against people in a room.

use chinwag_grammar::{Mask, Time};

use crate::model::{BanKind, Room};
use crate::reply::Reply;
use crate::state::State;

/// May a mask stand in a list of a room? One against everybody may not, nor more than there may be; `added` are about
/// to be added before.
///
/// # Errors
/// Why not.
pub fn may_bar(
    state: &State,
    room: &Room,
    (kind, mask): (BanKind, &Mask),
    now: Time,
    added: usize,
) -> Result<(), Reply> {
    if is_against(kind) && fits_everybody(mask) {
        return Err(Reply::WrongMask { mask: mask.clone() });
    }
    let limit = state.rules().bans_per_room;
    let in_force = |until: Option<Time>| until.is_none_or(|until| until > now);
    let count = room.bans.values().filter(|ban| in_force(ban.until)).count();
    if count + added >= limit {
        let room = room.name.clone();
        return Err(Reply::TooManyBans { room, limit });
    }
    Ok(())
}

const fn is_against(kind: BanKind) -> bool {
    match kind {
        BanKind::Ban | BanKind::Mute => true,
        BanKind::Exception | BanKind::Invitation => false,
    }
}

/// The hosts that others see tell who somebody is: a mask for all of them is one for everybody.
fn fits_everybody(mask: &Mask) -> bool {
    let wild = |part: &str| part.contains('*') && part.chars().all(|found| "*?".contains(found));
    match mask.account() {
        Some(pattern) => wild(pattern),
        None => {
            // No nick and no name looks like that.
            let nobody = "\u{1}!\u{1}@user/\u{1}";
            mask.as_str().split(['!', '@']).all(wild) || mask.matches(nobody)
        }
    }
}
