//! A whole server without sockets, threads and a clock: the core, a database in memory, and what a shard tells its
//! connections.

mod arrivals;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::Arc;

use bytes::BytesMut;
use chinwag::auth::{self, Costs};
use chinwag::command::Command;
use chinwag::command::errand::{Errand, Found};
use chinwag::config::{Argon2, Config, Durability};
use chinwag::effect::{Batch, Delivery, Effect};
use chinwag::hub::plain::Line;
use chinwag::machine::{Entry, Machine, Prepared, Stamped};
use chinwag::model::ConnId;
use chinwag::net::codec::{self, LineCodec};
use chinwag::net::connection::desk::End;
use chinwag::net::shard::table::{Seat, Table};
use chinwag::server::rules;
use chinwag::store::{self, Place, Writer};
use chinwag_grammar::{Span, Time};
use tokio_util::codec::Decoder;

use super::lines::{check_irc_line, check_line, is_irc};
use super::secrets::Secrets;
use super::spell;

/// The least that argon2 takes.
const CHEAP: Argon2 = Argon2 {
    memory_kib: 8,
    iterations: 1,
    parallelism: 1,
};

/// The body of a line of IRC, and its tags.
const IRC_LINE_BYTES: usize = 512 + 8_191;

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
            writer: Writer::new(database, place),
            table: Table::new(&config.server.name),
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
        let in_flight = limits.in_flight;
        let limit = if is_irc(who) {
            IRC_LINE_BYTES
        } else {
            limits.request_bytes
        };
        let (mut codec, mut bytes) = (LineCodec::new(limit), BytesMut::from(bytes));
        let talker = &self.people[who];
        let (conn, seat) = (talker.conn, Rc::clone(&talker.seat));
        let mut waiting = Vec::new();
        while let Some(line) = codec.decode(&mut bytes).unwrap() {
            if !seat.desk.borrow().talker.is_ready(in_flight) {
                self.requests(conn, &seat, &mut waiting);
            }
            if seat.desk.borrow().end() != End::Open {
                break;
            }
            let line = match &line {
                codec::Line::NotUtf8 => Line::NotUtf8,
                codec::Line::Text(text) => Line::Text(text),
                codec::Line::TooLong => Line::TooLong(limit),
            };
            let screen = self.table.screen(conn);
            let command = seat.desk.borrow_mut().line(line, &screen);
            waiting.extend(command);
        }
        self.requests(conn, &seat, &mut waiting);
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
        self.table = Table::new(&self.config.server.name);
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

    /// What was asked, and what a line of IRC asks besides.
    fn requests(&mut self, conn: ConnId, seat: &Seat, waiting: &mut Vec<Command>) {
        for command in waiting.drain(..) {
            self.request(conn, Box::new(command));
        }
        loop {
            let command = seat.desk.borrow_mut().talker.command();
            let Some(command) = command else {
                return;
            };
            self.request(conn, Box::new(command));
        }
    }

    fn request(&mut self, conn: ConnId, mut command: Box<Command>) {
        let found = match self.machine.prepare(self.now, conn, &mut command) {
            Prepared::Errand(Errand::Oper { name, password }) => {
                let operators = &self.config.operator;
                let right = auth::operator::is_right(operators, &name, &password, &CHEAP);
                Some(Found::Oper { right })
            }
            Prepared::Errand(errand) if errand.is_lookup() => {
                Some(store::look_up(self.writer.database(), &errand).unwrap())
            }
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
        let batch = Arc::new(batch);
        self.table.deliver(&Delivery::Batch(Arc::clone(&batch)));
        for effect in &batch.effects {
            match effect {
                Effect::Query { conn, query } => {
                    let answered = store::answer(self.writer.database(), query).unwrap();
                    let answered = Arc::new(answered);
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
                    if is_irc(name) {
                        check_irc_line(line);
                    } else {
                        check_line(line);
                    }
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
