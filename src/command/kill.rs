//! KILL: ends somebody's sessions, a guest's too; they may come again.

use chinwag_grammar::Nick;

use super::depart::{end_session, end_sessions};
use super::prelude::*;
use crate::policy::room::may_give;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kill {
    pub nick: Nick,
    pub why: Text,
}

impl Verb for Kill {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            why: args.text("why").unwrap_or_default().into(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), Some(&self.why))?;
        let (by, who) = (context.me()?, context.person(&self.nick)?);
        if by == who {
            return Err(Reply::NickIsSelf);
        }
        let nick = who.nick.clone();
        if who.account.is_some_and(|id| !context.state().is_present(id)) {
            return Err(Reply::NoSuchNick { nick });
        }
        context.audit(&format!("KILL {nick}: {}", self.why));
        let count = match who.account {
            Some(id) => end_sessions(context, id, None, Some(&self.why)),
            None => {
                if let Some(conn) = context.state().guest_conn(&nick.folded()) {
                    end_session(context, conn, Some(self.why));
                }
                1
            }
        };
        Ok(Reply::SessionsEnded { count, nick }.into())
    }
}
