//! HISTORY: a page of a room or of a private conversation, oldest first.

use chinwag_grammar::plain::Target;

use super::browse;
use super::prelude::*;
use crate::effect::{Page, Query};
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    target: Option<Target>,
    page: Page,
    rows: usize,
}

impl Verb for History {
    const GATE: Gate = browse::GATE;
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        let page = match args.number("number") {
            Some(number) if args.has_keyword("SINCE") => Page::Since(number),
            Some(number) if args.has_keyword("BEFORE") => Page::Before(number),
            Some(number) => Page::Around(number),
            None => Page::Latest,
        };
        let rows = args.count("count").map(|count| count as usize);
        Self {
            target: args.target("target"),
            page,
            rows: rows.unwrap_or(browse::PAGE_ROWS),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let place = browse::place(context, self.target.as_ref())?;
        browse::look(context, vec![place]);
        let query = Query::History {
            reader: browse::reader(context, self.rows),
            place,
            after: browse::cleared(context, place),
            page: self.page,
            name: browse::name(context, place),
        };
        Ok(query.into())
    }
}
