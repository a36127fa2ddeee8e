//! RECOVER: back into an account without its password; first a code is asked for, then used, once.
//!
//! No answer tells whether an account exists: a name that is nobody's takes as long and is refused alike.

use chinwag_grammar::{Nick, Span};

use super::depart::end_with_password;
use super::prelude::*;
use crate::effect::Effect;
use crate::model::credential::{Digest, Hashed};
use crate::model::person::Reset;
use crate::model::{Account, AccountId};
use crate::policy::{login, password};
use crate::secret::Secret;

/// A code that was issued so lately is not replaced: nobody is sent a heap of letters.
const AGAIN_AFTER: Span = Span::seconds(300);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recover {
    pub nick: Nick,
    pub code: Option<Secret>,
    pub new: Option<Secret>,
    /// Whether a code was given: it is taken out before this goes into the log.
    pub has_code: bool,
}

impl Verb for Recover {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: true,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        let code = args.text("code").map(Secret::from);
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            has_code: code.is_some(),
            code,
            new: args.text("newpassword").map(Secret::from),
        }
    }

    fn asks(&self) -> Option<&'static str> {
        let lacks = self.has_code && self.new.is_none();
        lacks.then_some("new password (not shown)")
    }

    fn answer(&mut self, secret: Secret) {
        self.new = Some(secret);
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let (code, new) = (self.code.take(), self.new.take().unwrap_or_default());
        let state = before.state;
        let session = state.session(before.conn).ok_or(Reply::NotLoggedIn)?;
        login::may_try(state, session, &self.nick.folded(), before.now)?;
        let Some(code) = code else {
            let kind = super::errand::CodeKind::Reset;
            return Ok(state.rules().has_mail.then_some(Errand::Code { kind }));
        };
        password::may_choose(&new, &self.nick, state.rules().password_min)?;
        Ok(Some(Errand::Recover { code, new }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let name = self.nick.folded();
        login::may_try(context.state(), context.session(), &name, context.now)?;
        let found = context.found();
        match found {
            Some(Found::Recover {
                recovery,
                reset,
                hashed,
            }) => self.use_code(context, &recovery, &reset, hashed),
            Some(Found::Code { digest, shown }) => Ok(self.ask(context, Some((digest, shown)))),
            None if !self.has_code => Ok(self.ask(context, None)),
            _ => Err(Reply::Busy { retry: 1 }),
        }
    }
}

impl Recover {
    /// Every request counts as a try, so that nobody is sent letters without end.
    fn ask(self, context: &mut Context<'_>, code: Option<(Digest, Secret)>) -> Answer {
        let lifetime = Span::seconds(context.rules().recovery_code_lifetime);
        if let Some((digest, shown)) = code
            && let Some((account, to)) = self.addressee(context, lifetime)
        {
            let expires = context.now.plus(lifetime);
            context.emit(Event::ResetSet {
                account,
                reset: Some(Reset { digest, expires }),
            });
            let nick = self.nick.clone();
            context.after(Effect::Letter {
                to,
                nick,
                code: shown,
                lifetime,
            });
        }
        let name = self.nick.folded();
        context
            .failed(&name, Reply::RecoveryAsked { nick: self.nick })
            .into()
    }

    /// Whom a letter may be sent to.
    fn addressee(&self, context: &Context<'_>, lifetime: Span) -> Option<(AccountId, Text)> {
        let account = context.state().account_named(&self.nick.folded())?;
        let is_fresh = account.reset.is_some_and(|reset| {
            let issued = reset.expires.millis().saturating_sub(millis(lifetime));
            let again = issued.saturating_add(millis(AGAIN_AFTER));
            reset.expires > context.now && again > context.now.millis()
        });
        let may = !is_fresh && account.blocked(context.now).is_none();
        let to = account.email.clone().filter(|_| may)?;
        Some((account.id, to))
    }

    fn use_code(
        self,
        context: &mut Context<'_>,
        recovery: &Digest,
        reset: &Digest,
        hashed: Hashed,
    ) -> Outcome {
        let name = self.nick.folded();
        let account = context.state().account_named(&name);
        let used = account.and_then(|account| {
            let used = used(account, recovery, reset, context.now)?;
            Some((account, used))
        });
        let Some((account, used)) = used else {
            return Err(context.failed(&name, Reply::CodeWrong));
        };
        login::may_recover(context.state(), account.id, context.now)?;
        let (id, has_reset) = (account.id, account.reset.is_some());
        if let Used::Recovery(digest) = used {
            context.emit(Event::RecoveryUsed {
                account: id,
                digest,
            });
        }
        if has_reset {
            context.emit(Event::ResetSet {
                account: id,
                reset: None,
            });
        }
        context.emit(Event::PasswordSet {
            account: id,
            hashed,
            renewed: false,
        });
        end_with_password(context, id, None);
        Ok(Reply::PasswordChanged.into())
    }
}

/// Which code it was.
enum Used {
    Recovery(Digest),
    Reset,
}

fn used(
    account: &Account,
    recovery: &Digest,
    reset: &Digest,
    now: chinwag_grammar::Time,
) -> Option<Used> {
    let issued = account.reset.filter(|issued| issued.expires > now);
    if issued.is_some_and(|issued| issued.digest.matches(reset)) {
        return Some(Used::Reset);
    }
    let mut codes = account.recovery.iter();
    let found = codes.find(|code| code.matches(recovery));
    found.map(|code| Used::Recovery(*code))
}

fn millis(span: Span) -> i64 {
    i64::try_from(span.millis()).unwrap_or(i64::MAX)
}
