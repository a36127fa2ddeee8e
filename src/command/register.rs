//! REGISTER: makes an account and logs it in; its recovery codes are shown this once.

use chinwag_grammar::Nick;

use super::arrive::{arrive, authenticate};
use super::prelude::*;
use crate::model::Role;
use crate::model::credential::{Digest, Hashed};
use crate::model::rules::{EmailRule, Registration};
use crate::model::session::Authenticated;
use crate::policy::email::is_address;
use crate::policy::{login, name, password, server_ban};
use crate::reply::Row;
use crate::secret::Secret;
use crate::state::State;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    pub nick: Nick,
    pub password: Option<Secret>,
    /// An e-mail address or an invitation.
    pub credential: Option<Secret>,
    pub email: Option<Text>,
    /// Whether to come in at once.
    pub enter: bool,
}

impl Verb for Register {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: true,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            password: args.text("password").map(Secret::from),
            credential: args.text("credential").map(Secret::from),
            email: None,
            enter: true,
        }
    }

    fn asks(&self) -> Option<&'static str> {
        self.password.is_none().then_some("password (not shown)")
    }

    fn answer(&mut self, secret: Secret) {
        self.password = Some(secret);
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let password = self.password.take().unwrap_or_default();
        let mut invitation = self.credential.take();
        if let Some(given) = &invitation
            && given.expose().contains('@')
        {
            self.email = Some(given.expose().into());
            invitation = None;
        }
        let (state, rules) = (before.state, before.state.rules());
        let session = state.session(before.conn).ok_or(Reply::NotLoggedIn)?;
        if let Some(who) = state.who(before.conn).or_else(|| state.shown_to_be(session)) {
            return Err(Reply::AlreadyLoggedIn { nick: who.nick });
        }
        login::may_try(state, session, &self.nick.folded(), before.now)?;
        self.check(state, invitation.is_some())?;
        password::may_choose(&password, &self.nick, rules.password_min)?;
        Ok(Some(Errand::Hash {
            password,
            invitation,
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let Some(Found::Hashed {
            hashed,
            recovery,
            invitation,
        }) = context.found()
        else {
            return Err(Reply::Busy { retry: 1 });
        };
        // The name may be taken, and the invitation used, since.
        let name = self.nick.folded();
        login::may_try(context.state(), context.session(), &name, context.now)?;
        self.check(context.state(), invitation.is_some())?;
        self.may_be_here(context)?;
        if let Some(digest) = &invitation
            && !context.state().durable().invitations.contains_key(digest)
        {
            return Err(context.failed(&name, Reply::InvitationWrong));
        }
        let digests = recovery.iter().map(|(digest, _)| *digest).collect();
        let id = self.make(context, hashed, digests, invitation);
        for (_, code) in recovery {
            context.row(Row::Code {
                name: "RECOVERY-CODE",
                code,
            });
        }
        if self.enter {
            arrive(context, id, None, None)?;
        } else {
            let limits = None;
            authenticate(
                context,
                Authenticated {
                    account: id,
                    limits,
                },
            )?;
        }
        Ok(Reply::Registered { nick: self.nick }.into())
    }
}

impl Register {
    pub fn of(nick: Nick, password: Secret, credential: Option<Secret>, enter: bool) -> Self {
        Self {
            nick,
            password: Some(password),
            credential,
            email: None,
            enter,
        }
    }

    fn check(&self, state: &State, has_invitation: bool) -> Result<(), Reply> {
        let rules = state.rules();
        match rules.registration {
            Registration::Closed => return Err(Reply::NotAllowedRegistration),
            Registration::Invite if !has_invitation => return Err(Reply::InvitationNeeded),
            Registration::Invite | Registration::Open => {}
        }
        name::may_take(state, &self.nick)?;
        match (rules.email, &self.email) {
            (EmailRule::None, Some(_)) => Err(Reply::EmailUnwanted),
            // Who comes by invitation has no word left for an address: EMAIL sets it later.
            (EmailRule::Required, None) if !has_invitation => Err(Reply::EmailRequired),
            (EmailRule::Optional | EmailRule::Required, Some(email)) if !is_address(email) => {
                Err(Reply::EmailWrong {
                    email: email.clone(),
                })
            }
            (EmailRule::None | EmailRule::Optional | EmailRule::Required, _) => Ok(()),
        }
    }

    /// An account of that name would be kept out where a mask fits it.
    fn may_be_here(&self, context: &Context<'_>) -> Result<(), Reply> {
        let who = Who {
            account: Some(context.state().next_account()),
            nick: self.nick.clone(),
        };
        let (state, session) = (context.state(), context.session());
        server_ban::may_be_here(state, session, Some(&who), context.now)
    }

    fn make(
        &self,
        context: &mut Context<'_>,
        hashed: Hashed,
        recovery: Vec<Digest>,
        invitation: Option<Digest>,
    ) -> crate::model::AccountId {
        let id = context.state().next_account();
        context.emit(Event::Registered {
            who: Who {
                account: Some(id),
                nick: self.nick.clone(),
            },
            hashed,
            email: self.email.clone(),
            role: Role::User,
            initial_password: false,
            recovery,
        });
        if let Some(digest) = invitation {
            context.emit(Event::InvitationUsed { digest });
        }
        id
    }
}
