//! The store's thread: a batch is committed, and only then told. A commit that fails ends it: memory is ahead of the disk.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use rusqlite::Connection;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::effect::{Answered, Delivery, Effect, Query};
use crate::mail::{Letter, Mailer};
use crate::model::ConnId;
use crate::reply::Reply;
use crate::sequencer::Commit;
use crate::store::{self, Fault, ReadTask, Writer};

/// What the thread is handed.
pub(super) enum Work {
    /// A batch.
    Commit(Box<Commit>),
    /// Something to be read from a database in memory, which has this one connection.
    Read(ReadTask),
}

/// What the thread works with.
pub(super) struct Release {
    /// The one connection that writes.
    pub writer: Writer,
    /// Who reads; absent for a database in memory.
    pub readers: Option<Sender<ReadTask>>,
    /// The shards.
    pub shards: Vec<mpsc::Sender<Delivery>>,
    /// Who takes letters.
    pub mailer: Option<Arc<Mailer>>,
    /// Who reads the configuration again.
    pub reload: Arc<Notify>,
    /// Where it is said that the thread has failed.
    pub failed: oneshot::Sender<Fault>,
}

/// So many batches at most become one transaction.
const BATCHES_MAX: usize = 64;

impl Release {
    /// Works until the sequencer is gone.
    pub fn run(mut self, work: &Receiver<Work>) {
        while let Ok(first) = work.recv() {
            // What waited for the disk together goes to it together.
            let mut commits = Vec::new();
            let waiting = std::iter::once(first).chain(work.try_iter().take(BATCHES_MAX));
            for work in waiting {
                match work {
                    Work::Commit(commit) => commits.push(*commit),
                    Work::Read(task) => task(self.writer.database()),
                }
            }
            let batches: Vec<_> = commits.iter().map(|commit| &commit.batch).collect();
            if let Err(fault) = self.writer.commit(&batches) {
                tracing::error!(%fault, "the database cannot be written; the server stops");
                // Nobody listens when the server is ending already.
                let _ = self.failed.send(fault);
                return;
            }
            for commit in commits {
                self.release(commit);
            }
        }
    }

    /// Everything in it is on disk: it is told.
    fn release(&self, commit: Commit) {
        let batch = Arc::new(commit.batch);
        for shard in &self.shards {
            // A shard that has ended has nobody to tell.
            let _ = shard.blocking_send(Delivery::Batch(Arc::clone(&batch)));
        }
        let mut consoles = commit.consoles.into_iter();
        for effect in &batch.effects {
            match effect {
                Effect::Answer { conn, reply } if *conn == ConnId::CONSOLE => {
                    if let Some(console) = consoles.next() {
                        let _ = console.send(reply.clone());
                    }
                }
                Effect::Letter {
                    to,
                    nick,
                    code,
                    lifetime,
                } => self.post(Letter::RecoveryCode {
                    account: nick.clone(),
                    code: code.clone(),
                    lifetime: *lifetime,
                    to: to.as_str().into(),
                }),
                Effect::Reload => self.reload.notify_one(),
                Effect::Query { conn, query } => self.ask(*conn, query.clone()),
                Effect::Answer { .. }
                | Effect::Close { .. }
                | Effect::Fact { .. }
                | Effect::Note { .. }
                | Effect::Row { .. } => {}
            }
        }
        for fence in commit.fences {
            let _ = fence.send(());
        }
    }

    fn post(&self, letter: Letter) {
        if let Some(mailer) = &self.mailer
            && mailer.send(letter).is_err()
        {
            tracing::warn!("a letter is not sent: limits.mail_queue are waiting");
        }
    }

    fn ask(&self, conn: ConnId, query: Box<Query>) {
        let Some(shard) = self.shards.get(conn.shard()).cloned() else {
            return;
        };
        let task = move |database: &Connection| {
            let answered = Arc::new(answer(database, &query));
            let _ = shard.blocking_send(Delivery::Answered(conn, answered));
        };
        match &self.readers {
            Some(readers) => {
                // The readers end after this thread.
                let _ = readers.send(Box::new(task));
            }
            None => task(self.writer.database()),
        }
    }
}

/// A query that fails is answered all the same: whoever asked waits for it.
fn answer(database: &Connection, query: &Query) -> Answered {
    store::answer(database, query).unwrap_or_else(|fault| {
        tracing::error!(%fault, "a query failed");
        Answered {
            reply: (!matches!(query, Query::Unread { rows: false, .. }))
                .then_some(Reply::StorageBroken),
            ..Answered::default()
        }
    })
}
