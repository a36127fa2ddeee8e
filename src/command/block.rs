//! BLOCK: shuts an account out and ends its sessions at once.

use chinwag_grammar::{Nick, Span};

use super::depart::end_sessions;
use super::prelude::*;
use crate::model::person::{Block, NotificationKind};
use crate::policy::login::until_words;
use crate::policy::room::may_give;
use crate::policy::staff;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockVerb {
    nick: Nick,
    duration: Option<Span>,
    why: Option<Text>,
}

impl Verb for BlockVerb {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("account").expect("the rule has an account"),
            // For no time at all would be no block.
            duration: args.duration("duration").filter(|span| !span.is_zero()),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), self.why.as_ref())?;
        let by = context.me()?;
        let account = context.account_named(&self.nick)?;
        let (id, who) = (account.id, account.who());
        if by.account == Some(id) {
            return Err(Reply::NickIsSelf);
        }
        staff::may_lose(context.state(), account, context.now)?;
        let until = self.duration.map(|span| context.now.plus(span));
        let words = until_words(until, self.why.as_ref());
        let number = context.emit(Event::Blocked {
            who: who.clone(),
            by: by.clone(),
            block: Block {
                until,
                by: by.nick,
                why: self.why.clone(),
            },
        });
        // It is told of it now and, although it is here, once more when it comes back.
        context.notify_always(id, number, NotificationKind::Block, None);
        let nick = who.nick;
        let span = self.duration.map(|span| format!(" {span}"));
        let because = Context::because(self.why.as_ref());
        context.audit(&format!("BLOCK {nick}{}{because}", span.unwrap_or_default()));
        end_sessions(context, id, None, None);
        Ok(Reply::Blocked { nick, until: words }.into())
    }
}
