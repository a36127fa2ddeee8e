//! The thread that owns the state: it takes what shards and the command line ask, in one order, and makes batches of it.
//!
//! While the store syncs one batch, the next one grows here: group commit needs no timer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chinwag_grammar::Time;
use tokio::sync::{mpsc, oneshot};

use crate::command::Command;
use crate::command::errand::{Errand, Found};
use crate::effect::{Batch, Effect};
use crate::log::Log;
use crate::machine::{Console, Entry, Machine, Prepared};
use crate::model::ConnId;
use crate::reply::Reply;
use crate::state::State;

/// What the sequencer is asked.
pub enum Input {
    /// The command line of the server asks, and waits until it is on disk.
    Console {
        /// What.
        console: Console,
        /// Where the answer goes.
        answer: oneshot::Sender<Reply>,
    },
    /// Something that is no request.
    Entry(Entry),
    /// An errand is done.
    Found {
        /// Whose.
        conn: ConnId,
        /// The command that waited for it.
        command: Box<Command>,
        /// What came of it.
        found: Found,
    },
    /// Somebody wants to know when everything before this is on disk and told to the shards.
    Fence(oneshot::Sender<()>),
    /// Somebody looks at the state.
    Inspect(Box<dyn FnOnce(&State) + Send>),
    /// A session asks.
    Request {
        /// Which.
        conn: ConnId,
        /// What.
        command: Box<Command>,
    },
}

/// A batch on its way to the store, with those who wait for their answers outside of any shard.
#[derive(Default)]
pub struct Commit {
    /// The batch.
    pub batch: Batch,
    /// For each `Effect::Answer` of the console, where it goes.
    pub consoles: Vec<oneshot::Sender<Reply>>,
    /// Who wants to know when it is released.
    pub fences: Vec<oneshot::Sender<()>>,
}

/// Does an errand elsewhere, and sends what came of it back as `Input::Found`; gives the command back where too much is
/// to be done already.
pub type Errands = Box<dyn Fn(ConnId, Box<Command>, Errand) -> Result<(), Box<Command>> + Send>;

/// Takes a batch; `false` when the store is gone.
pub type Commits = Box<dyn Fn(Commit) -> bool + Send>;

/// The parts that the sequencer works with.
pub struct Sequencer {
    /// The core.
    pub machine: Machine,
    /// The order.
    pub log: Box<dyn Log>,
    /// What is asked.
    pub inputs: mpsc::Receiver<Input>,
    /// Where batches go.
    pub commits: Commits,
    /// Who does slow work.
    pub errands: Errands,
    /// Whether the disk is too full to write.
    pub is_full: Box<dyn FnMut() -> bool + Send>,
    /// How many people are here, for greetings.
    pub people: Arc<AtomicUsize>,
    /// What the clock says, for what is refused before it comes into the log.
    pub clock: fn() -> Time,
    /// Inputs in one batch, at most.
    pub batch_size: usize,
}

impl Sequencer {
    /// Works until nobody can ask any more, or the store is gone.
    pub fn run(mut self) {
        let mut inputs = Vec::with_capacity(self.batch_size);
        while self.inputs.blocking_recv_many(&mut inputs, self.batch_size) > 0 {
            let full = (self.is_full)();
            let mut commit = Commit::default();
            for input in inputs.drain(..) {
                self.take(input, full, &mut commit);
            }
            self.tell_people();
            if commit.batch.effects.is_empty() && commit.fences.is_empty() {
                continue;
            }
            if !(self.commits)(commit) {
                // The store has failed and said so.
                return;
            }
        }
    }

    fn take(&mut self, input: Input, full: bool, commit: &mut Commit) {
        match input {
            Input::Console { console, answer } => {
                commit.consoles.push(answer);
                let found = None;
                self.step(Entry::Console { console, found }, full, commit);
            }
            Input::Entry(entry) => self.step(entry, full, commit),
            Input::Fence(fence) => commit.fences.push(fence),
            Input::Found {
                conn,
                command,
                found,
            } => self.request(conn, command, Some(found), full, commit),
            Input::Inspect(look) => look(self.machine.state()),
            Input::Request { conn, mut command } => {
                match self.machine.prepare((self.clock)(), conn, &mut command) {
                    Prepared::Errand(errand) => {
                        if let Err(command) = (self.errands)(conn, command, errand) {
                            self.request(conn, command, Some(Found::Busy), full, commit);
                        }
                    }
                    Prepared::Ready => self.request(conn, command, None, full, commit),
                    Prepared::Refused(reply) => {
                        commit.batch.effects.push(Effect::Answer { conn, reply });
                    }
                }
            }
        }
    }

    fn request(
        &mut self,
        conn: ConnId,
        command: Box<Command>,
        found: Option<Found>,
        full: bool,
        commit: &mut Commit,
    ) {
        let request = Entry::Request {
            conn,
            command,
            found,
        };
        self.step(request, full, commit);
    }

    fn step(&mut self, entry: Entry, full: bool, commit: &mut Commit) {
        self.log.offer(entry, full);
        while let Some(stamped) = self.log.take() {
            commit.batch.applied = stamped.seq;
            self.machine.step(stamped, &mut commit.batch.effects);
        }
    }

    fn tell_people(&self) {
        let live = self.machine.state().live();
        let people = live.present.len() + live.guests.len();
        self.people.store(people, Ordering::Relaxed);
    }
}
