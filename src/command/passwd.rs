//! PASSWD: another password for who knows the old one; the account's other sessions end.

use super::depart::end_with_password;
use super::prelude::*;
use crate::policy::{login, password};
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passwd {
    pub old: Option<Secret>,
    pub new: Option<Secret>,
}

impl Verb for Passwd {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            old: args.text("password").map(Secret::from),
            new: args.text("newpassword").map(Secret::from),
        }
    }

    fn asks(&self) -> Option<&'static str> {
        match (&self.old, &self.new) {
            (None, _) => Some("old password (not shown)"),
            (Some(_), None) => Some("new password (not shown)"),
            (Some(_), Some(_)) => None,
        }
    }

    fn answer(&mut self, secret: Secret) {
        let asked = if self.old.is_none() {
            &mut self.old
        } else {
            &mut self.new
        };
        *asked = Some(secret);
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let old = self.old.take().unwrap_or_default();
        let new = self.new.take().unwrap_or_default();
        let state = before.state;
        let session = state.session(before.conn).ok_or(Reply::NotLoggedIn)?;
        let account = session.account().and_then(|id| state.account(id));
        let account = account.ok_or(Reply::NeedAccount)?;
        login::may_try(state, session, &account.name.folded(), before.now)?;
        password::may_choose(&new, &account.name, state.rules().password_min)?;
        let verifier = account.verifier.clone();
        Ok(Some(Errand::Change { old, verifier, new }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let account = context.account()?;
        let (id, name) = (account.id, account.name.folded());
        let (current, has_reset) = (account.verifier.clone(), account.reset.is_some());
        login::may_try(context.state(), context.session(), &name, context.now)?;
        let hashed = match context.found() {
            Some(Found::Changed { seen, hashed }) => hashed.filter(|_| seen == current),
            _ => return Err(Reply::Busy { retry: 1 }),
        };
        let Some(hashed) = hashed else {
            return Err(context.failed(&name, Reply::PasswordWrong));
        };
        context.emit(Event::PasswordSet {
            account: id,
            hashed,
            renewed: false,
        });
        // A code that was on its way to somebody else is worth nothing now.
        if has_reset {
            context.emit(Event::ResetSet {
                account: id,
                reset: None,
            });
        }
        let own = Some(context.conn);
        end_with_password(context, id, own);
        Ok(Reply::PasswordChanged.into())
    }
}
