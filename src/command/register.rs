//! REGISTER: makes an account, shows its recovery codes once, and logs in.

use chinwag_grammar::Nick;

use super::arrive::arrive;
use super::prelude::*;
use crate::model::credential::Digest;
use crate::model::rules::{EmailRule, Registration};
use crate::model::session::Person;
use crate::model::{Role, Session};
use crate::policy::{login, password};
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    nick: Nick,
    password: Option<Secret>,
    email: Option<Text>,
    /// Taken out by the errand, which digests it.
    invitation: Option<Secret>,
}

impl Verb for Register {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        let credential = args.text("credential");
        let is_email = |text: &&str| text.contains('@');
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            password: args.text("password").map(Secret::from),
            email: credential.filter(is_email).map(Text::from),
            invitation: credential.filter(|text| !is_email(text)).map(Secret::from),
        }
    }

    fn asks(&self) -> Option<&'static str> {
        self.password.is_none().then_some("password (not shown)")
    }

    fn answer(&mut self, secret: Secret) {
        self.password = Some(secret);
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let session = before
            .state
            .session(before.conn)
            .ok_or(Reply::NotLoggedIn)?;
        let password = self.password.take().unwrap_or_default();
        self.check(before, session)?;
        login::may_try(before.state, session, &self.nick.folded(), before.now)?;
        password::may_choose(&password, &self.nick, before.state.rules().password_min)?;
        Ok(Some(Errand::Hash {
            password,
            invitation: self.invitation.take(),
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let Some(Found::Hashed {
            verifier,
            recovery,
            invitation,
        }) = context.found()
        else {
            return Err(Reply::Busy { retry: 1 });
        };
        let before = Before {
            state: context.state(),
            now: context.now,
            conn: context.conn,
        };
        self.check(&before, context.session())?;
        let invited = self.invited(context, invitation.as_ref())?;
        let who = Who {
            account: Some(context.state().next_account()),
            nick: self.nick.clone(),
        };
        let id = context.state().next_account();
        context.emit(Event::Registered {
            who,
            verifier,
            email: self.email,
            role: Role::User,
            initial_password: false,
            recovery: recovery.iter().map(|(digest, _)| *digest).collect(),
        });
        if let Some(digest) = invited {
            context.emit(Event::InvitationUsed { digest });
        }
        for (_, code) in recovery {
            let name = "RECOVERY-CODE";
            context.row(crate::reply::Row::Code { name, code });
        }
        arrive(context, id, None, None)?;
        Ok(Reply::Registered { nick: self.nick }.into())
    }
}

impl Register {
    /// Checked before the password is hashed, and again after: names are taken meanwhile.
    fn check(&self, before: &Before<'_>, session: &Session) -> Result<(), Reply> {
        if !matches!(session.person, Person::Nobody) {
            let nick = before.state.who(before.conn).map(|who| who.nick);
            let nick = nick.unwrap_or_else(|| self.nick.clone());
            return Err(Reply::AlreadyLoggedIn { nick });
        }
        let rules = before.state.rules();
        match rules.registration {
            Registration::Closed => return Err(Reply::NotAllowedRegistration),
            Registration::Invite | Registration::Open => {}
        }
        match (rules.email, &self.email) {
            (EmailRule::Required, None) => return Err(Reply::EmailRequired),
            (EmailRule::None, Some(_)) => return Err(Reply::MailImpossible),
            (EmailRule::None | EmailRule::Optional, None)
            | (EmailRule::Optional | EmailRule::Required, Some(_)) => {}
        }
        super::check_nick(before.state, &self.nick)
    }

    /// The invitation, where one is needed. A wrong one counts as a failed login.
    fn invited(
        &self,
        context: &mut Context<'_>,
        digest: Option<&Digest>,
    ) -> Result<Option<Digest>, Reply> {
        if context.rules().registration != Registration::Invite {
            return Ok(None);
        }
        let Some(digest) = digest else {
            return Err(Reply::InvitationNeeded);
        };
        if context.state().durable().invitations.contains_key(digest) {
            return Ok(Some(*digest));
        }
        let network = context.session().origin.network.clone();
        context.emit(Event::LoginFailed {
            name: self.nick.folded(),
            network,
        });
        Err(Reply::InvitationWrong)
    }
}
