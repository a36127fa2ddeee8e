//! KICK: puts somebody out of a room.

use chinwag_grammar::{Nick, RoomName};

use super::leave;
use super::prelude::*;
use crate::model::person::NotificationKind;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kick {
    pub nick: Nick,
    pub room: Option<RoomName>,
    pub why: Option<Text>,
}

impl Verb for Kick {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            room: args.room("room"),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_give(context.state(), self.why.as_ref())?;
        let by = context.me()?;
        if self.nick.same(by.nick.as_str()) {
            let room = context.my_room(self.room.as_ref())?.to_ref();
            return leave::leave(context, room, self.why);
        }
        let room = match &self.room {
            Some(name) => context.room(name)?,
            None => context.here()?,
        };
        policy::may_keep_order(context.state(), &by, room)?;
        let who = context.person(&self.nick)?;
        if !context.state().is_in(&who, room) {
            return Err(Reply::NickNotInRoom {
                nick: who.nick,
                room: room.name.clone(),
            });
        }
        policy::may_act_on(context.state(), &by, &who, room)?;
        let room = room.to_ref();
        let (id, name) = (room.id, room.name.clone());
        let (target, why) = (who.clone(), self.why.clone());
        let number = context.emit(Event::Kicked { room, who, by, why });
        if let Some(account) = target.account {
            // The room is theirs no longer: it is about the account itself.
            context.notify(account, number, NotificationKind::Kick, None);
        }
        let why = Context::because(self.why.as_ref());
        context.audit(&format!("KICK {} {name}{why}", target.nick));
        context.end_if_deserted(id);
        Ok(Reply::Numbered { number }.into())
    }
}
