//! RECOVER: back into an account whose password is forgotten, by a recovery code, an admin's code or a mailed one.
//!
//! No answer tells whether the account exists.

use chinwag_grammar::{Nick, Span};

use super::prelude::*;
use crate::command::errand::CodeKind;
use crate::effect::Effect;
use crate::model::AccountId;
use crate::model::credential::Digest;
use crate::model::person::Reset;
use crate::policy::{login, password};
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recover {
    nick: Nick,
    code: Option<Secret>,
    new: Option<Secret>,
    /// Whether a code was given: the errand takes it out.
    with_code: bool,
}

impl Verb for Recover {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        let code = args.text("code").map(Secret::from);
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            with_code: code.is_some(),
            code,
            new: args.text("newpassword").map(Secret::from),
        }
    }

    fn asks(&self) -> Option<&'static str> {
        (self.with_code && self.new.is_none()).then_some("new password (not shown)")
    }

    fn answer(&mut self, secret: Secret) {
        self.new = Some(secret);
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let session = before
            .state
            .session(before.conn)
            .ok_or(Reply::NotLoggedIn)?;
        login::may_try(before.state, session, &self.nick.folded(), before.now)?;
        let Some(code) = self.code.take() else {
            let kind = CodeKind::Reset;
            return Ok(Some(Errand::Code { kind }));
        };
        let new = self.new.take().unwrap_or_default();
        password::may_choose(&new, &self.nick, before.state.rules().password_min)?;
        Ok(Some(Errand::Recover { code, new }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        match context.found() {
            Some(Found::Code { digest, shown }) => Ok(self.ask(context, digest, shown)),
            Some(Found::Recover {
                recovery,
                reset,
                verifier,
            }) => {
                let Some((id, used)) = self.right(context, &recovery, &reset) else {
                    let network = context.session().origin.network.clone();
                    let name = self.nick.folded();
                    context.emit(Event::LoginFailed { name, network });
                    return Err(Reply::CodeWrong);
                };
                login::may_recover(context.state(), id, context.now)?;
                context.emit(used);
                let account = id;
                context.emit(Event::PasswordSet { account, verifier });
                context.end_sessions(id, true);
                Ok(Reply::PasswordChanged.into())
            }
            _ => Err(Reply::Busy { retry: 1 }),
        }
    }
}

impl Recover {
    /// A code is mailed, where there is an address; the answer is the same for every name. Asking counts as a failure,
    /// so that nobody's mailbox is filled.
    fn ask(self, context: &mut Context<'_>, digest: Digest, code: Secret) -> Answer {
        let lifetime = Span::seconds(context.rules().recovery_code_lifetime);
        let network = context.session().origin.network.clone();
        context.emit(Event::LoginFailed {
            name: self.nick.folded(),
            network,
        });
        let has_mail = context.rules().has_mail;
        let account = context.state().account_named(&self.nick.folded());
        let reached = account
            .filter(|_| has_mail)
            .and_then(|account| Some((account.id, account.name.clone(), account.email.clone()?)));
        if let Some((account, nick, to)) = reached {
            let expires = context.now.plus(lifetime);
            let reset = Some(Reset { digest, expires });
            context.emit(Event::ResetSet { account, reset });
            context.after(Effect::Letter {
                to,
                nick,
                code,
                lifetime,
            });
        }
        Reply::RecoveryAsked { nick: self.nick }.into()
    }

    /// The account and what using the code up is, where it is right.
    fn right(
        &self,
        context: &Context<'_>,
        recovery: &Digest,
        reset: &Digest,
    ) -> Option<(AccountId, Event)> {
        let account = context.state().account_named(&self.nick.folded())?;
        let id = account.id;
        if let Some(digest) = account.recovery.iter().find(|known| known.matches(recovery)) {
            let used = Event::RecoveryUsed {
                account: id,
                digest: *digest,
            };
            return Some((id, used));
        }
        let issued = account
            .reset
            .filter(|issued| issued.expires > context.now)?;
        let reset = issued.digest.matches(reset).then_some(None)?;
        Some((id, Event::ResetSet { account: id, reset }))
    }
}
