//! Where errands are done: messages are looked up by the store's readers, all else is computed in the pool.

use std::sync::mpsc::SyncSender;
use std::sync::{Arc, RwLock};
use std::thread;

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use super::release::Work;
use crate::auth::{self, Pool};
use crate::command::Command;
use crate::command::errand::{Errand, Found};
use crate::config::Config;
use crate::model::ConnId;
use crate::sequencer::{Errands, Input};
use crate::store::{self, ReadTask, Readers};

/// Looks messages up in the store, and does everything else in the pool. What came of it comes back as an input; the
/// sender is weak, since the sequencer would otherwise keep its own queue open.
pub(super) fn errands(
    current: &Arc<RwLock<Arc<Config>>>,
    inputs: &mpsc::Sender<Input>,
    readers: Option<&Readers>,
    work: SyncSender<Work>,
) -> anyhow::Result<Errands> {
    let read =
        |current: &RwLock<Arc<Config>>| Arc::clone(&current.read().expect("nobody panics with it"));
    let pool = Pool::start(&read(current).limits)?;
    let (current, inputs) = (Arc::clone(current), inputs.downgrade());
    let readers = readers.map(Readers::tasks);
    let answer = match &readers {
        Some(_) => send_back,
        None => send_back_aside,
    };
    Ok(Box::new(move |conn, command, errand| {
        let inputs = inputs.clone();
        if errand.is_lookup() {
            let task: ReadTask = Box::new(move |database| {
                let found = store::look_up(database, &errand).unwrap_or_else(|fault| {
                    tracing::error!(%fault, "the store cannot look something up");
                    Found::Busy
                });
                answer(&inputs, conn, command, found);
            });
            // The threads that read end after this one.
            match &readers {
                Some(readers) => drop(readers.send(task)),
                None => drop(work.send(Work::Read(task))),
            }
            return Ok(());
        }
        let (config, spare) = (read(&current), command.clone());
        let task = move || {
            let found = computed(&config, &errand);
            send_back(&inputs, conn, command, found);
        };
        pool.spawn(task).map_err(|_| spare)
    }))
}

fn computed(config: &Config, errand: &Errand) -> Found {
    if let Errand::Oper { name, password } = errand {
        let right =
            auth::operator::is_right(&config.operator, name, password, &config.accounts.argon2);
        return Found::Oper { right };
    }
    let costs = auth::Costs::of(&config.accounts);
    auth::errand::run(errand, &costs, config.server.password.as_ref())
}

fn send_back(inputs: &mpsc::WeakSender<Input>, conn: ConnId, command: Box<Command>, found: Found) {
    if let Some(inputs) = inputs.upgrade() {
        // Nobody waits for it any more when the server has ended.
        let _ = inputs.blocking_send(Input::Found {
            conn,
            command,
            found,
        });
    }
}

/// The same for the store's thread, which must not wait: the sequencer may be waiting for it.
fn send_back_aside(
    inputs: &mpsc::WeakSender<Input>,
    conn: ConnId,
    command: Box<Command>,
    found: Found,
) {
    let Some(inputs) = inputs.upgrade() else {
        return;
    };
    let input = Input::Found {
        conn,
        command,
        found,
    };
    if let Err(TrySendError::Full(input)) = inputs.try_send(input) {
        // Nobody waits for it any more when the server has ended.
        thread::spawn(move || drop(inputs.blocking_send(input)));
    }
}

#[cfg(test)]
mod tests {
    use chinwag_grammar::plain;

    use super::*;

    #[test]
    fn the_store_waits_for_no_room_in_the_queue_of_the_sequencer() {
        let (inputs, mut waiting) = mpsc::channel(1);
        let request = plain::parse("SHOW 1").unwrap();
        let command = Box::new(Command::read(request.rule.name, &request.args).unwrap());
        for number in 1..=3 {
            let (conn, found) = (ConnId::new(0, number), Found::Busy);
            send_back_aside(&inputs.downgrade(), conn, command.clone(), found);
        }
        for _ in 0..3 {
            assert!(matches!(waiting.blocking_recv(), Some(Input::Found { .. })));
        }
    }
}
