//! INVITE: asks somebody into a room; an invitation opens one that is by invitation only.

use chinwag_grammar::{Nick, RoomName};

use super::prelude::*;
use crate::model::person::NotificationKind;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    pub nick: Nick,
    pub room: Option<RoomName>,
}

impl Verb for Invite {
    const GATE: Gate = Gate {
        needs: Needs::Person,
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
        let room = context.my_room(self.room.as_ref())?;
        policy::may_invite(context.state(), &by, room)?;
        let who = context.person(&self.nick)?;
        if context.state().is_in(&who, room) {
            return Err(Reply::NickInRoom {
                nick: who.nick,
                room: room.name.clone(),
            });
        }
        // A guest could not come back to it: an invitation is the account's.
        if who.account.is_none() && room.modes.invite_only {
            return Err(Reply::GuestCannot { nick: who.nick });
        }
        let room = room.to_ref();
        let account = who.account;
        let number = context.emit(Event::Invited { room, who, by });
        if let Some(account) = account {
            // They are not in the room, so that READ could not reach it there: it is about the account itself.
            context.notify(account, number, NotificationKind::Invite, None);
        }
        Ok(Reply::Numbered { number }.into())
    }
}
