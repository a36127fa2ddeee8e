//! Which of a shard's connections hear what: fed by the same facts that it resolves.
//!
//! Who hears a leaving is found before the leaver is dropped, and who hears an arrival after it is added: here alone.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Folded, Nick};

use crate::effect::{Audience, Hearer, To};
use crate::model::session::TokenLimits;
use crate::model::{AccountId, ConnId, Event, Fact, RoomId, Screen, Settings, Text, UserMode, Who};

/// One connection of the shard, as far as hearing goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listener {
    /// The account it is logged in to.
    pub account: Option<AccountId>,
    /// The name it goes by; absent before it has said who it is.
    pub nick: Option<Nick>,
    /// What lines look like on it.
    pub screen: Screen,
    /// Whom it does not want to read.
    pub ignored: BTreeSet<Folded>,
    /// What the token it came with lets it hear; absent for a password.
    pub limits: Option<TokenLimits>,
    /// The rooms that it hears.
    pub rooms: BTreeSet<RoomId>,
    /// The names that it watches: it hears who comes and goes of them, sharing a room or not.
    pub monitored: BTreeSet<Folded>,
}

/// The connections of a shard, by what they hear.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Index {
    listeners: BTreeMap<ConnId, Listener>,
    accounts: BTreeMap<AccountId, BTreeSet<ConnId>>,
    guests: BTreeMap<Folded, ConnId>,
    rooms: BTreeMap<RoomId, BTreeSet<ConnId>>,
    /// What people call themselves in full, wherever they are connected.
    real_names: BTreeMap<Folded, Text>,
    /// Those who say that they are programs, wherever they are connected.
    bots: BTreeSet<Folded>,
}

impl Index {
    /// A connection that this shard owns.
    pub fn insert(&mut self, conn: ConnId) {
        self.listeners.insert(conn, Listener::default());
    }

    /// A connection that is gone.
    pub fn remove(&mut self, conn: ConnId) {
        self.forget_person(conn);
        self.listeners.remove(&conn);
    }

    /// One connection.
    #[must_use]
    pub fn listener(&self, conn: ConnId) -> Option<&Listener> {
        self.listeners.get(&conn)
    }

    /// What somebody calls themselves in full; their name, where they have not told.
    #[must_use]
    pub fn real_name<'a>(&'a self, nick: &'a Nick) -> &'a str {
        let name = self.real_names.get(&nick.folded());
        name.map_or_else(|| nick.as_str(), Text::as_str)
    }

    /// Whether somebody said that they are a program.
    #[must_use]
    pub fn is_bot(&self, nick: &Nick) -> bool {
        !self.bots.is_empty() && self.bots.contains(&nick.folded())
    }

    /// The connections that hear a room.
    pub fn in_room(&self, room: RoomId) -> impl Iterator<Item = ConnId> {
        self.rooms.get(&room).into_iter().flatten().copied()
    }

    fn in_rooms(&self, rooms: &[RoomId]) -> BTreeSet<ConnId> {
        rooms.iter().flat_map(|room| self.in_room(*room)).collect()
    }

    /// Takes a fact in, and calls `tell` for each connection of this shard that hears it, once; and whether it is the one
    /// that asked for it, which netcat's answer has told already.
    pub fn hear(
        &mut self,
        fact: &Fact,
        audience: &Audience,
        mut tell: impl FnMut(ConnId, &Listener, bool),
    ) {
        self.arrive(&fact.event);
        self.resolve(fact, audience, &mut tell);
        self.leave(&fact.event);
    }

    fn resolve(
        &self,
        fact: &Fact,
        audience: &Audience,
        tell: &mut impl FnMut(ConnId, &Listener, bool),
    ) {
        let actor = fact.event.actor().map(|who| who.nick.folded());
        let gone = match &fact.event {
            Event::Offline { who, .. } => Some(who),
            _ => None,
        };
        let mut told = |conn: ConnId| {
            let Some(listener) = self.listeners.get(&conn) else {
                return;
            };
            // Nobody is told that they themselves are gone.
            if gone.is_some_and(|who| is_them(listener, who)) {
                return;
            }
            let ignores = !listener.ignored.is_empty()
                && actor
                    .as_ref()
                    .is_some_and(|nick| listener.ignored.contains(nick));
            if !ignores {
                tell(conn, listener, Some(conn) == audience.except);
            }
        };
        match &audience.to {
            To::Everyone => self.listeners.keys().copied().for_each(told),
            To::Nobody => {}
            To::People(people) => {
                for hearer in people {
                    match hearer {
                        Hearer::Account(id) => {
                            let conns = self.accounts.get(id).into_iter().flatten();
                            let conns = conns.copied().filter(|conn| self.hears_people(*conn));
                            conns.for_each(&mut told);
                        }
                        Hearer::Conn(conn) => told(*conn),
                    }
                }
            }
            To::Room(room) => self.in_room(*room).for_each(told),
            To::Rooms(rooms) => self.in_rooms(rooms).into_iter().for_each(told),
            To::RoomsAnd(rooms, conns) => {
                let mut all = self.in_rooms(rooms);
                all.extend(conns);
                all.into_iter().for_each(told);
            }
        }
    }

    /// What is heard from this fact on.
    fn arrive(&mut self, event: &Event) {
        match event {
            Event::GuestEntered { conn, who } if self.listeners.contains_key(conn) => {
                self.guests.insert(who.nick.folded(), *conn);
                self.with(*conn, |listener| listener.nick = Some(who.nick.clone()));
            }
            Event::LoggedIn {
                conn,
                who,
                limits,
                rooms,
                settings,
                ignored,
                ..
            } if self.listeners.contains_key(conn) => {
                self.with(*conn, |listener| {
                    listener.account = who.account;
                    listener.limits.clone_from(limits);
                    listener.nick = Some(who.nick.clone());
                    listener.screen.settings = *settings;
                    listener.ignored = ignored.iter().cloned().collect();
                });
                if let Some(id) = who.account {
                    self.accounts.entry(id).or_default().insert(*conn);
                }
                rooms.iter().for_each(|room| self.enter(*conn, *room));
            }
            Event::Joined { room, who, .. } => {
                for conn in self.conns_of(who.account, &who.nick) {
                    let limits = self.limits(conn);
                    if limits.is_none_or(|limits| limits.hears_room(room.id)) {
                        self.enter(conn, room.id);
                    }
                }
            }
            Event::Monitored {
                conn,
                added,
                removed,
            } => self.with(*conn, |listener| {
                for nick in removed {
                    listener.monitored.remove(&nick.folded());
                }
                listener.monitored.extend(added.iter().map(Nick::folded));
            }),
            Event::FormatChosen { conn, format } => {
                self.with(*conn, |listener| listener.screen.format = *format);
            }
            Event::UserModesSet { who, modes, .. } => {
                if modes.has(UserMode::Bot) {
                    self.bots.insert(who.nick.folded());
                } else {
                    self.bots.remove(&who.nick.folded());
                }
            }
            Event::WidthChosen { conn, width } => {
                self.with(*conn, |listener| listener.screen.width = *width);
            }
            Event::RealNamed {
                who: Some(who),
                name,
                ..
            } => {
                self.real_names.insert(who.nick.folded(), name.clone());
            }
            Event::SettingsChosen { account, settings } => {
                for conn in self.accounts.get(account).cloned().unwrap_or_default() {
                    self.with(conn, |listener| listener.screen.settings = *settings);
                }
            }
            Event::Ignored {
                account,
                nick,
                ignored,
            } => {
                for conn in self.accounts.get(account).cloned().unwrap_or_default() {
                    self.with(conn, |listener| {
                        if *ignored {
                            listener.ignored.insert(nick.folded());
                        } else {
                            listener.ignored.remove(&nick.folded());
                        }
                    });
                }
            }
            _ => {}
        }
    }

    /// What is no longer heard after this fact.
    fn leave(&mut self, event: &Event) {
        match event {
            Event::Kicked { room, who, .. } | Event::Left { room, who, .. } => {
                for conn in self.conns_of(who.account, &who.nick) {
                    self.exit(conn, room.id);
                }
            }
            Event::Offline { who, .. } => {
                self.real_names.remove(&who.nick.folded());
                self.bots.remove(&who.nick.folded());
            }
            Event::RoomDropped { room, .. } => {
                for conn in self.rooms.remove(&room.id).into_iter().flatten() {
                    self.with(conn, |listener| {
                        listener.rooms.remove(&room.id);
                    });
                }
            }
            Event::LoggedOut { conn } => {
                self.forget_person(*conn);
                self.with(*conn, |listener| {
                    *listener = Listener {
                        screen: Screen {
                            settings: Settings::default(),
                            ..listener.screen
                        },
                        ..Listener::default()
                    };
                });
            }
            Event::Disconnected { conn } => self.forget_person(*conn),
            _ => {}
        }
    }

    fn limits(&self, conn: ConnId) -> Option<&TokenLimits> {
        self.listeners.get(&conn)?.limits.as_ref()
    }

    fn hears_people(&self, conn: ConnId) -> bool {
        self.limits(conn).is_none_or(TokenLimits::hears_people)
    }

    fn with(&mut self, conn: ConnId, change: impl FnOnce(&mut Listener)) {
        if let Some(listener) = self.listeners.get_mut(&conn) {
            change(listener);
        }
    }

    fn conns_of(&self, account: Option<AccountId>, nick: &Nick) -> Vec<ConnId> {
        match account {
            Some(id) => self
                .accounts
                .get(&id)
                .into_iter()
                .flatten()
                .copied()
                .collect(),
            None => self
                .guests
                .get(&nick.folded())
                .into_iter()
                .copied()
                .collect(),
        }
    }

    fn enter(&mut self, conn: ConnId, room: RoomId) {
        self.rooms.entry(room).or_default().insert(conn);
        self.with(conn, |listener| {
            listener.rooms.insert(room);
        });
    }

    fn exit(&mut self, conn: ConnId, room: RoomId) {
        if let Some(conns) = self.rooms.get_mut(&room) {
            conns.remove(&conn);
            if conns.is_empty() {
                self.rooms.remove(&room);
            }
        }
        self.with(conn, |listener| {
            listener.rooms.remove(&room);
        });
    }

    fn forget_person(&mut self, conn: ConnId) {
        let Some(listener) = self.listeners.get(&conn).cloned() else {
            return;
        };
        for room in listener.rooms {
            self.exit(conn, room);
        }
        match (listener.account, listener.nick) {
            (Some(id), _) => {
                if let Some(conns) = self.accounts.get_mut(&id) {
                    conns.remove(&conn);
                    if conns.is_empty() {
                        self.accounts.remove(&id);
                    }
                }
            }
            (None, Some(nick)) => {
                self.guests.remove(&nick.folded());
            }
            (None, None) => {}
        }
    }
}

fn is_them(listener: &Listener, who: &Who) -> bool {
    let nick = listener.nick.as_ref();
    listener.account == who.account && nick.is_some_and(|nick| nick.same(who.nick.as_str()))
}
