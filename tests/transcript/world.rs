//! A whole server without sockets, threads and a clock: the core, a database in memory, and what a shard tells its
//! connections.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::rc::Rc;

use bytes::BytesMut;
use chinwag::auth::{self, Costs};
use chinwag::command::Command;
use chinwag::command::errand::{Errand, Found};
use chinwag::config::{Argon2, Config, Durability};
use chinwag::effect::{Batch, Delivery, Effect};
use chinwag::hub::plain::Line;
use chinwag::machine::{Console, Entry, Machine, Prepared, Stamped};
use chinwag::model::credential::Digest;
use chinwag::model::session::{Door, Origin, Person, Session};
use chinwag::model::{ConnId, Role, Screen};
use chinwag::net::codec::{self, LineCodec};
use chinwag::net::connection::desk::End;
use chinwag::net::shard::table::{Seat, Table};
use chinwag::render;
use chinwag::server::{first_account, rules};
use chinwag::store::{self, Place, Writer};
use chinwag_grammar::{Nick, Number, Span, Time};
use tokio_util::codec::Decoder;

use super::secrets::Secrets;
use super::spell;

/// The least that argon2 takes.
const CHEAP: Argon2 = Argon2 {
    memory_kib: 8,
    iterations: 1,
    parallelism: 1,
};

/// 2026-09-26T14:02:00Z, when every transcript begins.
const BEGINNING_MS: i64 = 1_790_431_320_000;

pub struct World {
    config: Config,
    machine: Machine,
    writer: Writer,
    table: Table,
    people: BTreeMap<String, Talker>,
    secrets: Secrets,
    now: Time,
    seq: u64,
    conns: u64,
    seen: Vec<(String, String)>,
}

/// Somebody with a connection.
struct Talker {
    conn: ConnId,
    seat: Rc<Seat>,
}

impl World {
    pub fn new(configuration: &str) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), configuration).unwrap();
        let mut config = Config::load(Some(file.path()), []).unwrap_or_else(|mistakes| {
            let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            panic!("the configuration: {}", told.join("; "))
        });
        config.accounts.argon2 = CHEAP;
        let place = Place::Memory;
        let database = store::open(&place, Durability::Normal).unwrap();
        let (durable, _) = store::load(&database).unwrap();
        let mut world = Self {
            machine: Machine::new(durable),
            writer: Writer::new(database, place).unwrap(),
            table: Table::default(),
            people: BTreeMap::new(),
            secrets: Secrets::default(),
            now: Time::from_millis(BEGINNING_MS),
            seq: 0,
            conns: 0,
            seen: Vec::new(),
            config,
        };
        world.configure();
        world
    }

    // ---- what the script orders

    /// Somebody types a line.
    pub fn types(&mut self, who: &str, typed: &str) {
        let typed = self.secrets.meant(&spell::meant(typed)) + "\r\n";
        self.sends(who, typed.as_bytes());
    }

    /// Somebody sends bytes: the lines in them are read before any is answered, as far as a line may be.
    pub fn sends(&mut self, who: &str, bytes: &[u8]) {
        if !self.people.contains_key(who) {
            self.connect(who, "local");
            self.forget_seen();
        }
        self.now = self.now.plus(Span::seconds(1));
        let limits = &self.config.limits;
        let (limit, in_flight) = (limits.request_bytes, limits.in_flight);
        let (mut codec, mut bytes) = (LineCodec::new(limit), BytesMut::from(bytes));
        let talker = &self.people[who];
        let (conn, seat) = (talker.conn, Rc::clone(&talker.seat));
        let mut waiting = Vec::new();
        while let Some(line) = codec.decode(&mut bytes).unwrap() {
            if !seat.desk.borrow().plain.is_ready(in_flight) {
                self.requests(conn, &mut waiting);
            }
            if seat.desk.borrow().end() != End::Open {
                break;
            }
            let line = match &line {
                codec::Line::NotUtf8 => Line::NotUtf8,
                codec::Line::Text(text) => Line::Text(text),
                codec::Line::TooLong => Line::TooLong(limit),
            };
            let mut shows = Vec::new();
            let command = seat.desk.borrow_mut().plain.line(line, &mut shows);
            seat.desk.borrow_mut().show(shows, &self.table.screen(conn));
            waiting.extend(command);
        }
        self.requests(conn, &mut waiting);
        self.collect();
    }

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
        self.types(name, &format!("LOGIN {name} {password}"));
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
            door: Door::Netcat,
            host: host.into(),
            network: host.into(),
            loopback,
            tls: how == "tls",
            certificate,
        };
        let seat = self.table.insert(conn, self.config.limits.send_queue_bytes);
        let people = self.machine.state().live().present.len();
        let name_of_server = &self.config.server.name;
        let greeting = render::plain::greeting(name_of_server, people, loopback || origin.tls);
        seat.desk.borrow_mut().outbox.push_last(greeting.into());
        self.people.insert(name.to_owned(), Talker { conn, seat });
        let session = Session {
            conn,
            origin,
            since: self.now,
            person: Person::Nobody,
            authenticated: None,
            scram: None,
            admitted: self.config.server.password.is_none(),
            screen: Screen::default(),
            talk: None,
            last_private: None,
            pending: std::collections::BTreeSet::new(),
            login_number: Number::default(),
        };
        self.step(Entry::Connected {
            session: Box::new(session),
        });
        self.collect();
    }

    pub fn hangs_up(&mut self, name: &str) {
        let talker = self
            .people
            .remove(name)
            .expect("somebody of that name is connected");
        self.leaves(talker.conn);
        self.collect();
    }

    pub fn later(&mut self, span: Span) {
        self.now = self.now.plus(span);
    }

    pub fn tick(&mut self) {
        self.step(Entry::Ticked);
        self.collect();
    }

    pub fn shut_down(&mut self) {
        self.step(Entry::ShuttingDown { why: "".into() });
        self.collect();
    }

    /// The process is killed: what is not in the database is gone.
    pub fn restart(&mut self) {
        let (durable, applied) = store::load(self.writer.database()).unwrap();
        assert_eq!(&durable, self.machine.state().durable());
        self.machine = Machine::new(durable);
        self.seq = applied;
        self.table = Table::default();
        self.people.clear();
        self.configure();
    }

    // ---- what is seen

    /// What everybody saw since the last time, in order.
    pub fn seen(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.seen)
    }

    pub fn forget_seen(&mut self) {
        self.seen.clear();
    }

    /// What holds after every script.
    pub fn check(&self) {
        let (durable, _) = store::load(self.writer.database()).unwrap();
        assert_eq!(
            &durable,
            self.machine.state().durable(),
            "what the store holds is what the core knows"
        );
    }

    // ---- the server

    fn configure(&mut self) {
        let rules = Box::new(rules(&self.config));
        self.step(Entry::Configured { rules });
    }

    fn costs(&self) -> Costs {
        Costs {
            argon2: CHEAP,
            scram: NonZeroU32::new(4).filter(|_| self.config.accounts.scram),
        }
    }

    fn requests(&mut self, conn: ConnId, waiting: &mut Vec<Command>) {
        for command in waiting.drain(..) {
            self.request(conn, Box::new(command));
        }
    }

    fn request(&mut self, conn: ConnId, mut command: Box<Command>) {
        let found = match self.machine.prepare(self.now, conn, &mut command) {
            Prepared::Errand(Errand::Message { number }) => Some(Found::Message {
                meta: store::message(self.writer.database(), number).unwrap(),
            }),
            Prepared::Errand(errand) => {
                let password = self.config.server.password.as_ref();
                Some(auth::errand::run(&errand, &self.costs(), password))
            }
            Prepared::Ready => None,
            Prepared::Refused(reply) => {
                let effects = vec![Effect::Answer { conn, reply }];
                self.release(Batch {
                    applied: self.seq,
                    effects,
                });
                return;
            }
        };
        self.step(Entry::Request {
            conn,
            command,
            found,
        });
    }

    fn step(&mut self, entry: Entry) {
        self.seq += 1;
        let stamped = Stamped {
            seq: self.seq,
            now: self.now,
            full: false,
            entry,
        };
        let mut batch = Batch {
            applied: self.seq,
            effects: Vec::new(),
        };
        self.machine.step(stamped, &mut batch.effects);
        self.release(batch);
    }

    /// Committed, then told.
    fn release(&mut self, batch: Batch) {
        self.writer.commit(&[&batch]).unwrap();
        let batch = std::sync::Arc::new(batch);
        self.table
            .deliver(&Delivery::Batch(std::sync::Arc::clone(&batch)));
        for effect in &batch.effects {
            match effect {
                Effect::Query { conn, query } => {
                    let answered = store::answer(self.writer.database(), query).unwrap();
                    let answered = std::sync::Arc::new(answered);
                    self.table.deliver(&Delivery::Answered(*conn, answered));
                }
                Effect::Letter { to, code, .. } => {
                    let letter = format!("a letter with {}", code.expose());
                    self.seen
                        .push((to.to_string(), self.secrets.named(&letter)));
                }
                _ => {}
            }
        }
    }

    /// Takes what everybody was told; who is closed has gone.
    fn collect(&mut self) {
        loop {
            let mut closed = Vec::new();
            for (name, talker) in &self.people {
                let mut desk = talker.seat.desk.borrow_mut();
                let told = spell::without_telnet(&desk.outbox.take().concat());
                for line in String::from_utf8(told).unwrap().split_terminator("\r\n") {
                    check_line(line);
                    self.seen.push((name.clone(), self.secrets.named(line)));
                }
                if desk.end() != End::Open {
                    closed.push(name.clone());
                }
            }
            if closed.is_empty() {
                return;
            }
            for name in closed {
                let talker = self.people.remove(&name).unwrap();
                self.seen.push((name, "(closed)".into()));
                self.leaves(talker.conn);
            }
        }
    }

    fn leaves(&mut self, conn: ConnId) {
        self.table.remove(conn);
        self.step(Entry::Disconnected { conn, why: None });
    }
}

/// Every line that anybody sees is one of the dialect.
fn check_line(line: &str) {
    let known = chinwag_grammar::plain::replies().matches("line", line);
    assert!(known, "grammar/plain.abnf does not cover {line:?}");
}
