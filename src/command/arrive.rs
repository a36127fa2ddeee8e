//! What every login has in common: the session hears its rooms, others learn of it, and what was missed is told.

use super::depart::log_out;
use super::irc;
use super::prelude::*;
use super::{audience, browse};
use crate::effect::{Effect, Note, Query, Reader, UnreadPlace};
use crate::model::session::{Authenticated, Person, TokenLimits};
use crate::model::{AccountId, Ranks, RoomRef};
use crate::policy::room::joins_as;
use crate::policy::{history as policy, login};

/// Logs the session in. `since` replays what was missed after that number.
///
/// # Errors
/// When the account has as many sessions as it may have.
pub fn arrive(
    context: &mut Context<'_>,
    id: AccountId,
    limits: Option<TokenLimits>,
    since: Option<chinwag_grammar::Number>,
) -> Outcome {
    has_room(context, id)?;
    let account = context
        .state()
        .account(id)
        .ok_or(Reply::InvalidCredentials)?;
    let (who, first_visit, initial) = (account.who(), !account.visited, account.initial_password);
    let first_session = !context.state().is_present(id);
    let upto = context.state().last();
    let heard = |place: &Place| policy::hears(context.state(), limits.as_ref(), *place);
    let mut unread = unread(context, id);
    unread.retain(|one| heard(&one.place));
    let mut places = context.state().places_of(id);
    places.retain(heard);
    // What is about the account alone is not for a token of certain rooms.
    let reads_all = limits.as_ref().is_none_or(TokenLimits::hears_people);
    let personal = if reads_all {
        personal(context, id, context.rules().unread_places)
    } else {
        Vec::new()
    };
    log_in(context, &who, limits, &places, &unread);
    irc::tell_real_name(context, &who);
    if first_session {
        let lobby = context
            .state()
            .lobby()
            .filter(|lobby| context.state().rooms_of(&who).contains(&lobby.id));
        context.emit(Event::Online {
            who: who.clone(),
            lobby,
            rooms: rooms(context, &who, id),
        });
    }
    if first_visit && !context.full {
        visit(context, &who);
    }
    let (max, ignored) = (context.rules().max_query, browse::ignored(context));
    let reader = |limit| Reader {
        account: Some(id),
        upto,
        limit,
        ignored: ignored.clone(),
    };
    notes(context, initial);
    let nick = who.nick;
    let Some(since) = since else {
        if !unread.is_empty() || !personal.is_empty() {
            let summary = Query::Unread {
                reader: reader(max),
                places: unread,
                personal,
                rows: false,
            };
            let conn = context.conn;
            context.after(Effect::Query {
                conn,
                query: Box::new(summary),
            });
        }
        return Ok(Reply::LoggedIn { nick }.into());
    };
    let places = places
        .into_iter()
        .map(|place| (place, joined(context, id, place)))
        .collect();
    Ok(Query::Missed {
        reader: Reader {
            account: reads_all.then_some(id),
            ..reader(max)
        },
        nick,
        places,
        since,
    }
    .into())
}

/// The rooms they come back to, and what they are there.
fn rooms(context: &Context<'_>, who: &Who, id: AccountId) -> Vec<(RoomRef, Ranks)> {
    let state = context.state();
    let rooms = state.account(id).map(|account| account.rooms.iter());
    let rooms = rooms
        .into_iter()
        .flatten()
        .filter_map(|room| state.room(*room));
    // In an auditorium nobody sees those without a rank come back.
    let rooms = rooms.filter(|room| audience::is_seen(state, room.id, who));
    rooms
        .filter_map(|room| Some((room.to_ref(), room.members.get(&id)?.ranks)))
        .collect()
}

/// Another session of the account has room; this one, if it is one of them, is about to end.
fn has_room(context: &Context<'_>, id: AccountId) -> Result<(), Reply> {
    let limit = context.rules().sessions_per_account;
    let sessions = context.state().sessions_of(id);
    if sessions.filter(|one| one.conn != context.conn).count() >= limit {
        return Err(Reply::TooManySessions { limit });
    }
    Ok(())
}

/// The session has shown whose it is, and comes in later: nobody hears of it.
///
/// # Errors
/// Never in practice: the account is there.
pub fn authenticate(context: &mut Context<'_>, shown: Authenticated) -> Outcome {
    let nick = name(context, shown.account)?;
    let conn = context.conn;
    context.emit(Event::Authenticated {
        conn,
        account: shown.account,
        limits: shown.limits,
    });
    Ok(Reply::Authenticated { nick }.into())
}

/// May the session come in as whom it has shown to be? As whom.
///
/// # Errors
/// Why not.
pub fn may_enter_authenticated(context: &Context<'_>) -> Result<chinwag_grammar::Nick, Reply> {
    let session = context.session();
    let shown = session.authenticated.as_ref().ok_or(Reply::NotLoggedIn)?;
    login::may_enter(context.state(), session, shown.account, context.now)?;
    has_room(context, shown.account)?;
    name(context, shown.account)
}

/// The session comes in as whom it has shown to be. What was shown is dropped when it is worth nothing any more: another
/// password, a block, the end of the account or of the token.
///
/// # Errors
/// Where nothing is shown, or the account may not come in by now.
pub fn enter_authenticated(context: &mut Context<'_>) -> Outcome {
    let shown = context.session().authenticated.clone();
    let shown = shown.ok_or(Reply::NotLoggedIn)?;
    let session = context.session();
    login::may_enter(context.state(), session, shown.account, context.now)?;
    instead(context, shown)
}

/// The session comes in as that account, in place of whoever it was; where it is that already, nothing happens.
///
/// # Errors
/// When the account has as many sessions as it may have: then the session stays who it was.
pub fn instead(context: &mut Context<'_>, shown: Authenticated) -> Outcome {
    let session = context.session();
    let is_already =
        session.account() == Some(shown.account) && session.limits() == shown.limits.as_ref();
    if is_already {
        let nick = name(context, shown.account)?;
        return Ok(Reply::Authenticated { nick }.into());
    }
    has_room(context, shown.account)?;
    if !matches!(session.person, Person::Nobody) {
        log_out(context, context.conn, None);
    }
    arrive(context, shown.account, shown.limits, None)
}

fn name(context: &Context<'_>, id: AccountId) -> Result<chinwag_grammar::Nick, Reply> {
    let account = context.state().account(id);
    let name = account.map(|account| account.name.clone());
    name.ok_or(Reply::InvalidCredentials)
}

fn log_in(
    context: &mut Context<'_>,
    who: &Who,
    limits: Option<TokenLimits>,
    heard: &[Place],
    unread: &[UnreadPlace],
) {
    let Some(account) = who.account.and_then(|id| context.state().account(id)) else {
        return;
    };
    let event = Event::LoggedIn {
        conn: context.conn,
        who: who.clone(),
        limits,
        rooms: heard.iter().filter_map(|place| place.room()).collect(),
        settings: account.settings,
        ignored: account.ignored.keys().cloned().collect(),
        pending: unread.iter().map(|one| one.place).collect(),
    };
    context.emit(event);
}

/// The first login of all joins the rooms of `rooms.autojoin` that let it in.
fn visit(context: &mut Context<'_>, who: &Who) {
    let Some(account) = who.account else {
        return;
    };
    context.emit(Event::Visited { account });
    for name in context.rules().autojoin.clone() {
        let room = context.state().room_named(&name);
        let free = room.filter(|room| {
            let open = !room.modes.invite_only && room.modes.key.is_none();
            open && !room.members.contains_key(&account)
        });
        let ranked = free.map(|room| (room.to_ref(), joins_as(context.state(), who, room)));
        if let Some((room, ranks)) = ranked {
            let who = who.clone();
            context.emit(Event::Joined { room, who, ranks });
        }
    }
}

fn notes(context: &mut Context<'_>, initial_password: bool) {
    let origin = &context.session().origin;
    let cleartext = !origin.tls && !origin.loopback && context.rules().cleartext_warned;
    if let Some(motd) = &context.rules().motd {
        let motd = motd.as_str().into();
        context.note(Note::Motd(motd));
    }
    if initial_password {
        context.note(Note::ChangePassword);
    }
    if cleartext {
        context.note(Note::Cleartext);
    }
    context.note(Note::Tip);
}

/// The places with something unread, as far as the state tells: the store counts.
pub fn unread(context: &Context<'_>, id: AccountId) -> Vec<UnreadPlace> {
    let limit = context.rules().unread_places;
    let places = context.state().places_of(id).into_iter();
    let unread = places.filter_map(|place| unread_in(context, id, place));
    unread.take(limit).collect()
}

/// The same of one place; nothing where everything is read.
pub fn unread_in(context: &Context<'_>, id: AccountId, place: Place) -> Option<UnreadPlace> {
    let state = context.state();
    let after = state.read_to(id, place);
    if state.last_in(place) <= after {
        return None;
    }
    let notifications = state.account(id)?.notifications.iter();
    let mentions = notifications.filter(|(at, what)| {
        let mention = what.kind == crate::model::person::NotificationKind::Mention;
        mention && what.place == Some(place) && **at > after
    });
    Some(UnreadPlace {
        place,
        name: state.place_name(place, id)?,
        after,
        mentions: mentions.count() as u64,
    })
}

/// The newest of what is about the account itself and was not read, oldest first: an invitation, say.
pub fn personal(context: &Context<'_>, id: AccountId, most: usize) -> Vec<chinwag_grammar::Number> {
    let account = context.state().account(id);
    let told = account.map(|account| account.notifications.iter());
    let personal = told.into_iter().flatten();
    let mut numbers: Vec<_> = personal
        .filter(|(_, what)| what.place.is_none())
        .map(|(number, _)| *number)
        .collect();
    numbers.drain(..numbers.len().saturating_sub(most));
    numbers
}

/// After which number somebody was in a place at all. That it was cleared is told: their client may show what was removed.
fn joined(context: &Context<'_>, id: AccountId, place: Place) -> chinwag_grammar::Number {
    let Place::Room(room) = place else {
        return chinwag_grammar::Number::default();
    };
    let room = context.state().room(room);
    room.and_then(|room| Some(room.members.get(&id)?.joined.max(room.cleared_to.before())))
        .unwrap_or_default()
}
