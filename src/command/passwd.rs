//! PASSWD: changes one's password; the account's other sessions end.

use super::prelude::*;
use crate::policy::{login, password};
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passwd {
    old: Option<Secret>,
    new: Option<Secret>,
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
        if self.old.is_none() {
            self.old = Some(secret);
        } else {
            self.new = Some(secret);
        }
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let session = before
            .state
            .session(before.conn)
            .ok_or(Reply::NotLoggedIn)?;
        let account = session.account().and_then(|id| before.state.account(id));
        let account = account.ok_or(Reply::NeedAccount)?;
        login::may_try(before.state, session, &account.name.folded(), before.now)?;
        let new = self.new.take().unwrap_or_default();
        password::may_choose(&new, &account.name, before.state.rules().password_min)?;
        Ok(Some(Errand::Change {
            old: self.old.take().unwrap_or_default(),
            verifier: account.verifier.clone(),
            new,
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let account = context.account()?;
        let (id, name) = (account.id, account.name.folded());
        let current = account.verifier.clone();
        let changed = match context.found() {
            Some(Found::Busy) => return Err(Reply::Busy { retry: 1 }),
            Some(Found::Changed { seen, verifier }) if seen == current => verifier,
            _ => None,
        };
        let Some(verifier) = changed else {
            let network = context.session().origin.network.clone();
            context.emit(Event::LoginFailed { name, network });
            return Err(Reply::InvalidCredentials);
        };
        let account = id;
        context.emit(Event::PasswordSet { account, verifier });
        context.end_sessions(id, true);
        Ok(Reply::PasswordChanged.into())
    }
}
