//! HISTORY: shows what was said in a room or with a person, oldest first.

use chinwag_grammar::Number;
use chinwag_grammar::plain::Target;

use super::prelude::*;
use crate::effect::{Page, Query, Reader};
use crate::policy::history as policy;

const COUNT_DEFAULT: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    target: Option<Target>,
    count: Option<u32>,
    page: Page,
}

impl Verb for History {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        let number = args.number("number").unwrap_or_default();
        let page = if args.has_keyword("SINCE") {
            Page::Since(number)
        } else if args.has_keyword("BEFORE") {
            Page::Before(number)
        } else if args.has_keyword("AROUND") {
            Page::Around(number)
        } else {
            Page::Latest
        };
        Self {
            target: args.target("target"),
            count: args.count("count"),
            page,
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_ask(context.state())?;
        let me = context.me()?;
        let (place, name, after) = match &self.target {
            Some(Target::Nick(nick)) => {
                let other = context.person(nick)?;
                let place = Spot::Private { with: other }.place(&me);
                let place = place.ok_or_else(|| Reply::NoSuchNick { nick: nick.clone() })?;
                (place, Text::from(nick.as_str()), Number::default())
            }
            Some(Target::Room(name)) => in_room(context, Some(name))?,
            None => in_room(context, None)?,
        };
        let count = self.count.map_or(COUNT_DEFAULT, |count| count as usize);
        let reader = Reader {
            account: me.account,
            upto: context.state().last(),
            limit: count.clamp(1, context.rules().max_query),
        };
        let (conn, places) = (context.conn, vec![place]);
        context.emit(Event::Seen { conn, places });
        Ok(Query::History {
            reader,
            place,
            after,
            page: self.page,
            name,
        }
        .into())
    }
}

fn in_room(
    context: &Context<'_>,
    name: Option<&chinwag_grammar::RoomName>,
) -> Result<(Place, Text, Number), Reply> {
    let room = context.my_room(name)?;
    crate::policy::room::may_use_token(context.session(), &room.name)?;
    Ok((
        Place::Room(room.id),
        room.name.as_str().into(),
        room.cleared_to,
    ))
}
