//! DELETE: removes a message for everybody; its place shows who did.

use chinwag_grammar::Number;

use super::prelude::*;
use crate::policy::history as policy;
use crate::policy::room::{may_give, may_use_token};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delete {
    pub number: Number,
    pub why: Option<Text>,
}

impl Verb for Delete {
    /// It frees room, so a full disk does not refuse it.
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Full,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            number: args.number("number").expect("the rule has a number"),
            why: args.text("why").map(Text::from),
        }
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), self.why.as_ref())?;
        let meta = context.message_to_delete(self.number)?;
        let by = context.me()?;
        policy::may_delete(context.state(), &by, &meta)?;
        let Some(spot) = context.spot(&meta, &by) else {
            return Err(Reply::UnknownMessage {
                number: self.number,
            });
        };
        if let Spot::Room(room) = &spot {
            may_use_token(context.session(), room.id)?;
        }
        let own = meta.author == by.account;
        let place = match &spot {
            Spot::Private { with } => with.nick.to_string(),
            Spot::Ranked { room, .. } | Spot::Room(room) => room.name.to_string(),
        };
        let number = context.emit(Event::Deleted {
            spot,
            by,
            message: self.number,
            author: meta.nick,
            why: self.why.clone(),
        });
        if !own {
            let why = Context::because(self.why.as_ref());
            context.audit(&format!("DELETE {} {place}{why}", self.number));
        }
        Ok(Reply::Numbered { number }.into())
    }
}
