//! GUEST: comes in without an account, and into the lobby where it is open.

use chinwag_grammar::Nick;

use super::prelude::*;
use crate::policy::room::{joins_as, may_join};
use crate::policy::{login, name, server_ban};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    pub nick: Nick,
}

impl Verb for Guest {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: true,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_enter(context, &self.nick)?;
        enter(context, self.nick.clone());
        Ok(Reply::Entered { nick: self.nick }.into())
    }
}

/// May somebody come in here without an account, under that name?
///
/// # Errors
/// Why not.
pub fn may_enter(context: &Context<'_>, nick: &Nick) -> Result<(), Reply> {
    login::may_be_guest(context.state())?;
    if let Some(who) = context.state().who(context.conn) {
        return Err(Reply::AlreadyLoggedIn { nick: who.nick });
    }
    name::may_take(context.state(), nick)?;
    let who = Who {
        account: None,
        nick: nick.clone(),
    };
    let (state, session) = (context.state(), context.session());
    server_ban::may_be_here(state, session, Some(&who), context.now)
}

/// Comes in, and into the lobby where it is open.
pub fn enter(context: &mut Context<'_>, nick: Nick) {
    let conn = context.conn;
    let who = Who {
        account: None,
        nick,
    };
    context.emit(Event::GuestEntered {
        conn,
        who: who.clone(),
    });
    super::irc::tell_real_name(context, &who);
    let lobby = context.state().room_named(&context.rules().lobby);
    let open =
        lobby.filter(|room| may_join(context.state(), &who, room, None, context.now).is_ok());
    let open = open.map(|room| (room.to_ref(), joins_as(context.state(), &who, room)));
    if let Some((room, ranks)) = open {
        context.emit(Event::Joined { room, who, ranks });
    }
}
