//! BLOCK: shuts an account out and ends its sessions at once.

use chinwag_grammar::{Nick, Span};

use super::prelude::*;
use crate::model::person;
use crate::policy::{login, staff};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    nick: Nick,
    duration: Option<Span>,
    why: Option<Text>,
}

impl Verb for Block {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            duration: args.duration("duration").filter(|span| !span.is_zero()),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let who = context.account_named(&self.nick)?.who();
        staff::may_shut_out(context.state(), &by, &who)?;
        let until = self.duration.map(|span| context.now.plus(span));
        let words = login::until_words(until, self.why.as_ref());
        let nick = who.nick.clone();
        let id = who.account;
        let block = person::Block {
            until,
            by: by.nick.clone(),
            why: self.why.clone(),
        };
        let number = context.emit(Event::Blocked { who, by, block });
        let duration = self.duration.map_or_else(String::new, |span| format!(" {span}"));
        let why = Context::because(self.why.as_ref());
        context.audit(&format!("BLOCK {nick}{duration}{why}"));
        if let Some(id) = id {
            let kind = person::NotificationKind::Block;
            context.notify_always(id, number, kind, None);
            context.end_sessions(id, false);
        }
        Ok(Reply::Blocked { nick, until: words }.into())
    }
}
