//! SHOW: one message whole, with its reactions.

use chinwag_grammar::Number;

use super::browse;
use super::prelude::*;
use crate::effect::Query;
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Show {
    number: Number,
}

impl Verb for Show {
    const GATE: Gate = browse::GATE;
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            number: args.number("number").expect("the rule has a number"),
        }
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        policy::may_browse(before.state)?;
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let message = context.message(self.number)?;
        let (state, session) = (context.state(), context.session());
        policy::may_look(state, session, &context.me()?, message.place)?;
        let query = Query::Show {
            reader: browse::reader(context, browse::PAGE_ROWS),
            number: self.number,
        };
        Ok(query.into())
    }
}
