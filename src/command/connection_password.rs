//! PASSWORD: gives the connection password of this server, where it has one.

use chinwag_grammar::Folded;

use super::prelude::*;
use crate::policy::login;
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionPassword {
    given: Option<Secret>,
}

impl Verb for ConnectionPassword {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            given: args.text("secret").map(Secret::from),
        }
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let session = before
            .state
            .session(before.conn)
            .ok_or(Reply::NotLoggedIn)?;
        login::may_try(before.state, session, &nobody(), before.now)?;
        let given = self.given.take().unwrap_or_default();
        Ok(Some(Errand::ServerPassword { given }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        if context.session().admitted {
            return Ok(Reply::PasswordAccepted.into());
        }
        match context.found() {
            Some(Found::ServerPassword { right: true }) => {
                let conn = context.conn;
                context.emit(Event::Admitted { conn });
                Ok(Reply::PasswordAccepted.into())
            }
            Some(Found::ServerPassword { right: false }) => {
                let network = context.session().origin.network.clone();
                let name = nobody();
                context.emit(Event::LoginFailed { name, network });
                Err(Reply::ServerPasswordWrong)
            }
            _ => Err(Reply::Busy { retry: 1 }),
        }
    }
}

/// Failures count for the network alone: no account has an empty name.
fn nobody() -> Folded {
    Folded::of("")
}
