//! How people come to be there: accounts, connections, logins.

use std::collections::BTreeSet;
use std::sync::Arc;

use chinwag::hub::irc::Irc;
use chinwag::machine::{Console, Entry};
use chinwag::model::credential::Digest;
use chinwag::model::session::{Door, Origin, Person, Session};
use chinwag::model::{ConnId, Role, Screen};
use chinwag::net::shard::house::setup;
use chinwag::render;
use chinwag::server::first_account;
use chinwag_grammar::{Nick, Number};

use super::{Talker, World, is_irc};

impl World {
    /// The account that an empty database gets.
    pub fn first(&mut self) {
        let console = first_account(&self.config, self.machine.state().durable());
        self.step(Entry::Console {
            console: console.expect("the database is empty"),
            found: None,
        });
    }

    /// An account is made, and logged in.
    pub fn account(&mut self, name: &str, admin: bool) {
        let nick = Nick::parse(name).unwrap();
        let password = format!("{name}-pass-word");
        let console = Console::Add {
            hashed: self.costs().hash(&password.as_str().into()),
            nick,
            role: if admin { Role::Admin } else { Role::User },
            initial: false,
        };
        self.step(Entry::Console {
            console,
            found: None,
        });
        if is_irc(name) {
            self.enters(name, name);
            return;
        }
        self.types(name, &format!("LOGIN {name} {password}"));
    }

    /// An IRC client registers and logs in.
    pub fn enters(&mut self, who: &str, name: &str) {
        self.types(who, &format!("NICK {name}"));
        self.types(who, &format!("PASS {name}:{name}-pass-word"));
        self.types(who, &format!("USER {name} 0 * :{name}"));
    }

    pub fn connect(&mut self, name: &str, how: &str) {
        let host = if how == "local" {
            "127.0.0.1"
        } else {
            "192.0.2.7"
        };
        self.connect_from(name, how, host);
    }

    pub fn connect_from(&mut self, name: &str, how: &str, host: &str) {
        self.connect_with(name, how, host, None);
    }

    /// Over TLS, with a client certificate.
    pub fn connect_certified(&mut self, name: &str, fingerprint: &str) {
        let digest = Digest::from_hex(fingerprint).expect("a fingerprint");
        self.connect_with(name, "tls", "192.0.2.7", Some(digest));
    }

    fn connect_with(&mut self, name: &str, how: &str, host: &str, certificate: Option<Digest>) {
        self.conns += 1;
        let conn = ConnId::new(0, self.conns);
        let loopback = match how {
            "local" => true,
            "remote" | "tls" => false,
            other => panic!("no such way to connect: {other}"),
        };
        let origin = Origin {
            door: if is_irc(name) {
                Door::Irc
            } else {
                Door::Netcat
            },
            host: host.into(),
            network: host.into(),
            loopback,
            tls: how == "tls",
            certificate,
        };
        let limit = self.config.limits.send_queue_bytes;
        let seat = if is_irc(name) {
            let irc = Irc::new(Arc::new(setup(&self.config)), how == "tls");
            self.table.insert_irc(conn, limit, irc)
        } else {
            self.table.insert(conn, limit)
        };
        let people = self.machine.state().live().present.len();
        let name_of_server = &self.config.server.name;
        let greeting = render::plain::greeting(name_of_server, people, loopback || origin.tls);
        if !is_irc(name) {
            seat.desk.borrow_mut().outbox.push_last(greeting.into());
        }
        self.people.insert(name.to_owned(), Talker { conn, seat });
        let session = Session {
            conn,
            origin,
            since: self.now,
            person: Person::Nobody,
            authenticated: None,
            scram: None,
            admitted: self.config.server.password.is_none(),
            real_name: None,
            screen: Screen::default(),
            talk: None,
            last_private: None,
            pending: BTreeSet::new(),
            login_number: Number::default(),
        };
        self.step(Entry::Connected {
            session: Box::new(session),
        });
        self.collect();
    }
}
