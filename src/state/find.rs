//! Questions that commands and policies ask of the state.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Folded, Number, RoomName, Time};

use super::{Gone, State};
use crate::model::credential::Digest;
use crate::model::session::Person;
use crate::model::{
    Account, AccountId, ConnId, Marks, Place, Ranks, Room, RoomId, RoomRef, Session, Text,
    UserModes, Who,
};

/// Failed logins are counted over so many milliseconds.
const FAILURES_WINDOW_MS: i64 = 60_000;

impl State {
    /// A connection.
    #[must_use]
    pub fn session(&self, conn: ConnId) -> Option<&Session> {
        self.live.sessions.get(&conn)
    }

    /// An account by its number.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.durable.accounts.get(&id)
    }

    /// An account by its name.
    #[must_use]
    pub fn account_named(&self, name: &Folded) -> Option<&Account> {
        self.account(*self.durable.names.get(name)?)
    }

    /// The account that a client certificate logs in.
    #[must_use]
    pub fn account_certified(&self, digest: &Digest) -> Option<&Account> {
        self.account(*self.durable.certificates.get(digest)?)
    }

    /// A room by its number.
    #[must_use]
    pub fn room(&self, id: RoomId) -> Option<&Room> {
        self.durable.rooms.get(&id)
    }

    /// A room by its name.
    #[must_use]
    pub fn room_named(&self, name: &RoomName) -> Option<&Room> {
        self.room(*self.durable.room_names.get(&name.folded())?)
    }

    /// The number that the next room gets.
    #[must_use]
    pub const fn next_room(&self) -> RoomId {
        RoomId(self.durable.last_room.0 + 1)
    }

    /// The number that the next account gets.
    #[must_use]
    pub const fn next_account(&self) -> AccountId {
        AccountId(self.durable.last_account.0 + 1)
    }

    /// The lobby, as an event of now names it.
    #[must_use]
    pub fn lobby(&self) -> Option<RoomRef> {
        self.room_named(&self.rules().lobby).map(Room::to_ref)
    }

    /// Who a connection is, if it has said so.
    #[must_use]
    pub fn who(&self, conn: ConnId) -> Option<Who> {
        match &self.session(conn)?.person {
            Person::Account { id, .. } => self.account(*id).map(Account::who),
            Person::Guest { nick, .. } => Some(Who {
                account: None,
                nick: nick.clone(),
            }),
            Person::Nobody => None,
        }
    }

    /// Whose account a connection has shown to be that has not come in yet.
    #[must_use]
    pub fn shown_to_be(&self, session: &Session) -> Option<Who> {
        let shown = session.authenticated.as_ref()?;
        self.account(shown.account).map(Account::who)
    }

    /// An account, there or not, or a guest who is there.
    #[must_use]
    pub fn person_named(&self, name: &Folded) -> Option<Who> {
        if let Some(account) = self.account_named(name) {
            return Some(account.who());
        }
        self.who(*self.live.guests.get(name)?)
    }

    /// What somebody wants of the server; nothing where they are not here.
    #[must_use]
    pub fn user_modes(&self, who: &Who) -> UserModes {
        let modes = self.live.user_modes.get(&who.nick.folded());
        modes.copied().unwrap_or_default()
    }

    /// The connection of a guest.
    #[must_use]
    pub fn guest_conn(&self, name: &Folded) -> Option<ConnId> {
        self.live.guests.get(name).copied()
    }

    /// Whether an account has a session.
    #[must_use]
    pub fn is_present(&self, id: AccountId) -> bool {
        self.live.present.contains_key(&id)
    }

    /// Whether somebody of that name is here: an account with a session, or a guest.
    #[must_use]
    pub fn is_here(&self, name: &Folded) -> bool {
        let account = self.durable.names.get(name);
        self.live.guests.contains_key(name) || account.is_some_and(|id| self.is_present(*id))
    }

    /// Those of that name who went lately, the last of them first.
    pub fn whowas(&self, name: &Folded) -> impl Iterator<Item = &Gone> {
        let gone = self.live.whowas.iter().rev();
        gone.filter(move |gone| gone.who.nick.folded() == *name)
    }

    /// What somebody calls themselves in full: on the latest of their connections that told, else by their name.
    #[must_use]
    pub fn real_name(&self, who: &Who) -> Text {
        let conns = self.conns_of(who).into_iter();
        let mut names = conns.filter_map(|conn| self.session(conn)?.real_name.clone());
        names
            .next_back()
            .unwrap_or_else(|| who.nick.as_str().into())
    }

    /// The connections of somebody.
    #[must_use]
    pub fn conns_of(&self, who: &Who) -> Vec<ConnId> {
        match who.account {
            Some(id) => {
                let conns = self.live.present.get(&id);
                conns.into_iter().flatten().copied().collect()
            }
            None => self.guest_conn(&who.nick.folded()).into_iter().collect(),
        }
    }

    /// The sessions of an account.
    pub fn sessions_of(&self, id: AccountId) -> impl Iterator<Item = &Session> {
        self.live
            .present
            .get(&id)
            .into_iter()
            .flatten()
            .filter_map(|conn| self.session(*conn))
    }

    /// The rooms somebody is in: memberships of an account, rooms of a guest.
    #[must_use]
    pub fn rooms_of(&self, who: &Who) -> BTreeSet<RoomId> {
        match who.account {
            Some(id) => self
                .account(id)
                .map(|account| account.rooms.clone())
                .unwrap_or_default(),
            None => {
                let guest = self.live.guests.get(&who.nick.folded());
                match guest
                    .and_then(|conn| self.session(*conn))
                    .map(|session| &session.person)
                {
                    Some(Person::Guest { rooms, .. }) => rooms.clone(),
                    Some(Person::Account { .. } | Person::Nobody) | None => BTreeSet::new(),
                }
            }
        }
    }

    /// Whether somebody is in a room.
    #[must_use]
    pub fn is_in(&self, who: &Who, room: &Room) -> bool {
        match who.account {
            Some(id) => room.members.contains_key(&id),
            None => self
                .live
                .guests
                .get(&who.nick.folded())
                .is_some_and(|conn| self.guest_is_in(*conn, room.id)),
        }
    }

    /// What somebody is in a room; nothing where they are not in it.
    #[must_use]
    pub fn ranks(&self, who: &Who, room: &Room) -> Ranks {
        let ranks = match who.account {
            Some(id) => room.members.get(&id).map(|member| member.ranks),
            None => self
                .live
                .guests
                .get(&who.nick.folded())
                .and_then(|conn| self.live.room_guests.get(&room.id)?.get(conn).copied()),
        };
        ranks.unwrap_or_default()
    }

    /// How many people are in a room now: members with a session, and guests.
    #[must_use]
    pub fn present_in(&self, room: &Room) -> usize {
        let (members, present) = (&room.members, &self.live.present);
        // Most members of a large room are not here, and most who are here are not in a small one.
        let members = if members.len() < present.len() {
            members.keys().filter(|id| self.is_present(**id)).count()
        } else {
            let here = present.keys();
            here.filter(|id| members.contains_key(*id)).count()
        };
        members + self.live.room_guests.get(&room.id).map_or(0, BTreeMap::len)
    }

    /// Whether a room has neither members nor guests.
    #[must_use]
    pub fn is_deserted(&self, room: &Room) -> bool {
        room.members.is_empty() && !self.live.room_guests.contains_key(&room.id)
    }

    /// `nick!user@host`, which masks are matched with; the user is the account's name, or the guest's with `~`.
    #[must_use]
    pub fn hostmask(&self, who: &Who) -> String {
        let conn = match who.account {
            Some(id) => self
                .live
                .present
                .get(&id)
                .and_then(|conns| conns.first().copied()),
            None => self.live.guests.get(&who.nick.folded()).copied(),
        };
        let host = conn
            .and_then(|conn| self.session(conn))
            // Who is not there has no host: only a mask for every host fits.
            .map_or("", |session| session.origin.host.as_str());
        let mark = if who.account.is_some() { "" } else { "~" };
        format!("{nick}!{mark}{nick}@{host}", nick = who.nick)
    }

    /// What masks are held against.
    #[must_use]
    pub fn marks(&self, who: &Who) -> Marks {
        Marks {
            account: who.account.map(|_| who.nick.clone()),
            hostmasks: [self.hostmask(who), who.hostmask()],
        }
    }

    /// The rooms an account was invited to and has not joined since.
    pub fn invitations_of(&self, id: AccountId) -> impl Iterator<Item = &Room> {
        let rooms = self.durable.rooms.values();
        rooms.filter(move |room| room.invited.contains(&id))
    }

    /// The other account's name, or the room's, as somebody types it.
    #[must_use]
    pub fn place_name(&self, place: Place, me: AccountId) -> Option<Text> {
        match place {
            Place::Pair(..) => self
                .account(place.other(me)?)
                .map(|account| account.name.as_str().into()),
            Place::Room(id) => self.room(id).map(|room| room.name.as_str().into()),
        }
    }

    /// The number of what was said last in a place.
    #[must_use]
    pub fn last_in(&self, place: Place) -> Number {
        match place {
            Place::Pair(low, high) => {
                let last = self.durable.conversations.get(&(low, high));
                last.copied().unwrap_or_default()
            }
            Place::Room(id) => self.room(id).map(|room| room.last).unwrap_or_default(),
        }
    }

    /// The places an account can read: its rooms, then its private conversations.
    #[must_use]
    pub fn places_of(&self, id: AccountId) -> Vec<Place> {
        let rooms = self.account(id).map(|account| account.rooms.iter());
        let rooms = rooms.into_iter().flatten().map(|room| Place::Room(*room));
        let all = (id, AccountId::default())..=(id, AccountId(u64::MAX));
        let pairs = self.durable.conversations.range(all);
        let pairs = pairs.map(|((one, other), _)| Place::between(*one, *other));
        rooms.chain(pairs).collect()
    }

    /// Up to which number an account has read a place; in a room, its joining at least.
    #[must_use]
    pub fn read_to(&self, id: AccountId, place: Place) -> Number {
        let marked = self
            .account(id)
            .and_then(|account| account.read.get(&place))
            .map(|mark| mark.number)
            .unwrap_or_default();
        let joined = match place {
            Place::Pair(..) => None,
            Place::Room(room) => self.room(room).and_then(|room| room.members.get(&id)),
        };
        marked.max(joined.map(|member| member.joined).unwrap_or_default())
    }

    /// Up to when an account has read a place, as it was marked; nothing where it never was.
    #[must_use]
    pub fn read_time(&self, id: AccountId, place: Place) -> Option<Time> {
        let mark = self.account(id)?.read.get(&place)?;
        Some(mark.at)
    }

    /// How many seconds this name on this network has to wait before it may try to log in again; 0, it may.
    #[must_use]
    pub fn login_wait(&self, name: &Folded, network: &str, now: Time) -> u64 {
        let by_network = self.wait_of(&format!("@{network}"), now);
        self.wait_of(name.as_str(), now).max(by_network)
    }

    /// How many seconds somebody has to wait before they may say something in a room that limits it; 0, they may.
    #[must_use]
    pub fn flood_wait(&self, room: &Room, who: &Who, now: Time) -> u64 {
        let Some(flood) = room.modes.flood else {
            return 0;
        };
        let times = self.live.spoken.get(&(room.id, who.nick.folded()));
        // Free again when the oldest of the last `lines` is old enough.
        let oldest = times.and_then(|times| {
            let at = times.len().checked_sub(flood.lines as usize)?;
            times.get(at)
        });
        let free = oldest.map_or(0, |oldest| {
            oldest.millis() + i64::from(flood.seconds) * 1_000
        });
        u64::try_from(free - now.millis())
            .unwrap_or(0)
            .div_ceil(1_000)
    }

    fn wait_of(&self, key: &str, now: Time) -> u64 {
        let limit = self.rules().login_failures_per_minute as usize;
        let Some(times) = self.live.failures.get(key) else {
            return 0;
        };
        let in_window = |at: &&Time| at.millis() + FAILURES_WINDOW_MS > now.millis();
        let counted: Vec<_> = times.iter().filter(in_window).collect();
        if counted.len() < limit {
            return 0;
        }
        // Free again when the oldest of the last `limit` failures is a minute old.
        let oldest = counted[counted.len() - limit].millis();
        let wait_ms = oldest + FAILURES_WINDOW_MS - now.millis();
        u64::try_from(wait_ms).unwrap_or(0).div_ceil(1_000).max(1)
    }

    fn guest_is_in(&self, conn: ConnId, room: RoomId) -> bool {
        self.live
            .room_guests
            .get(&room)
            .is_some_and(|guests| guests.contains_key(&conn))
    }
}
