//! Who hears of an event. Shards resolve it among their connections; here is decided whom it concerns.

use crate::effect::{Hearer, To};
use crate::model::{Event, Rank, Ranks, RoomId, Spot, UserMode, Who};
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
            Spot::Ranked { room, rank } => ranked(state, room.id, *rank, by),
            Spot::Room(room) => To::Room(room.id),
        },
        Event::Joined { room, who, ranks } => {
            let is_seen = !is_auditorium(state, room.id) || *ranks != Ranks::NONE;
            coming(state, room.id, who, is_seen)
        }
        Event::Kicked { room, who, .. } | Event::Left { room, who, .. } => {
            coming(state, room.id, who, is_seen(state, room.id, who))
        }
        Event::Banned { room, .. }
        | Event::Cleared { room, .. }
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
        | Event::WentAway { who, .. } => around(state, who),
        Event::RealNamed {
            who: Some(who),
            is_told: true,
            ..
        } => around(state, who),
        // Who else hears of a guest is told when they join a room.
        Event::GuestEntered { who, .. } => match watching(state, who) {
            conns if conns.is_empty() => To::Nobody,
            conns => To::RoomsAnd(Vec::new(), conns),
        },
        // What is read is read through every door.
        Event::ReadMarked { account, .. } => To::People(vec![Hearer::Account(*account)]),
        Event::OperatorsTold { .. } => operators(state),
        Event::Opered { conn, .. } => To::People(vec![Hearer::Conn(*conn)]),
        Event::ShuttingDown { .. } => To::Everyone,
        Event::UserModesSet { who, .. } => people(state, &[who]),
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
        | Event::Ignored { .. }
        | Event::InvitationMade { .. }
        | Event::InvitationUsed { .. }
        | Event::LoggedIn { .. }
        | Event::LoggedOut { .. }
        | Event::LoginFailed { .. }
        | Event::MarksItself { .. }
        | Event::Monitored { .. }
        | Event::Notified { .. }
        | Event::Overrode { .. }
        | Event::PasswordSet { .. }
        | Event::RealNamed { .. }
        | Event::RecoveryUsed { .. }
        | Event::Registered { .. }
        | Event::ResetSet { .. }
        | Event::ScramSet { .. }
        | Event::SecretMade { .. }
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

/// Who shares a room with them or watches their name.
fn around(state: &State, who: &Who) -> To {
    let rooms = state.rooms_of(who).into_iter();
    let rooms = rooms.filter(|room| is_seen(state, *room, who)).collect();
    match watching(state, who) {
        conns if conns.is_empty() => To::Rooms(rooms),
        conns => To::RoomsAnd(rooms, conns),
    }
}

fn watching(state: &State, who: &Who) -> Vec<crate::model::ConnId> {
    let monitors = &state.live().monitors;
    monitors.watching(&who.nick.folded()).collect()
}

/// Who learns that somebody came or went: of those who are not seen in an auditorium, those who keep order there.
fn coming(state: &State, room: RoomId, who: &Who, is_seen: bool) -> To {
    if is_seen {
        return To::Room(room);
    }
    ranked(state, room, Rank::Halfop, who)
}

/// Whether the others in the room see that somebody is there.
#[must_use]
pub fn is_seen(state: &State, room: RoomId, who: &Who) -> bool {
    !is_auditorium(state, room)
        || state
            .room(room)
            .is_some_and(|room| state.ranks(who, room) != Ranks::NONE)
}

fn is_auditorium(state: &State, room: RoomId) -> bool {
    state.room(room).is_some_and(|room| room.modes.auditorium)
}

/// Those in the room who have the rank or a higher one, and whoever it is about.
fn ranked(state: &State, room: RoomId, rank: Rank, by: &Who) -> To {
    let Some(room) = state.room(room) else {
        return To::Nobody;
    };
    let members = room.members.iter();
    let members = members
        .filter(|(id, member)| member.ranks.reach(rank) && state.is_present(**id))
        .map(|(id, _)| Hearer::Account(*id));
    let guests = state.live().room_guests.get(&room.id).into_iter().flatten();
    let guests = guests
        .filter(|(_, ranks)| ranks.reach(rank))
        .map(|(conn, _)| Hearer::Conn(*conn));
    let mut hearers: Vec<Hearer> = members.chain(guests).collect();
    if let Some(own) = hearer(state, by).filter(|own| !hearers.contains(own)) {
        hearers.push(own);
    }
    To::People(hearers)
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
