//! A server without sockets, threads and a clock, that checks itself at every step.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::Arc;

use chinwag::auth::{self, Costs};
use chinwag::command::Command;
use chinwag::command::errand::{Errand, Found};
use chinwag::config::{Argon2, Config, Durability};
use chinwag::effect::{Batch, Effect, Note, Query};
use chinwag::hub::index::Index;
use chinwag::machine::{Entry, Machine, Prepared, Stamped};
use chinwag::model::{ConnId, Rules};
use chinwag::net::shard::table::{Seat, Table};
use chinwag::server::rules;
use chinwag::state::{Durable, State};
use chinwag::store::{self, Place, Writer};
use chinwag_grammar::Time;

use super::failing::Commit;
use super::readers::Readers;
use super::secrecy::{self, SERVER_PASSWORD};

/// The least that argon2 takes.
const CHEAP: Argon2 = Argon2 {
    memory_kib: 8,
    iterations: 1,
    parallelism: 1,
};

/// 2026-09-26T14:02:00Z.
const BEGINNING_MS: i64 = 1_790_431_320_000;

pub struct World {
    pub machine: Machine,
    pub rules: Rules,
    pub now: Time,
    /// Whether the disk is too full to write.
    pub full: bool,
    pub talkers: BTreeMap<ConnId, Talker>,
    /// Those that show who they are as IRC does.
    pub clients: Vec<ConnId>,
    /// Codes that were shown, tokens among them.
    pub codes: Vec<String>,
    /// Numbers of what was said.
    pub said: Vec<u64>,
    pub conns: u64,
    pub(super) writer: Writer,
    pub(super) table: Table,
    pub(super) index: Index,
    pub(super) readers: Readers,
    /// The number of what was told last, whatever restarts there were.
    pub(super) told: u64,
    fold: State,
    seq: u64,
    pub(super) waiting: Vec<Batch>,
    /// What was durable when the last commit was made.
    committed: Durable,
    commits: Vec<Commit>,
    log: Vec<Logged>,
}

/// Somebody with a connection.
pub struct Talker {
    pub seat: Rc<Seat>,
    /// Requests that were begun, and how many of them were answered.
    pub asked: usize,
    pub answered: usize,
    /// Whether its next line is one of a message of several.
    pub in_document: bool,
}

/// What was put into the core, and what came of it.
enum Logged {
    Restarted(Box<Durable>),
    Step {
        now: Time,
        full: bool,
        entry: Box<Entry>,
        effects: Vec<Effect>,
    },
}

impl World {
    pub fn new() -> Self {
        let config = Config::load(None, []).unwrap();
        let database = store::open(&Place::Memory, Durability::Normal).unwrap();
        let (durable, _) = store::load(&database).unwrap();
        let mut world = Self {
            machine: Machine::new(durable.clone()),
            rules: Rules {
                guests: true,
                scram: true,
                login_failures_per_minute: 100,
                ..rules(&config)
            },
            now: Time::from_millis(BEGINNING_MS),
            full: false,
            talkers: BTreeMap::new(),
            clients: Vec::new(),
            codes: Vec::new(),
            said: Vec::new(),
            conns: 0,
            writer: Writer::new(database, Place::Memory),
            table: Table::default(),
            index: Index::default(),
            readers: Readers::default(),
            told: 0,
            fold: State::new(durable.clone()),
            seq: 0,
            waiting: Vec::new(),
            committed: durable,
            commits: Vec::new(),
            log: Vec::new(),
        };
        world.configure();
        world.begin();
        world
    }

    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    pub fn configure(&mut self) {
        let rules = Box::new(self.rules.clone());
        self.step(Entry::Configured { rules });
    }

    /// The process is killed: what is not in the database is gone.
    pub fn restart(&mut self) {
        let (durable, applied) = store::load(self.writer.database()).unwrap();
        assert_eq!(
            durable, self.committed,
            "what was committed is what is loaded"
        );
        self.log.push(Logged::Restarted(Box::new(durable.clone())));
        self.machine = Machine::new(durable.clone());
        self.fold = State::new(durable);
        self.seq = applied;
        self.waiting.clear();
        self.talkers.clear();
        self.clients.clear();
        self.table = Table::default();
        self.index = Index::default();
        self.readers.restart();
        self.configure();
    }

    pub fn costs(&self) -> Costs {
        Costs {
            argon2: CHEAP,
            scram: NonZeroU32::new(4).filter(|_| self.rules.scram),
        }
    }

    /// A command goes through its errand into the log.
    pub fn request(&mut self, conn: ConnId, mut command: Box<Command>) {
        let found = match self.machine.prepare(self.now, conn, &mut command) {
            Prepared::Errand(errand) if errand.is_lookup() => {
                Some(store::look_up(self.writer.database(), &errand).unwrap())
            }
            Prepared::Errand(Errand::Oper { password, .. }) => Some(Found::Oper {
                right: password.matches("boss-pass-word"),
            }),
            Prepared::Errand(errand) => {
                let password = SERVER_PASSWORD.into();
                Some(auth::errand::run(&errand, &self.costs(), Some(&password)))
            }
            Prepared::Ready => None,
            Prepared::Refused(reply) => {
                self.waiting.push(Batch {
                    applied: self.seq,
                    effects: vec![Effect::Answer { conn, reply }],
                });
                return;
            }
        };
        match &found {
            Some(Found::Code { shown, .. }) => self.codes.push(shown.expose().to_owned()),
            Some(Found::Hashed { recovery, .. }) => {
                let shown = recovery.iter().map(|(_, shown)| shown.expose().to_owned());
                self.codes.extend(shown);
            }
            _ => {}
        }
        self.step(Entry::Request {
            conn,
            command,
            found,
        });
    }

    /// One entry of the log, and everything that holds of what comes of it.
    pub fn step(&mut self, entry: Entry) {
        self.seq += 1;
        let (now, full) = (self.now, self.full);
        let asks = match &entry {
            Entry::Request { conn, .. } => self.machine.state().session(*conn).map(|_| *conn),
            Entry::Console { .. } => Some(ConnId::CONSOLE),
            _ => None,
        };
        let mut effects = Vec::new();
        let stamped = Stamped {
            seq: self.seq,
            now,
            full,
            entry: entry.clone(),
        };
        self.machine.step(stamped, &mut effects);
        for effect in &effects {
            if let Effect::Fact { fact, .. } = effect {
                self.fold.apply(fact);
            }
            if let Effect::Letter { code, .. } = effect {
                assert!(self.codes.iter().any(|known| known == code.expose()));
            }
        }
        assert!(
            self.fold == *self.machine.state(),
            "{entry:?} changed the state by more than its facts: {effects:#?}"
        );
        one_answer(asks, &effects);
        // What only its asker is shown hides itself in Debug, so nothing here may have a secret.
        let shown = format!("{entry:?} {effects:?}");
        assert_eq!(secrecy::leaks(&self.codes, &shown), None, "in {shown}");
        let keys = secrecy::keys(self.machine.state());
        assert_eq!(secrecy::leaks(&keys, &shown), None, "in {shown}");
        self.log.push(Logged::Step {
            now,
            full,
            entry: Box::new(entry),
            effects: effects.clone(),
        });
        self.waiting.push(Batch {
            applied: self.seq,
            effects,
        });
    }

    /// What waits is committed together, then told.
    pub fn flush(&mut self) {
        while !self.waiting.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            let batches: Vec<&Batch> = waiting.iter().collect();
            self.writer.commit(&batches).unwrap();
            self.committed = self.machine.state().durable().clone();
            let batches: Vec<_> = waiting.into_iter().map(Arc::new).collect();
            for batch in &batches {
                self.release(batch);
            }
            self.commits.push(Commit {
                batches,
                after: self.committed.clone(),
            });
            // Whoever was closed leaves, which is one more entry.
            self.collect();
        }
    }

    /// What holds between two acts.
    pub fn check(&mut self) {
        self.flush();
        let (durable, _) = store::load(self.writer.database()).unwrap();
        assert_eq!(
            &durable,
            self.machine.state().durable(),
            "what the store holds is what the core knows"
        );
        self.check_index();
    }

    pub fn check_secrecy(&self) {
        secrecy::check_database(&self.codes, &[], self.writer.database());
        let keys = secrecy::keys(self.machine.state());
        secrecy::check_database(&keys, &["account", "meta"], self.writer.database());
    }

    /// The same input leads to the same effects.
    pub fn play_again(&self) {
        let mut machine = Machine::new(Durable::default());
        for (seq, logged) in (1..).zip(&self.log) {
            match logged {
                Logged::Restarted(durable) => machine = Machine::new((**durable).clone()),
                Logged::Step {
                    now,
                    full,
                    entry,
                    effects,
                } => {
                    let stamped = Stamped {
                        seq,
                        now: *now,
                        full: *full,
                        entry: (**entry).clone(),
                    };
                    let mut again = Vec::new();
                    machine.step(stamped, &mut again);
                    assert_eq!(&again, effects);
                }
            }
        }
        assert!(machine.state() == self.machine.state());
    }
}

/// Whoever asks is answered once, and nobody else is.
fn one_answer(asks: Option<ConnId>, effects: &[Effect]) {
    let answers = effects.iter().filter_map(|effect| match effect {
        Effect::Answer { conn, .. } => Some(*conn),
        // The summary at login answers nothing.
        Effect::Query { conn, query } if !is_summary(query) => Some(*conn),
        _ => None,
    });
    let answers: Vec<ConnId> = answers.collect();
    assert_eq!(answers, Vec::from_iter(asks), "{effects:#?}");
    let strays = effects.iter().filter(|effect| match effect {
        // Whoever is ended by somebody else is told why.
        Effect::Note {
            note: Note::Banned { .. } | Note::Ended { .. } | Note::Killed { .. },
            ..
        } => false,
        Effect::Row { conn, .. } | Effect::Note { conn, .. } | Effect::Query { conn, .. } => {
            Some(*conn) != asks
        }
        _ => false,
    });
    assert_eq!(strays.count(), 0, "{effects:#?}");
}

/// Of what was missed, at login.
pub fn is_summary(query: &Query) -> bool {
    matches!(query, Query::Unread { rows: false, .. })
}
