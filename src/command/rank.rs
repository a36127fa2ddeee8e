//! What OP, DEOP, VOICE and DEVOICE have in common.

use chinwag_grammar::{Nick, RoomName};

use super::at_room;
use super::prelude::*;
use crate::model::{Rank, Room};

/// Who runs it and whether it writes: the same for all four.
pub const GATE: Gate = Gate {
    needs: Needs::Person,
    writes: true,
    token: TokenUse::Full,
};

/// A rank to be given or taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    pub nick: Nick,
    pub rank: Rank,
    pub given: bool,
}

/// Gives a rank in a room, or takes it.
///
/// # Errors
/// Where the asker does not run the room, or that person is no member of it.
pub fn rank(context: &mut Context<'_>, name: Option<&RoomName>, what: &Ranking) -> Outcome {
    let room = at_room::run(context, name)?;
    let Some(event) = decided(context, room, what)? else {
        return Ok(Reply::Ok.into());
    };
    let number = given(context, event);
    Ok(Reply::Numbered { number }.into())
}

/// The event, unless they have that rank, or lack it, already.
///
/// # Errors
/// Where that person is no member of the room.
pub fn decided(context: &Context<'_>, room: &Room, what: &Ranking) -> Result<Option<Event>, Reply> {
    let who = context.person(&what.nick)?;
    if !context.state().is_in(&who, room) {
        return Err(Reply::NickNotInRoom {
            nick: who.nick,
            room: room.name.clone(),
        });
    }
    let member = who.account.and_then(|id| room.members.get(&id));
    let Some(member) = member else {
        return Err(Reply::NickIsGuest { nick: who.nick });
    };
    let has = match what.rank {
        Rank::Operator => member.operator,
        Rank::Voice => member.voice,
    };
    if has == what.given {
        return Ok(None);
    }
    Ok(Some(Event::Ranked {
        room: room.to_ref(),
        who,
        by: context.me()?,
        rank: what.rank,
        given: what.given,
    }))
}

/// Lets it happen; who is made an operator, or no longer is one, stands in the audit log.
pub fn given(context: &mut Context<'_>, event: Event) -> chinwag_grammar::Number {
    let act = match &event {
        Event::Ranked {
            room,
            who,
            rank: Rank::Operator,
            given,
            ..
        } => {
            let verb = if *given { "OP" } else { "DEOP" };
            Some(format!("{verb} {} {}", who.nick, room.name))
        }
        _ => None,
    };
    let number = context.emit(event);
    if let Some(act) = act {
        at_room::audit(context, &act, None);
    }
    number
}
