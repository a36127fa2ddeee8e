//! What OP, DEOP, VOICE and DEVOICE have in common: a member of a room is made something, or no longer is.

use chinwag_grammar::{Nick, RoomName};

use super::prelude::*;
use crate::model::Rank;
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
        let name = room.name.clone();
        set(context, &name, &self.nick, rank, given)
    }
}

/// Gives somebody a rank, or takes it back; MODE does it too.
///
/// # Errors
/// As above.
pub fn set(
    context: &mut Context<'_>,
    room: &RoomName,
    nick: &Nick,
    rank: Rank,
    given: bool,
) -> Outcome {
    let by = context.me()?;
    let room = context.room(room)?;
    policy::may_run(context.state(), &by, room)?;
    let who = context.person(nick)?;
    let (name, nick) = (room.name.clone(), who.nick.clone());
    if who.account.is_none() {
        return Err(Reply::GuestCannot { nick });
    }
    if !context.state().is_in(&who, room) {
        return Err(Reply::NickNotInRoom { nick, room: name });
    }
    let room = room.to_ref();
    let number = context.emit(Event::Ranked {
        room,
        who,
        by,
        rank,
        given,
    });
    let verb = match (rank, given) {
        (Rank::Operator, true) => "OP",
        (Rank::Operator, false) => "DEOP",
        (Rank::Voice, true) => "VOICE",
        (Rank::Voice, false) => "DEVOICE",
    };
    context.audit(&format!("{verb} {nick} {name}"));
    Ok(Reply::Numbered { number }.into())
}
