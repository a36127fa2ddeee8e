//! A shard: a thread that owns its connections, and tells them what the store has released.
//!
//! - `house`: what its connections share.
//! - `table`: its connections, and what is delivered to them.

pub mod house;
pub mod table;

use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::timeout;

use super::connection;
use super::listen::Arrival;
use super::tls::Reloadable;
use crate::config::Config;
use crate::effect::Delivery;
use crate::sequencer::Input;
use house::House;

/// Arrivals that may wait: more wait in the listener's queue as well.
const ARRIVALS_WAITING: usize = 64;

/// A shard; it lives in its thread, and is reached by its handle.
pub struct Shard {
    house: Rc<House>,
    accepted: mpsc::Receiver<Arrival>,
    deliveries: mpsc::Receiver<Delivery>,
    orders: mpsc::Receiver<Drain>,
    /// Who wants to know when everybody is answered.
    waiting: Vec<oneshot::Sender<()>>,
}

/// What a shard is made of.
pub struct Parts {
    /// Where commands go.
    pub inputs: mpsc::Sender<Input>,
    /// The limits, the listeners and the name of the server.
    pub config: Arc<Config>,
    /// The certificate; without one, TLS is refused.
    pub tls: Option<Arc<Reloadable>>,
    /// How many people are here, for greetings.
    pub people: Arc<AtomicUsize>,
}

/// How a shard is reached.
#[derive(Debug)]
pub struct Handle {
    /// Where its connections come from.
    pub accepted: mpsc::Sender<Arrival>,
    /// Where it is told what the store has released.
    pub deliveries: mpsc::Sender<Delivery>,
    orders: mpsc::Sender<Drain>,
    thread: thread::JoinHandle<()>,
    patience: Duration,
}

/// Nothing more is to be read; to be told when everything is answered.
struct Drain(oneshot::Sender<()>);

impl Shard {
    /// Starts the thread of a shard.
    ///
    /// # Errors
    /// When the system has no room for it.
    pub fn start(number: u16, parts: Parts) -> io::Result<Handle> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (accepted, arrivals) = mpsc::channel(ARRIVALS_WAITING);
        let waiting = parts.config.limits.batches_waiting.max(1);
        let (deliveries, delivered) = mpsc::channel(waiting);
        let (orders, ordered) = mpsc::channel(1);
        let patience = Duration::from_millis(parts.config.server.shutdown_timeout.millis());
        let thread = thread::Builder::new()
            .name(format!("shard {number}"))
            .spawn(move || {
                let shard = Self {
                    house: Rc::new(House::new(number, parts)),
                    accepted: arrivals,
                    deliveries: delivered,
                    orders: ordered,
                    waiting: Vec::new(),
                };
                shard.run(&runtime);
            })?;
        Ok(Handle {
            accepted,
            deliveries,
            orders,
            thread,
            patience,
        })
    }

    fn run(mut self, runtime: &Runtime) {
        // Whoever is still at the door is dropped with it.
        let tasks = LocalSet::new();
        tasks.block_on(runtime, async {
            self.work().await;
            self.end().await;
        });
    }

    /// Works until its handle is dropped.
    async fn work(&mut self) {
        loop {
            let draining = self.house.draining.get();
            tokio::select! {
                order = self.orders.recv() => {
                    let Some(Drain(answer)) = order else {
                        return;
                    };
                    self.house.draining.set(true);
                    self.house.table.borrow().wake_all();
                    self.waiting.push(answer);
                }
                Some(delivery) = self.deliveries.recv() => self.deliver(&delivery),
                Some(arrival) = self.accepted.recv(), if !draining => {
                    spawn_local(connection::serve(Rc::clone(&self.house), arrival));
                }
                () = self.house.settled.notified(), if draining => {}
            }
            if !self.waiting.is_empty() && self.house.table.borrow().is_drained() {
                for answer in self.waiting.drain(..) {
                    // Whoever asked has waited long enough.
                    let _ = answer.send(());
                }
            }
        }
    }

    /// Tells what there is to tell, and closes every connection.
    async fn end(mut self) {
        self.house.draining.set(true);
        while let Ok(delivery) = self.deliveries.try_recv() {
            self.deliver(&delivery);
        }
        self.house.table.borrow().close_all();
        let patience = self.house.patience();
        if timeout(patience, self.emptied()).await.is_err() {
            let connections = self.house.open.get();
            tracing::info!(connections, "closed without their last words");
        }
    }

    /// Goes on taking what it is told, which nobody hears any more, so that the store does not wait for it.
    async fn emptied(&mut self) {
        while self.house.open.get() > 0 {
            tokio::select! {
                Some(delivery) = self.deliveries.recv() => self.deliver(&delivery),
                () = self.house.settled.notified() => {}
            }
        }
    }

    fn deliver(&self, delivery: &Delivery) {
        self.house.table.borrow_mut().deliver(delivery);
    }
}

impl Handle {
    /// Has nothing more read, and waits until everything is answered, as long as the configuration allows; whether it
    /// is.
    pub async fn drain(&self) -> bool {
        let (answer, answered) = oneshot::channel();
        // The time runs from here: an order that is not taken is not answered either.
        let drained =
            async { self.orders.send(Drain(answer)).await.is_ok() && answered.await.is_ok() };
        timeout(self.patience, drained).await.unwrap_or(false)
    }

    /// Writes what is queued, closes every connection and waits for the thread. It blocks.
    ///
    /// # Errors
    /// When the thread panicked.
    pub fn end(self) -> thread::Result<()> {
        drop(self.orders);
        self.thread.join()
    }
}

#[cfg(test)]
mod tests;
