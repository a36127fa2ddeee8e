//! Who hears of an event. Shards resolve it among their connections; here is decided whom it concerns.

use crate::effect::{Hearer, To};
use crate::model::{Event, Spot, UserMode, Who};
use crate::policy;
use crate::state::State;

/// Who hears of an event that is about to be applied.
#[must_use]
pub fn of(state: &State, event: &Event) -> To {
    match event {
        Event::Deleted { spot, by, .. }
        | Event::Reacted { spot, by, .. }
        | Event::Said { spot, by, .. }
        | Event::Signalled { spot, by, .. } => match spot {
            Spot::Private { with } => people(state, &[by, with]),
            Spot::Room(room) => To::Room(room.id),
        },
        Event::Banned { room, .. }
        | Event::Cleared { room, .. }
        | Event::Joined { room, .. }
        | Event::Kicked { room, .. }
        | Event::Left { room, .. }
        | Event::ModesSet { room, .. }
        | Event::Ranked { room, .. }
        | Event::RoomCreated { room, .. }
        | Event::RoomDropped { room, .. }
        | Event::RoomRenamed { room, .. }
        | Event::TopicSet { room, .. }
        | Event::Unbanned { room, .. } => To::Room(room.id),
        Event::Blocked { who, by, .. }
        | Event::Invited { who, by, .. }
        | Event::RoleSet { who, by, .. }
        | Event::Unblocked { who, by, .. } => people(state, &[who, by]),
        Event::CameBack { who }
        | Event::Offline { who, .. }
        | Event::Online { who, .. }
        | Event::WentAway { who, .. } => To::Rooms(state.rooms_of(who).into_iter().collect()),
        Event::RealNamed {
            who: Some(who),
            is_told: true,
            ..
        } => To::Rooms(state.rooms_of(who).into_iter().collect()),
        Event::OperatorsTold { .. } => operators(state),
        Event::Opered { conn, .. } => To::People(vec![Hearer::Conn(*conn)]),
        Event::ShuttingDown { .. } => To::Everyone,
        Event::UserModesSet { who, .. } => people(state, &[who]),
        Event::AccountDeleted { .. }
        | Event::Admitted { .. }
        | Event::Audited { .. }
        | Event::ClearOffered { .. }
        | Event::Configured { .. }
        | Event::Connected { .. }
        | Event::Disconnected { .. }
        | Event::EmailSet { .. }
        | Event::Expired { .. }
        | Event::FormatChosen { .. }
        | Event::GuestEntered { .. }
        | Event::Ignored { .. }
        | Event::InvitationMade { .. }
        | Event::InvitationUsed { .. }
        | Event::LoggedIn { .. }
        | Event::LoggedOut { .. }
        | Event::LoginFailed { .. }
        | Event::Notified { .. }
        | Event::Overrode { .. }
        | Event::PasswordSet { .. }
        | Event::ReadMarked { .. }
        | Event::RealNamed { .. }
        | Event::RecoveryUsed { .. }
        | Event::Registered { .. }
        | Event::ResetSet { .. }
        | Event::Seen { .. }
        | Event::ServerBanned { .. }
        | Event::ServerUnbanned { .. }
        | Event::SettingsChosen { .. }
        | Event::Started
        | Event::TalkChosen { .. }
        | Event::TokenMade { .. }
        | Event::TokenRevoked { .. }
        | Event::Visited { .. }
        | Event::WidthChosen { .. } => To::Nobody,
    }
}

/// Those who run the server, and those who want to hear what they tell each other, each once.
fn operators(state: &State) -> To {
    let live = state.live();
    let accounts = live.present.keys().map(|id| Hearer::Account(*id));
    let guests = live.guests.values().map(|conn| Hearer::Conn(*conn));
    let hears = |hearer: &Hearer| {
        let who = match hearer {
            Hearer::Account(id) => state.account(*id).map(crate::model::Account::who),
            Hearer::Conn(conn) => state.who(*conn),
        };
        who.is_some_and(|who| {
            let wants = state.user_modes(&who).has(UserMode::Wallops);
            wants || policy::operator::is_shown_as(state, &who)
        })
    };
    To::People(accounts.chain(guests).filter(hears).collect())
}

/// Each once: somebody who writes to themselves is one person.
fn people(state: &State, people: &[&Who]) -> To {
    let mut hearers = Vec::with_capacity(people.len());
    for hearer in people.iter().filter_map(|who| hearer(state, who)) {
        if !hearers.contains(&hearer) {
            hearers.push(hearer);
        }
    }
    To::People(hearers)
}

fn hearer(state: &State, who: &Who) -> Option<Hearer> {
    match who.account {
        Some(id) => Some(Hearer::Account(id)),
        None => state.guest_conn(&who.nick.folded()).map(Hearer::Conn),
    }
}
