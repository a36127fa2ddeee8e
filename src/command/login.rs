//! LOGIN: a password or a token, checked outside; what it saw is checked again here.

use chinwag_grammar::{Nick, Number};

use super::arrive::arrive;
use super::prelude::*;
use super::prove;
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub nick: Nick,
    pub password: Option<Secret>,
    pub since: Option<Number>,
}

impl Verb for Login {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            password: args.text("password").map(Secret::from),
            since: args.number("number"),
        }
    }

    fn asks(&self) -> Option<&'static str> {
        self.password.is_none().then_some("password (not shown)")
    }

    fn answer(&mut self, secret: Secret) {
        self.password = Some(secret);
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        if let Some(who) = before.state.who(before.conn) {
            return Err(Reply::AlreadyLoggedIn { nick: who.nick });
        }
        let password = self.password.take().unwrap_or_default();
        prove::errand(before, &self.nick, password).map(Some)
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let shown = prove::by_password(context, &self.nick)?;
        arrive(context, shown.account, shown.limits, self.since)
    }
}
