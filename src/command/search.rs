//! SEARCH: messages by their words, among those that the asker may read.

use chinwag_grammar::plain::Target;
use chinwag_grammar::{Nick, RoomName, Time};

use super::browse;
use super::prelude::*;
use crate::effect::{Order, Query};
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
    /// Where; empty, everywhere.
    within: Vec<Target>,
    from: Option<Nick>,
    before: Option<Time>,
    after: Option<Time>,
}

impl Verb for Search {
    const GATE: Gate = browse::GATE;
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            words: args.all("term").map(str::to_owned).collect(),
            within: args.all("target").filter_map(target).collect(),
            from: args.nick("nick"),
            before: args.date("before"),
            after: args.date("after"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let query = Query::Search {
            reader: browse::reader(context, browse::PAGE_ROWS),
            places: places(context, &self.within)?,
            words: self.words,
            from: self.from.map(|nick| nick.folded()),
            before: self.before,
            after: self.after,
            order: Order::Newest,
            facts: false,
        };
        Ok(query.into())
    }
}

/// Where is searched, each with the number up to which it was cleared; without a target, wherever the asker may look.
///
/// # Errors
/// Where there is no such place, or the asker may not look at it.
pub fn places(
    context: &Context<'_>,
    within: &[Target],
) -> Result<Vec<(Place, chinwag_grammar::Number)>, Reply> {
    let mut places = if within.is_empty() {
        browse::places(context)?
    } else {
        let meant = within.iter();
        let meant = meant.map(|target| browse::place(context, Some(target)));
        meant.collect::<Result<Vec<_>, _>>()?
    };
    // Each message found is looked for in each of them.
    places.sort_unstable();
    places.dedup();
    let places = places.into_iter();
    let floors = places.map(|place| (place, browse::cleared(context, place)));
    Ok(floors.collect())
}

fn target(word: &str) -> Option<Target> {
    let room = RoomName::parse(word).ok().map(Target::Room);
    room.or_else(|| Nick::parse(word).ok().map(Target::Nick))
}
