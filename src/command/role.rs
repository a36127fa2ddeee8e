//! ROLE: makes somebody an admin of the server, or a user again; an admin is always left.

use chinwag_grammar::Nick;

use super::prelude::*;
use crate::model::Role;
use crate::model::person::NotificationKind;
use crate::policy::staff;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleVerb {
    nick: Nick,
    role: Role,
}

impl Verb for RoleVerb {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        let role = if args.has_keyword("ADMIN") {
            Role::Admin
        } else {
            Role::User
        };
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            role,
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let account = context.account_named(&self.nick)?;
        let (id, who) = (account.id, account.who());
        let (nick, role) = (who.nick.clone(), self.role.as_str());
        if account.role == self.role {
            return Ok(Reply::RoleIs { nick, role }.into());
        }
        if self.role == Role::User {
            staff::may_lose(context.state(), account, context.now)?;
        }
        context.audit(&format!("ROLE {nick} {role}"));
        let number = context.emit(Event::RoleSet {
            who,
            by,
            role: self.role,
        });
        context.notify(id, number, NotificationKind::Role, None);
        Ok(Reply::RoleIs { nick, role }.into())
    }
}
