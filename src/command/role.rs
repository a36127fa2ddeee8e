//! ROLE: makes somebody an admin of the server, or a user again.

use chinwag_grammar::Nick;

use super::prelude::*;
use crate::model::Role;
use crate::model::person::NotificationKind;
use crate::policy::staff;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetRole {
    nick: Nick,
    role: Role,
}

impl Verb for SetRole {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        let admin = args.has_keyword("ADMIN");
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            role: if admin { Role::Admin } else { Role::User },
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let account = context.account_named(&self.nick)?;
        let (who, nick, role) = (account.who(), account.name.clone(), self.role);
        let word = role.as_str();
        if account.role == role {
            return Ok(Reply::RoleIs { nick, role: word }.into());
        }
        if role == Role::User {
            staff::may_lose_admin(context.state(), &who)?;
        }
        let id = who.account;
        let number = context.emit(Event::RoleSet { who, by, role });
        context.audit(&format!("ROLE {nick} {word}"));
        if let Some(id) = id {
            context.notify(id, number, NotificationKind::Role, None);
        }
        Ok(Reply::RoleIs { nick, role: word }.into())
    }
}
