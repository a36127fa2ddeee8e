//! Who may read what, told from the facts alone and by other code than the core's.

use std::collections::{BTreeMap, BTreeSet};

use chinwag::model::person::Scope;
use chinwag::model::{AccountId, ConnId, Event, Fact, RoomId, Spot, Who};
use chinwag_grammar::{Folded, Nick, Number, Time};

/// Who may read what.
#[derive(Clone, Default)]
pub struct Readers {
    people: BTreeMap<ConnId, Person>,
    guests: BTreeMap<Folded, ConnId>,
    rooms: BTreeMap<RoomId, BTreeSet<Person>>,
    cleared: BTreeMap<RoomId, Number>,
    deleted: BTreeSet<Number>,
    kept_since: Time,
    /// The names that a connection watches.
    watched: BTreeMap<ConnId, BTreeSet<Folded>>,
    /// The only rooms that a session with a narrow token hears of and reads.
    only: BTreeMap<ConnId, BTreeSet<RoomId>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Person {
    Account(AccountId),
    Guest(ConnId),
}

impl Readers {
    /// The process ended: memberships stay.
    pub fn restart(&mut self) {
        self.people.clear();
        self.watched.clear();
        self.only.clear();
        self.guests.clear();
        for room in self.rooms.values_mut() {
            room.retain(|person| matches!(person, Person::Account(_)));
        }
    }

    /// Takes in what happened.
    pub fn take(&mut self, fact: &Fact) {
        match &fact.event {
            Event::AccountDeleted { who } => {
                if let Some(id) = who.account {
                    self.forget(Person::Account(id));
                    self.people
                        .retain(|_, person| *person != Person::Account(id));
                }
            }
            Event::Cleared { room, .. } => {
                self.cleared.insert(room.id, fact.number.unwrap());
            }
            Event::Deleted { message, .. } => {
                self.deleted.insert(*message);
            }
            Event::Disconnected { conn } | Event::LoggedOut { conn } => {
                self.people.remove(conn);
                self.watched.remove(conn);
                self.only.remove(conn);
                self.guests.retain(|_, guest| guest != conn);
                self.forget(Person::Guest(*conn));
            }
            Event::Expired { before } => self.kept_since = self.kept_since.max(*before),
            Event::GuestEntered { conn, who } => {
                self.guests.insert(who.nick.folded(), *conn);
                self.people.insert(*conn, Person::Guest(*conn));
            }
            Event::Joined { room, who, .. } => {
                if let Some(person) = self.person(who) {
                    self.rooms.entry(room.id).or_default().insert(person);
                }
            }
            Event::Kicked { room, who, .. } | Event::Left { room, who, .. } => {
                if let (Some(person), Some(people)) =
                    (self.person(who), self.rooms.get_mut(&room.id))
                {
                    people.remove(&person);
                }
            }
            Event::LoggedIn {
                conn, who, limits, ..
            } => {
                let id = who.account.unwrap();
                self.people.insert(*conn, Person::Account(id));
                if let Some(limits) = limits {
                    if limits.scope == Scope::Post {
                        self.only.insert(*conn, BTreeSet::new());
                    } else if let Some(rooms) = &limits.rooms {
                        let rooms = rooms.iter().map(|room| room.id).collect();
                        self.only.insert(*conn, rooms);
                    }
                }
            }
            Event::Monitored {
                conn,
                added,
                removed,
            } => {
                let watched = self.watched.entry(*conn).or_default();
                watched.retain(|name| removed.iter().all(|nick| nick.folded() != *name));
                watched.extend(added.iter().map(Nick::folded));
            }
            Event::RoomDropped { room, .. } => {
                self.rooms.remove(&room.id);
            }
            _ => {}
        }
    }

    /// Whether what just happens may be told there.
    pub fn may_hear(&self, conn: ConnId, event: &Event) -> bool {
        let Some(person) = self.people.get(&conn) else {
            return matches!(event, Event::ShuttingDown { .. });
        };
        let is = |who: &Who| self.person(who) == Some(*person);
        if self.watches(conn, event) {
            return true;
        }
        let narrow = self
            .only
            .get(&conn)
            .is_some_and(|only| !place_of(event).is_some_and(|room| only.contains(&room)));
        if narrow {
            return self.may_hear_narrowly(conn, event);
        }
        match event {
            Event::Blocked { who, by, .. }
            | Event::Invited { who, by, .. }
            | Event::RoleSet { who, by, .. }
            | Event::Unblocked { who, by } => is(who) || is(by),
            // Who hears it is asked of the policies.
            Event::OperatorsTold { .. } => true,
            Event::Opered { who, .. } | Event::UserModesSet { who, .. } => is(who),
            Event::CameBack { who }
            | Event::Offline { who, .. }
            | Event::Online { who, .. }
            | Event::WentAway { who, .. } => self.person(who).is_some_and(|who| {
                let both = |room: &BTreeSet<Person>| room.contains(&who) && room.contains(person);
                self.rooms.values().any(both)
            }),
            Event::Deleted { spot, by, .. }
            | Event::Reacted { spot, by, .. }
            | Event::Said { spot, by, .. } => match spot {
                Spot::Private { with } => is(by) || is(with),
                Spot::Ranked { room, .. } | Spot::Room(room) => self.is_in(*person, room.id),
            },
            Event::ReadMarked { account, .. } => *person == Person::Account(*account),
            Event::ShuttingDown { .. } => true,
            _ => room_of(event).is_some_and(|room| self.is_in(*person, room)),
        }
    }

    /// Whether it is about the presence of somebody who is watched.
    fn watches(&self, conn: ConnId, event: &Event) -> bool {
        let (Event::CameBack { who }
        | Event::GuestEntered { who, .. }
        | Event::Offline { who, .. }
        | Event::Online { who, .. }
        | Event::RealNamed { who: Some(who), .. }
        | Event::WentAway { who, .. }) = event
        else {
            return false;
        };
        let watched = self.watched.get(&conn);
        watched.is_some_and(|names| names.contains(&who.nick.folded()))
    }

    /// A session whose token is for certain rooms hears who comes and goes there, and that the server ends.
    fn may_hear_narrowly(&self, conn: ConnId, event: &Event) -> bool {
        match event {
            Event::CameBack { who }
            | Event::Offline { who, .. }
            | Event::Online { who, .. }
            | Event::WentAway { who, .. } => {
                let mut only = self.only[&conn].iter();
                self.person(who)
                    .is_some_and(|who| only.any(|room| self.is_in(who, *room)))
            }
            Event::ShuttingDown { .. } => true,
            _ => false,
        }
    }

    /// The connections that hear what is said in a room.
    pub fn listeners(&self, room: RoomId) -> BTreeSet<ConnId> {
        let people = self.people.iter();
        let inside = people.filter(|(conn, person)| {
            let only = self.only.get(*conn);
            self.is_in(**person, room) && only.is_none_or(|only| only.contains(&room))
        });
        inside.map(|(conn, _)| *conn).collect()
    }

    /// Whether a row of the history may be shown there; `now` knows what was removed since it was asked for.
    pub fn may_read(&self, conn: ConnId, fact: &Fact, now: &Self) -> bool {
        let number = fact.number.unwrap();
        let Some(person) = self.people.get(&conn) else {
            return false;
        };
        let is = |who: &Who| self.person(who) == Some(*person);
        let is_own = matches!(&fact.event, Event::Said { by, .. } if is(by));
        let concerns = matches!(&fact.event, Event::Kicked { who, .. } if is(who));
        let place = place_of(&fact.event);
        let only = self.only.get(&conn);
        let narrow = only.is_some_and(|only| !place.is_some_and(|room| only.contains(&room)));
        let cleared = place.and_then(|room| now.cleared.get(&room).copied());
        let is_gone = now.deleted.contains(&number) && matches!(fact.event, Event::Said { .. })
            || fact.at < now.kept_since
            || cleared.is_some_and(|cleared| number < cleared);
        let in_room = place.is_some_and(|room| self.is_in(*person, room));
        !narrow && !is_gone && (is_own || concerns || in_room || self.may_hear(conn, &fact.event))
    }

    /// The only rooms that a connection hears of, where there are few.
    pub fn only(&self, conn: ConnId) -> Option<&BTreeSet<RoomId>> {
        self.only.get(&conn)
    }

    fn is_in(&self, person: Person, room: RoomId) -> bool {
        let people = self.rooms.get(&room);
        people.is_some_and(|people| people.contains(&person))
    }

    fn person(&self, who: &Who) -> Option<Person> {
        match who.account {
            Some(id) => Some(Person::Account(id)),
            None => {
                let conn = self.guests.get(&who.nick.folded())?;
                Some(Person::Guest(*conn))
            }
        }
    }

    fn forget(&mut self, person: Person) {
        for room in self.rooms.values_mut() {
            room.remove(&person);
        }
    }
}

fn room_of(event: &Event) -> Option<RoomId> {
    match event {
        Event::Banned { room, .. }
        | Event::Cleared { room, .. }
        | Event::Invited { room, .. }
        | Event::Joined { room, .. }
        | Event::Kicked { room, .. }
        | Event::Left { room, .. }
        | Event::ModesSet { room, .. }
        | Event::Ranked { room, .. }
        | Event::RoomCreated { room, .. }
        | Event::RoomDropped { room, .. }
        | Event::RoomRenamed { room, .. }
        | Event::TopicSet { room, .. }
        | Event::Unbanned { room, .. } => Some(room.id),
        Event::Deleted {
            spot: Spot::Room(room),
            ..
        }
        | Event::Reacted {
            spot: Spot::Room(room),
            ..
        } => Some(room.id),
        _ => None,
    }
}

/// The same, of what is said as well.
fn place_of(event: &Event) -> Option<RoomId> {
    match event {
        Event::Said {
            spot: Spot::Room(room),
            ..
        } => Some(room.id),
        event => room_of(event),
    }
}
