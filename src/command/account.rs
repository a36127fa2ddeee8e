//! ACCOUNT: exports everything one wrote, or deletes the account.

use super::prelude::*;
use crate::effect::Query;
use crate::model::credential::Verifier;
use crate::policy::{login, staff};
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    delete: bool,
    password: Option<Secret>,
}

impl Verb for Account {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            delete: args.has_keyword("DELETE"),
            password: args.text("password").map(Secret::from),
        }
    }

    fn asks(&self) -> Option<&'static str> {
        (self.delete && self.password.is_none()).then_some("password (not shown)")
    }

    fn answer(&mut self, secret: Secret) {
        self.password = Some(secret);
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        if !self.delete {
            return Ok(None);
        }
        let session = before
            .state
            .session(before.conn)
            .ok_or(Reply::NotLoggedIn)?;
        let account = session.account().and_then(|id| before.state.account(id));
        let account = account.ok_or(Reply::NeedAccount)?;
        login::may_try(before.state, session, &account.name.folded(), before.now)?;
        Ok(Some(Errand::Verify {
            password: self.password.take().unwrap_or_default(),
            verifier: Some(account.verifier.clone()),
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let account = context.account()?;
        let (id, who, verifier) = (account.id, account.who(), account.verifier.clone());
        if !self.delete {
            context.audit("ACCOUNT EXPORT");
            return Ok(Query::Export { account: id }.into());
        }
        self.delete(context, who, &verifier)
    }
}

impl Account {
    fn delete(self, context: &mut Context<'_>, who: Who, verifier: &Verifier) -> Outcome {
        let right = match context.found() {
            Some(Found::Busy) => return Err(Reply::Busy { retry: 1 }),
            Some(Found::Verified { seen, right, .. }) => right && seen.as_ref() == Some(verifier),
            _ => false,
        };
        if !right {
            let network = context.session().origin.network.clone();
            let name = who.nick.folded();
            context.emit(Event::LoginFailed { name, network });
            return Err(Reply::InvalidCredentials);
        }
        staff::may_lose_admin(context.state(), &who)?;
        context.audit("ACCOUNT DELETE");
        for id in context.state().rooms_of(&who) {
            let Some(room) = context.state().room(id).map(crate::model::Room::to_ref) else {
                continue;
            };
            let who = who.clone();
            context.emit(Event::Left {
                room,
                who,
                why: None,
            });
            context.end_if_deserted(id);
        }
        // Every session is nobody's before its account is gone.
        if let Some(id) = who.account {
            let conns: Vec<_> = context
                .state()
                .sessions_of(id)
                .map(|session| session.conn)
                .collect();
            for conn in conns {
                context.emit(Event::LoggedOut { conn });
                context.close(conn);
            }
        }
        let nick = who.nick.clone();
        context.emit(Event::AccountDeleted { who });
        Ok(Reply::AccountDeleted { nick }.into())
    }
}
