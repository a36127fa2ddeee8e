//! SHOW: shows one message whole, with its reactions.

use chinwag_grammar::Number;

use super::prelude::*;
use crate::effect::{Query, Reader};
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Show {
    number: Number,
}

impl Verb for Show {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            number: args.number("number").expect("the rule has a number"),
        }
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_ask(context.state())?;
        let meta = context.message(self.number)?;
        let me = context.me()?;
        if let Some(Spot::Room(room)) = context.spot(&meta, &me) {
            crate::policy::room::may_use_token(context.session(), &room.name)?;
        }
        Ok(Query::Show {
            reader: Reader {
                account: me.account,
                upto: context.state().last(),
                limit: context.rules().max_query,
            },
            number: self.number,
        }
        .into())
    }
}
