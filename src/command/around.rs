//! CONTEXT: what stands around a message. Its file is called otherwise, because `context` is what commands decide with.

use chinwag_grammar::Number;

use super::browse;
use super::prelude::*;
use crate::effect::{Page, Query};
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    number: Number,
}

impl Verb for Around {
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
        let place = context.message(self.number)?.place;
        policy::may_look(context.state(), context.session(), &context.me()?, place)?;
        browse::look(context, vec![place]);
        let query = Query::History {
            reader: browse::reader(context, browse::PAGE_ROWS),
            place,
            after: browse::cleared(context, place),
            page: Page::Around(self.number),
            name: browse::name(context, place),
        };
        Ok(query.into())
    }
}
