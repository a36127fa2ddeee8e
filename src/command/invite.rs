//! INVITE: somebody is asked into a room, and may then come in whatever its modes.

use chinwag_grammar::{Nick, RoomName};

use super::at_room;
use super::prelude::*;
use crate::model::person::NotificationKind;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    nick: Nick,
    room: Option<RoomName>,
}

impl Verb for Invite {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let room = at_room::mine(context, self.room.as_ref())?;
        policy::may_invite(context.state(), &by, room, context.now)?;
        let who = context.person(&self.nick)?;
        let name = room.name.clone();
        if context.state().is_in(&who, room) {
            let nick = who.nick;
            return Err(Reply::NickAlreadyIn { nick, room: name });
        }
        let Some(account) = who.account else {
            return Err(Reply::NickIsGuest { nick: who.nick });
        };
        // More cannot come in either.
        let limit = context.rules().members_per_room;
        if room.invited.len() >= limit && !room.invited.contains(&account) {
            return Err(Reply::TooManyMembers { room: name, limit });
        }
        let room = room.to_ref();
        let number = context.emit(Event::Invited { room, who, by });
        // The room is none of theirs yet, so that it is about the account itself.
        context.notify(account, number, NotificationKind::Invite, None);
        Ok(Reply::Numbered { number }.into())
    }
}
