//! KICK: somebody is put out of a room; oneself leaves.

use chinwag_grammar::{Nick, RoomName};

use super::prelude::*;
use super::{at_room, leave};
use crate::model::RoomRef;
use crate::model::person::NotificationKind;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kick {
    nick: Nick,
    room: Option<RoomName>,
    why: Option<Text>,
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
        at_room::check_why(context, self.why.as_ref())?;
        let by = context.me()?;
        if self.nick.same(by.nick.as_str()) {
            let room = at_room::mine(context, self.room.as_ref())?.to_ref();
            return leave::leave(context, room, self.why);
        }
        let room = at_room::known(context, self.room.as_ref())?;
        policy::may_run(context.state(), &by, room)?;
        let who = context.person(&self.nick)?;
        if !context.state().is_in(&who, room) {
            return Err(Reply::NickNotInRoom {
                nick: who.nick,
                room: room.name.clone(),
            });
        }
        let room = room.to_ref();
        let act = format!("KICK {} {}", who.nick, room.name);
        let id = room.id;
        let number = put_out(context, room, who, by, self.why.clone());
        at_room::audit(context, &act, self.why.as_ref());
        context.end_if_deserted(id);
        Ok(Reply::Numbered { number }.into())
    }
}

/// Puts somebody out, who learns of it later if they are not there.
pub fn put_out(
    context: &mut Context<'_>,
    room: RoomRef,
    who: Who,
    by: Who,
    why: Option<Text>,
) -> chinwag_grammar::Number {
    let account = who.account;
    let number = context.emit(Event::Kicked { room, who, by, why });
    // The room is none of theirs any more, so that it is about the account itself.
    if let Some(account) = account {
        context.notify(account, number, NotificationKind::Kick, None);
    }
    number
}
