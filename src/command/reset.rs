//! RESET: an admin makes a one-time code with which somebody sets a new password.

use chinwag_grammar::{Nick, Span};

use super::errand::CodeKind;
use super::prelude::*;
use crate::model::person;
use crate::reply::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    nick: Nick,
}

impl Verb for Reset {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("account").expect("the rule has an account"),
        }
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        if before.state.account_named(&self.nick.folded()).is_none() {
            return Err(Reply::NoSuchAccount {
                nick: self.nick.clone(),
            });
        }
        let kind = CodeKind::Reset;
        Ok(Some(Errand::Code { kind }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let account = context.account_named(&self.nick)?;
        let (id, nick) = (account.id, account.name.clone());
        let Some(Found::Code { digest, shown }) = context.found() else {
            return Err(Reply::Busy { retry: 1 });
        };
        let lifetime = Span::seconds(context.rules().recovery_code_lifetime);
        let expires = context.now.plus(lifetime);
        context.emit(Event::ResetSet {
            account: id,
            reset: Some(person::Reset { digest, expires }),
        });
        context.audit(&format!("RESET {nick}"));
        context.row(Row::Code {
            name: "RESET-CODE",
            code: shown,
        });
        Ok(Reply::ResetIssued { nick, lifetime }.into())
    }
}
