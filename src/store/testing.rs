//! A world for tests of the store: rules, people and facts, applied to a state and written at once.

use std::sync::Arc;

use chinwag_grammar::{Nick, RoomName, Time};

use super::{Fault, Place as Where, Writer, open};
use crate::config::Durability;
use crate::effect::{Audience, Batch, Effect};
use crate::model::credential::{Digest, Verifier};
use crate::model::event::Speech;
use crate::model::rules::{Creation, EmailRule, Registration};
use crate::model::{AccountId, Event, Fact, Role, RoomId, RoomRef, Rules, Spot, Who};
use crate::state::{Durable, State};

/// A state, and the database that has to say the same.
pub(super) struct World {
    pub state: State,
    pub writer: Writer,
    pub now: i64,
    applied: u64,
    batch: Batch,
}

impl World {
    /// With the configuration recorded, the lobby and three accounts.
    pub fn new() -> Self {
        Self::at(Where::Memory)
    }

    /// The same, in a file.
    pub fn in_file(path: &std::path::Path) -> Self {
        Self::at(Where::file(path).unwrap())
    }

    fn at(place: Where) -> Self {
        let database = open(&place, Durability::Normal).unwrap();
        let mut world = Self {
            state: State::new(Durable::default()),
            writer: Writer::new(database, place),
            now: 1_000,
            applied: 0,
            batch: Batch::default(),
        };
        world.happen(Event::Configured {
            rules: Box::new(rules()),
        });
        world.happen(created(1, "#lobby", None, true));
        for (id, name) in [(1, "alice"), (2, "bob"), (3, "carol")] {
            world.happen(registered(id, name));
        }
        world.commit().unwrap();
        world
    }

    /// Applies an event, and keeps it for the next commit.
    pub fn happen(&mut self, event: Event) -> Arc<Fact> {
        self.now += 10;
        let fact = self.state.fact(Time::from_millis(self.now), event);
        self.state.apply(&fact);
        let fact = Arc::new(fact);
        self.batch.effects.push(Effect::Fact {
            fact: Arc::clone(&fact),
            audience: Audience::NOBODY,
        });
        self.applied += 1;
        self.batch.applied = self.applied;
        fact
    }

    /// Writes what has happened since.
    pub fn commit(&mut self) -> Result<(), Fault> {
        self.writer.commit(&[&std::mem::take(&mut self.batch)])
    }

    /// Whether what is stored is what the state holds.
    pub fn compare(&mut self) {
        self.commit().unwrap();
        let (durable, applied) = super::load(self.writer.database()).unwrap();
        assert_eq!(&durable, self.state.durable());
        assert!(applied <= self.applied);
    }
}

pub(super) fn rules() -> Rules {
    Rules {
        server_name: "chat.example".to_owned(),
        network: "Example".to_owned(),
        motd: None,
        admin: Vec::new(),
        default_user_modes: String::new(),
        server_bans: 10,
        has_password: false,
        registration: Registration::Open,
        password_min: 8,
        cleartext_refused: false,
        cleartext_warned: false,
        recovery_code_lifetime: 3_600,
        guests: true,
        email: EmailRule::Optional,
        has_mail: false,
        lobby: room_name("#lobby"),
        autojoin: Vec::new(),
        create: Creation::Accounts,
        message_bytes: 4_096,
        rooms_per_account: 10,
        members_per_room: 10,
        login_failures_per_minute: 5,
        nick_len: 30,
        channel_len: 30,
        topic_len: 300,
        sessions_per_account: 10,
        certificates_per_account: 5,
        scram: false,
        tokens_per_account: 10,
        ignores_per_account: 10,
        notifications_per_account: 3,
        unread_places: 10,
        bans_per_room: 10,
        history: true,
        max_query: 100,
        retention: 0,
        replay: 50,
        whowas: 10,
        monitor: 10,
        loopback_only: true,
    }
}

pub(super) fn nick(name: &str) -> Nick {
    Nick::parse(name).unwrap()
}

pub(super) fn room_name(name: &str) -> RoomName {
    RoomName::parse(name).unwrap()
}

pub(super) fn room(id: u64, name: &str) -> RoomRef {
    RoomRef {
        id: RoomId(id),
        name: room_name(name),
    }
}

pub(super) fn lobby() -> RoomRef {
    room(1, "#lobby")
}

pub(super) fn who(id: u64, name: &str) -> Who {
    Who {
        account: Some(AccountId(id)),
        nick: nick(name),
    }
}

pub(super) fn alice() -> Who {
    who(1, "alice")
}

pub(super) fn bob() -> Who {
    who(2, "bob")
}

pub(super) fn digest(seed: u64) -> Digest {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Digest::from_bytes(bytes)
}

pub(super) fn registered(id: u64, name: &str) -> Event {
    Event::Registered {
        who: who(id, name),
        hashed: Verifier::from_phc(format!("$argon2id${name}")).into(),
        email: None,
        role: Role::User,
        initial_password: false,
        recovery: vec![digest(id * 1_000), digest(id * 1_000 + 1)],
    }
}

pub(super) fn created(id: u64, name: &str, by: Option<Who>, permanent: bool) -> Event {
    Event::RoomCreated {
        room: room(id, name),
        by,
        description: "what it is for".into(),
        permanent,
    }
}

pub(super) fn spoken(spot: Spot, by: Who, text: &str) -> Event {
    Event::Said {
        spot,
        by,
        speech: Speech::Message,
        reply_to: None,
        tags: Vec::new(),
        text: text.into(),
    }
}

pub(super) fn in_lobby(by: Who, text: &str) -> Event {
    spoken(Spot::Room(lobby()), by, text)
}

pub(super) fn private(by: Who, with: Who, text: &str) -> Event {
    spoken(Spot::Private { with }, by, text)
}
