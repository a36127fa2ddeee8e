//! GUEST: comes in without an account, where the server allows guests.

use chinwag_grammar::Nick;

use super::prelude::*;
use crate::model::session::Person;
use crate::policy::{login, room as policy};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    nick: Nick,
}

impl Verb for Guest {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: true,
        token: TokenUse::Any,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        if !matches!(context.session().person, Person::Nobody) {
            let nick = context.me()?.nick;
            return Err(Reply::AlreadyLoggedIn { nick });
        }
        login::may_be_guest(context.state())?;
        super::check_nick(context.state(), &self.nick)?;
        let who = Who {
            account: None,
            nick: self.nick.clone(),
        };
        let conn = context.conn;
        context.emit(Event::GuestEntered {
            conn,
            who: who.clone(),
        });
        let lobby = context
            .state()
            .room_named(&context.rules().lobby)
            .filter(|room| policy::may_join(context.state(), &who, room, None, context.now).is_ok())
            .map(crate::model::Room::to_ref);
        if let Some(room) = lobby {
            context.emit(Event::Joined { room, who });
        }
        Ok(Reply::Entered { nick: self.nick }.into())
    }
}
