//! What everything that shows history has in common: which place is meant, who reads, and that the place was looked at.

use std::collections::BTreeSet;

use chinwag_grammar::plain::Target;
use chinwag_grammar::{Folded, Number};

use super::prelude::*;
use crate::effect::Reader;
use crate::model::{Mark, Marked};
use crate::policy::history as policy;

/// So many rows are a page, where nobody says how many.
pub const PAGE_ROWS: usize = 20;

/// What reading history demands.
pub const GATE: Gate = Gate {
    needs: Needs::Person,
    writes: false,
    token: TokenUse::Read,
};

/// The place that is meant; without a target, the room where every line is said, or the lobby.
///
/// # Errors
/// Where there is none, or the asker may not look at it.
pub fn place(context: &Context<'_>, target: Option<&Target>) -> Result<Place, Reply> {
    let place = match target {
        None => Place::Room(context.my_room(None)?.id),
        Some(Target::Nick(nick)) => {
            let me = context.account()?.id;
            let with = context.person(nick)?.account;
            // A guest's private messages are kept nowhere.
            let with = with.ok_or_else(|| Reply::NoSuchAccount { nick: nick.clone() })?;
            Place::between(me, with)
        }
        Some(Target::Room(name)) => Place::Room(context.my_room(Some(name))?.id),
    };
    policy::may_look(context.state(), context.session(), &context.me()?, place)?;
    Ok(place)
}

/// Every place that the asker may look at.
///
/// # Errors
/// Where nobody has said who it is.
pub fn places(context: &Context<'_>) -> Result<Vec<Place>, Reply> {
    let (state, session, me) = (context.state(), context.session(), context.me()?);
    let mut places = match me.account {
        Some(id) => state.places_of(id),
        None => state.rooms_of(&me).into_iter().map(Place::Room).collect(),
    };
    places.retain(|place| policy::may_look(state, session, &me, *place).is_ok());
    Ok(places)
}

/// Who reads, up to what there is now; at most so many rows, and never more than `history.max_query`.
#[must_use]
pub fn reader(context: &Context<'_>, rows: usize) -> Reader {
    Reader {
        account: context.session().account(),
        upto: context.state().last(),
        limit: rows.min(context.rules().max_query).max(1),
        ignored: ignored(context),
    }
}

/// Whose messages the asker does not want to read.
#[must_use]
pub fn ignored(context: &Context<'_>) -> BTreeSet<Folded> {
    let account = context.session().account();
    let account = account.and_then(|id| context.state().account(id));
    let ignored = account.map(|account| account.ignored.keys().cloned());
    ignored.into_iter().flatten().collect()
}

/// After which number a place has a history: the clearing itself is the first that is left.
#[must_use]
pub fn cleared(context: &Context<'_>, place: Place) -> Number {
    match place {
        Place::Pair(..) => Number::default(),
        Place::Room(id) => {
            let room = context.state().room(id);
            room.map(|room| room.cleared_to.before())
                .unwrap_or_default()
        }
    }
}

/// A place as the asker types it.
#[must_use]
pub fn name(context: &Context<'_>, place: Place) -> Text {
    // A guest has no number, and no private conversation that would need one.
    let me = context.session().account().unwrap_or_default();
    let name = context.state().place_name(place, me);
    name.unwrap_or_else(|| "".into())
}

/// A place that the asker has read further.
#[must_use]
pub fn marked(context: &Context<'_>, place: Place, mark: Mark) -> Marked {
    let name = name(context, place);
    Marked { place, name, mark }
}

/// What was unread in these places at login is looked at.
pub fn look(context: &mut Context<'_>, mut places: Vec<Place>) {
    let pending = &context.session().pending;
    places.retain(|place| pending.contains(place));
    if !places.is_empty() {
        let conn = context.conn;
        context.emit(Event::Seen { conn, places });
    }
}
