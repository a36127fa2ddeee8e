//! What an operator does to rooms and people as an admin would: SAMODE, SAJOIN, SAPART.

use chinwag_grammar::{Nick, RoomName};

use crate::command::Command;
use crate::command::prelude::*;
use crate::model::RoomRef;
use crate::policy::operator;
use crate::policy::room::{joins_as, may_give, may_join_more};

const GATE: Gate = Gate {
    needs: Needs::Operator,
    writes: true,
    token: TokenUse::Everywhere,
};

/// SAMODE: a command that needs no errand, decided as if an admin had asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What is asked.
    pub command: Box<Command>,
    /// As the audit log tells it.
    pub told: Text,
}

/// SAJOIN: somebody who is here is in a room from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForceJoin {
    /// Who.
    pub nick: Nick,
    /// Where.
    pub room: RoomName,
}

/// SAPART: somebody is in a room no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForceLeave {
    /// Who.
    pub nick: Nick,
    /// Where.
    pub room: RoomName,
    /// Why.
    pub why: Option<Text>,
}

impl Verb for Override {
    const GATE: Gate = GATE;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let conn = Some(context.conn);
        context.emit(Event::Overrode { conn });
        let outcome = self.command.decide(context);
        context.emit(Event::Overrode { conn: None });
        if outcome.is_ok() {
            context.audit(self.told.as_str());
        }
        outcome
    }
}

impl Verb for ForceJoin {
    const GATE: Gate = GATE;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (who, room) = found(context, &self.nick, &self.room)?;
        let (state, name) = (context.state(), self.room);
        let Some(there) = state.room(room.id) else {
            return Err(Reply::NoSuchRoom { room: name });
        };
        if state.is_in(&who, there) {
            let nick = who.nick;
            return Err(Reply::NickInRoom { nick, room: name });
        }
        may_join_more(state, &who)?;
        let ranks = joins_as(state, &who, there);
        context.audit(&format!("SAJOIN {} {}", who.nick, room.name));
        context.emit(Event::Joined { room, who, ranks });
        Ok(Reply::Ok.into())
    }
}

impl Verb for ForceLeave {
    const GATE: Gate = GATE;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), self.why.as_ref())?;
        let (who, room) = found(context, &self.nick, &self.room)?;
        let state = context.state();
        if !state
            .room(room.id)
            .is_some_and(|there| state.is_in(&who, there))
        {
            let (nick, room) = (who.nick, self.room);
            return Err(Reply::NickNotInRoom { nick, room });
        }
        context.audit(&format!("SAPART {} {}", who.nick, room.name));
        let id = room.id;
        context.emit(Event::Left {
            room,
            who,
            why: self.why,
            gone: false,
        });
        context.end_if_deserted(id);
        Ok(Reply::Ok.into())
    }
}

/// Somebody who is here and no admin, and any room: an operator may know of all.
fn found(context: &Context<'_>, nick: &Nick, name: &RoomName) -> Result<(Who, RoomRef), Reply> {
    let who = context.person(nick)?;
    if context.state().conns_of(&who).is_empty() {
        return Err(Reply::NoSuchNick { nick: who.nick });
    }
    operator::may_act_on(context.state(), context.session(), &who)?;
    let room = context.state().room_named(name);
    let room = room.ok_or_else(|| Reply::NoSuchRoom { room: name.clone() })?;
    Ok((who, room.to_ref()))
}
