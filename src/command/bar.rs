//! What BAN and MUTE, UNBAN and UNMUTE have in common: a mask stands against somebody in a room, or no longer does.

use chinwag_grammar::{Mask, RoomName, Span};

use super::prelude::*;
use crate::model::{BanKind, Room};
use crate::policy::room as policy;

/// Lets a mask stand against somebody.
///
/// # Errors
/// Where they may not keep order in the room, the mask fits everybody, or there are as many as there may be.
pub fn put(
    context: &mut Context<'_>,
    kind: BanKind,
    mask: Mask,
    room: Option<&RoomName>,
    duration: Option<Span>,
    why: Option<Text>,
) -> Outcome {
    policy::may_give(context.state(), why.as_ref())?;
    let by = context.me()?;
    let room = found(context, room)?;
    policy::may_keep_order(context.state(), &by, room)?;
    let listed = known(room, kind, &mask);
    // The same once more takes no place.
    if listed.is_none() {
        policy::may_bar(context.state(), room, (kind, &mask), context.now, 0)?;
    }
    let mask = listed.unwrap_or(mask);
    let span = duration.filter(|span| !span.is_zero());
    let room = room.to_ref();
    let name = room.name.clone();
    lift_expired(context, room.id);
    let number = context.emit(Event::Banned {
        room,
        by,
        kind,
        mask: mask.clone(),
        until: span.map(|span| context.now.plus(span)),
        why: why.clone(),
    });
    let span = span.map_or_else(String::new, |span| format!(" {span}"));
    let why = Context::because(why.as_ref());
    let act = act(kind, true, &mask, &name);
    context.audit(&format!("{act}{span}{why}"));
    Ok(Reply::Numbered { number }.into())
}

/// Lifts it.
///
/// # Errors
/// Where they may not keep order in the room, or nothing of that kind stands.
pub fn lift(
    context: &mut Context<'_>,
    kind: BanKind,
    mask: &Mask,
    room: Option<&RoomName>,
) -> Outcome {
    let by = context.me()?;
    let room = found(context, room)?;
    policy::may_keep_order(context.state(), &by, room)?;
    let name = room.name.clone();
    let in_force = |mask: &Mask| {
        let ban = room.bans.get(&(kind, mask.clone()));
        ban.is_some_and(|ban| ban.until.is_none_or(|until| until > context.now))
    };
    let Some(mask) = known(room, kind, mask).filter(in_force) else {
        return Err(Reply::NoSuchBan {
            mask: mask.as_str().into(),
            room: name,
        });
    };
    let room = room.to_ref();
    let number = context.emit(Event::Unbanned {
        room,
        by,
        kind,
        mask: mask.clone(),
    });
    context.audit(&act(kind, false, &mask, &name));
    Ok(Reply::Numbered { number }.into())
}

/// As it stands in the audit log: the command that does it.
fn act(kind: BanKind, given: bool, mask: &Mask, room: &RoomName) -> String {
    match (kind, given) {
        (BanKind::Ban, true) => format!("BAN {mask} {room}"),
        (BanKind::Ban, false) => format!("UNBAN {mask} {room}"),
        (BanKind::Mute, true) => format!("MUTE {mask} {room}"),
        (BanKind::Mute, false) => format!("UNMUTE {mask} {room}"),
        (BanKind::Exception | BanKind::Invitation, _) => {
            let sign = if given { '+' } else { '-' };
            format!("MODE {room} {sign}{} {mask}", kind.letter())
        }
    }
}

/// Operators act on a room whether they are in it or not.
fn found<'a>(context: &'a Context<'_>, room: Option<&RoomName>) -> Result<&'a Room, Reply> {
    match room {
        Some(name) => context.room(name),
        None => context.here(),
    }
}

/// The mask as it stands there: masks are the same in any case.
pub fn known(room: &Room, kind: BanKind, mask: &Mask) -> Option<Mask> {
    let mut masks = room.bans.keys().filter(|(of, _)| *of == kind);
    masks
        .find(|(_, one)| one.as_str().eq_ignore_ascii_case(mask.as_str()))
        .map(|(_, one)| one.clone())
}

/// What has run out makes room for others.
fn lift_expired(context: &mut Context<'_>, id: crate::model::RoomId) {
    let Some(room) = context.state().room(id) else {
        return;
    };
    if room.bans.len() < context.rules().bans_per_room {
        return;
    }
    let (room_ref, now) = (room.to_ref(), context.now);
    let over: Vec<_> = room
        .bans
        .iter()
        .filter(|(_, ban)| ban.until.is_some_and(|until| until <= now))
        .map(|(key, _)| key.clone())
        .collect();
    let by = Who {
        account: None,
        nick: super::console_nick(),
    };
    for (kind, mask) in over {
        let (room, by) = (room_ref.clone(), by.clone());
        context.emit(Event::Unbanned {
            room,
            by,
            kind,
            mask,
        });
    }
}
