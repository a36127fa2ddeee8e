//! What OP, DEOP, VOICE and DEVOICE have in common: a member of a room is made something, or no longer is.

use chinwag_grammar::{Nick, RoomName};

use super::prelude::*;
use crate::model::{Rank, Room, RoomRef};
use crate::policy::room as policy;

/// Whom, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    nick: Nick,
    room: Option<RoomName>,
}

impl Ranking {
    /// The arguments of all four.
    pub fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            room: args.room("room"),
        }
    }

    /// Gives the rank, or takes it back.
    ///
    /// # Errors
    /// Where they may not run the room, or the other is no member of it.
    pub fn decide(&self, context: &mut Context<'_>, rank: Rank, given: bool) -> Outcome {
        let room = match &self.room {
            Some(name) => context.room(name)?,
            None => context.here()?,
        };
        let by = context.me()?;
        if !self.nick.same(by.nick.as_str()) {
            policy::may_make(context.state(), &by, room, rank)?;
        }
        let who = member(context, room, &self.nick)?;
        policy::may_rank(context.state(), &by, &who, room, (rank, given))?;
        let room = room.to_ref();
        give(context, room, who, rank, given)
    }
}

/// Gives somebody a rank, or takes it back. Whether that may be is asked before.
pub fn give(
    context: &mut Context<'_>,
    room: RoomRef,
    who: Who,
    rank: Rank,
    given: bool,
) -> Outcome {
    if has(context, &room, &who, rank) == given {
        return Ok(Reply::NothingChanged.into());
    }
    let by = context.me()?;
    let act = act(&room, &who, rank, given);
    let number = context.emit(Event::Ranked {
        room,
        who,
        by,
        rank,
        given,
    });
    context.audit(&act);
    Ok(Reply::Numbered { number }.into())
}

/// As it stands in the audit log: the command that does it.
fn act(room: &RoomRef, who: &Who, rank: Rank, given: bool) -> String {
    let (room, nick) = (&room.name, &who.nick);
    match (rank, given) {
        (Rank::Operator, true) => format!("OP {nick} {room}"),
        (Rank::Operator, false) => format!("DEOP {nick} {room}"),
        (Rank::Voice, true) => format!("VOICE {nick} {room}"),
        (Rank::Voice, false) => format!("DEVOICE {nick} {room}"),
        (Rank::Founder | Rank::Protected | Rank::Halfop, _) => {
            let sign = if given { '+' } else { '-' };
            format!("MODE {room} {sign}{} {nick}", rank.letter())
        }
    }
}

fn has(context: &Context<'_>, room: &RoomRef, who: &Who, rank: Rank) -> bool {
    let room = context.state().room(room.id);
    room.is_some_and(|room| context.state().ranks(who, room).has(rank))
}

/// Who of the room that is.
///
/// # Errors
/// Where they are no member of it.
pub fn member(context: &Context<'_>, room: &Room, nick: &Nick) -> Result<Who, Reply> {
    let who = context.person(nick)?;
    if !context.state().is_in(&who, room) {
        let room = room.name.clone();
        return Err(Reply::NickNotInRoom {
            nick: who.nick,
            room,
        });
    }
    Ok(who)
}
