//! SEARCH: finds messages by words, where one can read.

use chinwag_grammar::plain::Target;
use chinwag_grammar::{Folded, Number, Time};

use super::prelude::*;
use crate::effect::{Query, Reader};
use crate::policy::{history as policy, room};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    words: Vec<String>,
    target: Option<Target>,
    from: Option<Folded>,
    before: Option<Time>,
    after: Option<Time>,
}

/// More hits than fit on a few screens are not read.
const HITS: usize = 50;

impl Verb for Search {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            words: args.all("term").map(str::to_owned).collect(),
            target: args.target("target"),
            from: args.nick("nick").map(|nick| nick.folded()),
            before: args.date("before"),
            after: args.date("after"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_ask(context.state())?;
        let me = context.me()?;
        if self.words.is_empty() {
            return Err(Reply::SyntaxMissing {
                code_words: "SEARCH lacks a word to look for".into(),
            });
        }
        let places = match &self.target {
            Some(Target::Nick(nick)) => {
                let with = context.person(nick)?;
                let place = Spot::Private { with }.place(&me);
                place.into_iter().collect()
            }
            Some(Target::Room(name)) => vec![Place::Room(context.my_room(Some(name))?.id)],
            None => readable(context, &me),
        };
        let floor = |place: &Place| match place {
            Place::Pair(..) => Some(Number::default()),
            Place::Room(id) => {
                let room = context.state().room(*id)?;
                room::may_use_token(context.session(), &room.name).ok()?;
                Some(room.cleared_to)
            }
        };
        let places = places
            .iter()
            .filter_map(|place| Some((*place, floor(place)?)))
            .collect();
        let reader = Reader {
            account: me.account,
            upto: context.state().last(),
            limit: HITS.min(context.rules().max_query),
        };
        Ok(Query::Search {
            reader,
            places,
            words: self.words,
            from: self.from,
            before: self.before,
            after: self.after,
        }
        .into())
    }
}

fn readable(context: &Context<'_>, me: &Who) -> Vec<Place> {
    match me.account {
        Some(id) => context.state().places_of(id),
        None => {
            let rooms = context.state().rooms_of(me).into_iter();
            rooms.map(Place::Room).collect()
        }
    }
}
