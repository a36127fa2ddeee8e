//! UNBLOCK: lets a blocked account in again.

use chinwag_grammar::Nick;

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unblock {
    nick: Nick,
}

impl Verb for Unblock {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("account").expect("the rule has an account"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let account = context.account_named(&self.nick)?;
        let who = account.who();
        let nick = who.nick.clone();
        if account.blocked(context.now).is_none() {
            return Err(Reply::NotBlocked { nick });
        }
        context.emit(Event::Unblocked { who, by });
        context.audit(&format!("UNBLOCK {nick}"));
        Ok(Reply::BlockLifted { nick }.into())
    }
}
