//! What BAN, MUTE, UNBAN and UNMUTE have in common: the list of a room, in which a mask stands once.

use chinwag_grammar::{Mask, Nick, Number, RoomName, Span};

use super::at_room;
use super::prelude::*;
use crate::model::{BanKind, Room};
use crate::policy::room as policy;

/// Who runs it and whether it writes: the same for all four.
pub const GATE: Gate = Gate {
    needs: Needs::Person,
    writes: true,
    token: TokenUse::Full,
};

/// Something to be put on the list.
pub struct Listing {
    pub kind: BanKind,
    pub mask: Mask,
    pub span: Option<Span>,
    pub why: Option<Text>,
}

/// The mask of everybody with that nick.
///
/// # Errors
/// Where no mask is as long as that.
pub fn mask_of(nick: &Nick) -> Result<Mask, Reply> {
    Mask::parse(nick.as_str()).map_err(|_| Reply::NoSuchNick { nick: nick.clone() })
}

/// Puts it on the list of a room, in place of the same mask in any case.
///
/// # Errors
/// Where the asker does not run the room, the list is full, or the mask says nothing about whom.
pub fn put(
    context: &mut Context<'_>,
    name: Option<&RoomName>,
    what: Listing,
) -> Result<Number, Reply> {
    at_room::check_why(context, what.why.as_ref())?;
    let by = context.me()?;
    let room = at_room::run(context, name)?;
    policy::may_ban(&what.mask)?;
    let listed = listed(room, what.kind, &what.mask);
    let limit = context.rules().bans_per_room;
    let full = listed.is_none() && room.bans.len() >= limit;
    let room_ref = room.to_ref();
    if full {
        // One that is over makes place for the new one, so that the list is bounded.
        let over = room
            .bans
            .iter()
            .find(|(_, ban)| ban.until.is_some_and(|until| until <= context.now));
        let Some((kind, mask)) = over.map(|(key, _)| key.clone()) else {
            let room = room.name.clone();
            return Err(Reply::TooManyBans { room, limit });
        };
        context.emit(Event::Unbanned {
            room: room_ref.clone(),
            by: by.clone(),
            kind,
            mask,
        });
    }
    let span = what.span.filter(|span| !span.is_zero());
    let until = span.map(|span| context.now.plus(span));
    let verb = match what.kind {
        BanKind::Ban => "BAN",
        BanKind::Mute => "MUTE",
    };
    let act = format!("{verb} {} {}", what.mask, room_ref.name);
    let number = context.emit(Event::Banned {
        room: room_ref,
        by,
        kind: what.kind,
        mask: listed.unwrap_or(what.mask),
        until,
        why: what.why.clone(),
    });
    at_room::audit(context, &act, what.why.as_ref());
    Ok(number)
}

/// Takes a mask off the list of a room; answers the room's name.
///
/// # Errors
/// Where the asker does not run the room, or the mask is not on the list.
pub fn lift(
    context: &mut Context<'_>,
    name: Option<&RoomName>,
    kind: BanKind,
    mask: &Mask,
) -> Result<RoomName, Reply> {
    let by = context.me()?;
    let room = at_room::run(context, name)?;
    let name = room.name.clone();
    let Some(mask) = listed(room, kind, mask) else {
        let mask = mask.as_str().into();
        return Err(Reply::NoSuchBan { mask, room: name });
    };
    let verb = match kind {
        BanKind::Ban => "UNBAN",
        BanKind::Mute => "UNMUTE",
    };
    let act = format!("{verb} {mask} {name}");
    let room = room.to_ref();
    context.emit(Event::Unbanned {
        room,
        by,
        kind,
        mask,
    });
    at_room::audit(context, &act, None);
    Ok(name)
}

/// The mask as it stands on the list, which may be in another case.
fn listed(room: &Room, kind: BanKind, mask: &Mask) -> Option<Mask> {
    let same = |one: &Mask| one.as_str().eq_ignore_ascii_case(mask.as_str());
    let known = room.bans.keys().find(|(of, one)| *of == kind && same(one));
    known.map(|(_, mask)| mask.clone())
}
