//! PASSWORD: the connection password of this server, where it has one.

use super::prelude::*;
use crate::policy::login;
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectionPassword {
    pub given: Secret,
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
            given: args.text("secret").unwrap_or_default().into(),
        }
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let given = std::mem::take(&mut self.given);
        let session = before.state.session(before.conn).ok_or(Reply::NotLoggedIn)?;
        if session.admitted {
            return Ok(None);
        }
        login::may_try(before.state, session, &login::counted_alone(session), before.now)?;
        Ok(Some(Errand::ServerPassword { given }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        if context.session().admitted {
            return Ok(Reply::PasswordAccepted.into());
        }
        let name = login::counted_alone(context.session());
        login::may_try(context.state(), context.session(), &name, context.now)?;
        match context.found() {
            Some(Found::ServerPassword { right: true }) => {
                let conn = context.conn;
                context.emit(Event::Admitted { conn });
                Ok(Reply::PasswordAccepted.into())
            }
            Some(Found::ServerPassword { right: false }) => {
                Err(context.failed(&name, Reply::ServerPasswordWrong))
            }
            _ => Err(Reply::Busy { retry: 1 }),
        }
    }
}
