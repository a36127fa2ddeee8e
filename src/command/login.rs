//! LOGIN: a password or a token, checked outside; what it saw is checked again here.

use chinwag_grammar::{Nick, Number};

use super::arrive::arrive;
use super::prelude::*;
use crate::model::credential::{Digest, TOKEN_PREFIX, Verifier};
use crate::model::session::{Person, TokenLimits};
use crate::model::{Account, AccountId};
use crate::policy::login as policy;
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
        let session = before.state.session(before.conn).ok_or(Reply::NotLoggedIn)?;
        if !matches!(session.person, Person::Nobody) {
            let nick = before.state.who(before.conn).map_or_else(|| self.nick.clone(), |who| who.nick);
            return Err(Reply::AlreadyLoggedIn { nick });
        }
        policy::may_try(before.state, session, &self.nick.folded(), before.now)?;
        let password = self.password.take().unwrap_or_default();
        if is_token(&password) {
            return Ok(Some(Errand::Token { token: password }));
        }
        let account = before.state.account_named(&self.nick.folded());
        Ok(Some(Errand::Verify {
            password,
            verifier: account.map(|account| account.verifier.clone()),
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        // Others may have failed while this was checked.
        let name = self.nick.folded();
        policy::may_try(context.state(), context.session(), &name, context.now)?;
        let checked = match context.found() {
            Some(Found::Busy) => return Err(Reply::Busy { retry: 1 }),
            Some(Found::Token { digest }) => self.by_token(context, &digest),
            Some(Found::Verified {
                seen,
                right: true,
                renewed,
            }) => self.by_password(context, seen.as_ref(), renewed),
            _ => None,
        };
        let Some((id, limits)) = checked else {
            return Err(context.failed(&name, Reply::InvalidCredentials));
        };
        let may = policy::may_enter(context.state(), context.session(), id, context.now);
        if let Err(refused) = may {
            // What is answered as a wrong guess counts as one.
            return Err(match refused {
                Reply::InvalidCredentials => context.failed(&name, refused),
                told => told,
            });
        }
        arrive(context, id, limits, self.since)
    }
}

impl Login {
    fn account<'a>(&self, context: &'a Context<'_>) -> Option<&'a Account> {
        context.state().account_named(&self.nick.folded())
    }

    /// The password was right for the verifier that was seen: it must still be the account's.
    fn by_password(
        &self,
        context: &mut Context<'_>,
        seen: Option<&Verifier>,
        renewed: Option<Verifier>,
    ) -> Option<(AccountId, Option<TokenLimits>)> {
        let account = self.account(context)?;
        if Some(&account.verifier) != seen {
            return None;
        }
        let (id, initial) = (account.id, account.initial_password);
        // Renewing would count as choosing a password of one's own.
        if let Some(verifier) = renewed.filter(|_| !initial && !context.full) {
            context.emit(Event::PasswordSet {
                account: id,
                verifier,
            });
        }
        Some((id, None))
    }

    fn by_token(
        &self,
        context: &Context<'_>,
        digest: &Digest,
    ) -> Option<(AccountId, Option<TokenLimits>)> {
        let account = self.account(context)?;
        let mut tokens = account.tokens.iter();
        let (label, token) = tokens.find(|(_, token)| token.digest.matches(digest))?;
        let limits = TokenLimits {
            label: label.clone(),
            rooms: token.rooms.clone(),
            scope: token.scope,
        };
        Some((account.id, Some(limits)))
    }
}

/// Typed in any case: no password begins like one.
fn is_token(password: &Secret) -> bool {
    let start = password.expose().trim_start().get(..TOKEN_PREFIX.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(TOKEN_PREFIX))
}
