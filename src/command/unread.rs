//! UNREAD: what was missed before the login: what is about oneself, then place by place. What came later was shown
//! when it came.

use chinwag_grammar::Number;

use super::prelude::*;
use super::{arrive, browse};
use crate::effect::{Query, Reader};
use crate::model::AccountId;
use crate::model::session::TokenLimits;
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread;

impl Verb for Unread {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        ..browse::GATE
    };
    const WAITS: bool = true;

    fn read(_args: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let (id, me) = (context.account()?.id, context.me()?);
        let (state, session) = (context.state(), context.session());
        let mut pending = state.places_of(id);
        pending.retain(|place| {
            let may_look = policy::may_look(state, session, &me, *place).is_ok();
            session.pending.contains(place) && may_look
        });
        let pending = pending.into_iter();
        let unread = pending.filter_map(|place| arrive::unread_in(context, id, place));
        let places: Vec<_> = unread.collect();
        let reader = Reader {
            upto: session.login_number,
            ..browse::reader(context, context.rules().max_query)
        };
        browse::look(context, places.iter().map(|one| one.place).collect());
        let personal = about_oneself(context, id);
        let query = Query::Unread {
            reader,
            places,
            personal,
            rows: true,
        };
        Ok(query.into())
    }
}

/// What is about the account itself, which is read with it; all of it, since as much is kept as may be.
fn about_oneself(context: &mut Context<'_>, id: AccountId) -> Vec<Number> {
    let limits = context.session().limits();
    if !limits.is_none_or(TokenLimits::hears_people) {
        return Vec::new();
    }
    let personal = arrive::personal(context, id, usize::MAX);
    // A full disk lets it be shown, and once more later.
    if !personal.is_empty() && !context.full {
        context.emit(Event::ReadMarked {
            account: id,
            marks: Vec::new(),
            personal: true,
        });
    }
    personal
}
