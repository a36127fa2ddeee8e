//! What an IRC client that cannot ask for history is shown when it comes: the newest of each place, or of one.

use chinwag_grammar::plain::Target;

use crate::command::browse;
use crate::command::prelude::*;
use crate::effect::Query;
use crate::policy::history as policy;

/// Answered with facts, place by place, as if they happened now: `history.replay` at most of each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Where; absent, wherever the asker may look.
    pub target: Option<Target>,
    /// Whether only what is unread is told.
    pub unread: bool,
}

impl Verb for Replay {
    const GATE: Gate = browse::GATE;
    const WAITS: bool = true;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let places = match &self.target {
            Some(target) => vec![browse::place(context, Some(target))?],
            None => browse::places(context)?,
        };
        let query = Query::Replay {
            reader: browse::reader(context, context.rules().max_query),
            places: floors(context, &places, self.unread),
            limit_each: context.rules().replay,
        };
        browse::look(context, places);
        Ok(query.into())
    }
}

/// Each place with the number after which it is told; without those of which everything is read.
fn floors(
    context: &Context<'_>,
    places: &[Place],
    unread: bool,
) -> Vec<(Place, chinwag_grammar::Number)> {
    let (state, account) = (context.state(), context.session().account());
    let read = |place: Place| {
        account
            .filter(|_| unread)
            .map(|id| state.read_to(id, place))
    };
    let floors = places.iter().map(|place| {
        let cleared = browse::cleared(context, *place);
        (*place, read(*place).unwrap_or_default().max(cleared))
    });
    let floors = floors.filter(|(place, floor)| state.last_in(*place) > *floor);
    floors.collect()
}
