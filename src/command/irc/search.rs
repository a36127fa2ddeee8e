//! SEARCH of IRC (soju.im/search): messages by their words, answered with facts.

use chinwag_grammar::plain::Target;
use chinwag_grammar::{Nick, Time};

use crate::command::prelude::*;
use crate::command::{browse, search};
use crate::effect::{Order, Query};
use crate::policy::history as policy;

/// Messages that have all of this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchIrc {
    /// Where; absent, wherever the asker may look.
    pub within: Option<Target>,
    /// Whose.
    pub from: Option<Nick>,
    /// Said then or later: then the oldest are shown.
    pub after: Option<Time>,
    /// Said then or earlier.
    pub before: Option<Time>,
    /// With these words.
    pub text: Option<Text>,
    /// At most so many; absent, a page.
    pub limit: Option<usize>,
}

impl Verb for SearchIrc {
    const GATE: Gate = browse::GATE;
    const WAITS: bool = true;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let within: Vec<Target> = self.within.into_iter().collect();
        let words = self
            .text
            .iter()
            .flat_map(|text| text.as_str().split_whitespace());
        let query = Query::Search {
            reader: browse::reader(context, self.limit.unwrap_or(browse::PAGE_ROWS)),
            places: search::places(context, &within)?,
            words: words.map(str::to_owned).collect(),
            from: self.from.map(|nick| nick.folded()),
            // The store leaves the moment itself out.
            before: self.before.map(just_after),
            after: self.after,
            order: match self.after {
                Some(_) => Order::Oldest,
                None => Order::Newest,
            },
            facts: true,
        };
        Ok(query.into())
    }
}

fn just_after(time: Time) -> Time {
    Time::from_millis(time.millis().saturating_add(1))
}
