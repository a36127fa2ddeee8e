//! READ: a place is marked as read, or everything, what is about the account itself included.

use chinwag_grammar::plain::Target;

use super::browse;
use super::prelude::*;
use crate::model::{Account, Mark};
use crate::model::session::TokenLimits;
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    target: Option<Target>,
}

impl Verb for Read {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Read,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            target: args.target("target"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let Some(target) = &self.target else {
            let places = everywhere(context)?;
            // What is about the account alone is not for a token of certain rooms.
            let limits = context.session().limits();
            let personal = limits.is_none_or(TokenLimits::hears_people);
            mark(context, places, personal)?;
            return Ok(Reply::ReadAll.into());
        };
        let place = browse::place(context, Some(target))?;
        mark(context, vec![place], false)?;
        let place = browse::name(context, place);
        Ok(Reply::Read { place }.into())
    }
}

/// The places that can be read, and those that something else was about: an invitation to a room, say.
fn everywhere(context: &Context<'_>) -> Result<Vec<Place>, Reply> {
    let mut places = browse::places(context)?;
    let (state, session) = (context.state(), context.session());
    let told = context.account()?.notifications.values();
    let told = told.filter_map(|what| what.place);
    places.extend(told.filter(|place| policy::token_reaches(state, session, *place)));
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// Marks those of the places as read that are not; where nothing is unread, nothing is recorded.
fn mark(context: &mut Context<'_>, places: Vec<Place>, personal: bool) -> Result<(), Reply> {
    let (state, account) = (context.state(), context.account()?);
    let id = account.id;
    let unread = |place: &&Place| {
        state.last_in(**place) > state.read_to(id, **place) || is_told_of(account, **place)
    };
    let (number, at) = (state.last(), context.now);
    let marked = |place: &Place| browse::marked(context, *place, Mark { number, at });
    let marks: Vec<_> = places.iter().filter(unread).map(marked).collect();
    let personal = personal && account.notifications.values().any(|what| what.place.is_none());
    if personal || !marks.is_empty() {
        context.emit(Event::ReadMarked {
            account: id,
            marks,
            personal,
        });
    }
    browse::look(context, places);
    Ok(())
}

fn is_told_of(account: &Account, place: Place) -> bool {
    let mut told = account.notifications.values();
    told.any(|what| what.place == Some(place))
}
