//! Who hears of an event. Shards resolve it among their connections; here is decided whom it concerns.

use crate::effect::{Hearer, To};
use crate::model::{Event, Spot, Who};
use crate::state::State;

/// Who hears of an event that is about to be applied.
#[must_use]
pub fn of(state: &State, event: &Event) -> To {
    match event {
        Event::Deleted { spot, by, .. }
        | Event::Reacted { spot, by, .. }
        | Event::Said { spot, by, .. } => match spot {
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
        Event::ShuttingDown { .. } => To::Everyone,
        Event::AccountDeleted { .. }
        | Event::Admitted { .. }
        | Event::Audited { .. }
        | Event::Authenticated { .. }
        | Event::CertificateAdded { .. }
        | Event::CertificateRemoved { .. }
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
        | Event::PasswordSet { .. }
        | Event::ReadMarked { .. }
        | Event::RecoveryUsed { .. }
        | Event::Registered { .. }
        | Event::ResetSet { .. }
        | Event::ScramSet { .. }
        | Event::SecretMade { .. }
        | Event::Seen { .. }
        | Event::SettingsChosen { .. }
        | Event::TalkChosen { .. }
        | Event::TokenMade { .. }
        | Event::TokenRevoked { .. }
        | Event::Visited { .. }
        | Event::WidthChosen { .. } => To::Nobody,
    }
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
