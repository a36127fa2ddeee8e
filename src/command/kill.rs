//! KILL: ends somebody's sessions, a guest's too; they may come again.

use chinwag_grammar::Nick;

use super::depart::end_noted;
use super::prelude::*;
use crate::effect::Note;
use crate::policy::operator;
use crate::policy::room::may_give;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kill {
    pub nick: Nick,
    pub why: Text,
}

impl Verb for Kill {
    const GATE: Gate = Gate {
        needs: Needs::Operator,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            why: args.text("why").unwrap_or_default().into(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), Some(&self.why))?;
        let (by, who) = (context.me()?, context.person(&self.nick)?);
        if by == who {
            return Err(Reply::NickIsSelf);
        }
        let nick = who.nick.clone();
        if who.account.is_some_and(|id| !context.state().is_present(id)) {
            return Err(Reply::NoSuchNick { nick });
        }
        operator::may_act_on(context.state(), context.session(), &who)?;
        context.audit(&format!("KILL {nick}: {}", self.why));
        let conns = context.state().conns_of(&who);
        let count = conns.len() as u64;
        for conn in conns {
            let note = Note::Killed {
                by: by.nick.clone(),
                why: self.why.clone(),
                at: context.now,
            };
            let why = Some(self.why.clone());
            end_noted(context, conn, note, (why, Some(by.nick.clone())));
        }
        Ok(Reply::SessionsEnded { count, nick }.into())
    }
}
