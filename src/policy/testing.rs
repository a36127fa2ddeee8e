//! A small state that events have built: the accounts admin, alice and bob, and whoever connects.

use std::collections::BTreeSet;

use chinwag_grammar::{Nick, Number, Time};

use crate::config::Config;
use crate::model::credential::Verifier;
use crate::model::session::Person;
use crate::model::{AccountId, ConnId, Door, Event, Origin, Role, Screen, Session, Settings, Who};
use crate::reply::Reply;
use crate::state::{Durable, State};

pub(crate) const NOW: Time = Time::from_millis(1_000_000);

pub(crate) struct World {
    pub(crate) state: State,
    conns: u64,
}

impl World {
    pub(crate) fn new() -> Self {
        let rules = crate::server::rules(&Config::default());
        let state = State::new(Durable {
            rules: Some(Box::new(rules)),
            ..Durable::default()
        });
        let mut world = Self { state, conns: 0 };
        for (id, name) in (1..).zip(["admin", "alice", "bob"]) {
            let role = if id == 1 { Role::Admin } else { Role::User };
            world.happen(Event::Registered {
                who: Who {
                    account: Some(AccountId(id)),
                    nick: Nick::parse(name).unwrap(),
                },
                hashed: Verifier::from_phc(String::new()).into(),
                email: None,
                role,
                initial_password: false,
                recovery: Vec::new(),
            });
        }
        world
    }

    pub(crate) fn happen(&mut self, event: Event) {
        let fact = self.state.fact(NOW, event);
        self.state.apply(&fact);
    }

    pub(crate) fn who(&self, name: &str) -> Who {
        let nick = Nick::parse(name).unwrap();
        self.state.person_named(&nick.folded()).unwrap()
    }

    /// Somebody connects from there, and is nobody yet.
    pub(crate) fn connects(&mut self, host: &str) -> ConnId {
        self.conns += 1;
        let conn = ConnId::new(0, self.conns);
        let session = Session {
            conn,
            origin: Origin {
                door: Door::Netcat,
                host: host.into(),
                network: host.into(),
                loopback: host == "127.0.0.1",
                tls: false,
                certificate: None,
            },
            since: NOW,
            person: Person::Nobody,
            authenticated: None,
            scram: None,
            real_name: None,
            admitted: true,
            screen: Screen::default(),
            talk: None,
            last_private: None,
            pending: BTreeSet::new(),
            login_number: Number::default(),
        };
        let session = Box::new(session);
        self.happen(Event::Connected { session });
        conn
    }

    /// An account logs in from 192.0.2.7.
    pub(crate) fn enters(&mut self, name: &str) -> ConnId {
        let conn = self.connects("192.0.2.7");
        let who = self.who(name);
        self.happen(Event::LoggedIn {
            conn,
            who,
            limits: None,
            rooms: Vec::new(),
            settings: Settings::default(),
            ignored: Vec::new(),
            pending: Vec::new(),
        });
        conn
    }

    pub(crate) fn opers(&mut self, conn: ConnId) {
        let who = self.state.who(conn).unwrap();
        let name = Some("boss".into());
        self.happen(Event::Opered { conn, who, name });
    }

    pub(crate) fn leaves(&mut self, conn: ConnId) {
        self.happen(Event::Disconnected { conn });
    }
}

/// The code of a refusal; nothing where it was none.
pub(crate) fn code(result: Result<(), Reply>) -> &'static str {
    result.err().and_then(|why| why.code()).unwrap_or("")
}
