//! CONTEXT: shows what stands around a message.

use chinwag_grammar::Number;

use super::prelude::*;
use crate::effect::{Page, Query, Reader};
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextOf {
    number: Number,
}

/// So many rows, half of them before.
const COUNT: usize = 11;

impl Verb for ContextOf {
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
        let unknown = Reply::UnknownMessage {
            number: self.number,
        };
        let (name, after) = match context.spot(&meta, &me).ok_or(unknown)? {
            Spot::Private { with } => (with.nick.as_str().into(), Number::default()),
            Spot::Room(room) => {
                crate::policy::room::may_use_token(context.session(), &room.name)?;
                let cleared = context.state().room(room.id).map(|room| room.cleared_to);
                (room.name.as_str().into(), cleared.unwrap_or_default())
            }
        };
        Ok(Query::History {
            reader: Reader {
                account: me.account,
                upto: context.state().last(),
                limit: COUNT.min(context.rules().max_query),
            },
            place: meta.place,
            after,
            page: Page::Around(self.number),
            name,
        }
        .into())
    }
}
