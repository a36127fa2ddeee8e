//! Listening: binds the configured addresses, and hands what it accepts to the shards in turn.

mod bound;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::mpsc::Sender;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::sleep;

use super::admission::{Admission, Place};
use super::stream::{Accepted, Socket};

pub use bound::{Bound, ListenError};

/// Without room for another file, or for any other reason that stays, so long until the next try.
const PAUSE: Duration = Duration::from_millis(100);

/// A connection on its way to a shard.
#[derive(Debug)]
pub struct Arrival {
    /// The socket, to be registered with the runtime of the shard.
    pub socket: Accepted,
    /// Which of the configured listeners it came by.
    pub listener: usize,
    /// Its place in the count of connections.
    pub place: Place,
}

/// Where arrivals go, each to the next shard. Clones take turns together.
#[derive(Clone, Debug)]
pub struct Shards {
    senders: Arc<[Sender<Arrival>]>,
    next: Arc<AtomicUsize>,
}

/// No shard takes connections any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended;

impl Shards {
    /// The shards, by their channels. Channels are short: what waits there waits in the listener's queue as well.
    #[must_use]
    pub fn new(senders: Vec<Sender<Arrival>>) -> Self {
        Self {
            senders: senders.into(),
            next: Arc::default(),
        }
    }

    /// Hands an arrival to the next shard that has room, or waits for the one whose turn it is.
    ///
    /// # Errors
    /// When every shard has ended.
    pub async fn hand(&self, mut arrival: Arrival) -> Result<(), Ended> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let in_turn = || (0..self.senders.len()).map(|place| self.shard(first, place));
        for shard in in_turn() {
            match shard.try_send(arrival) {
                Ok(()) => return Ok(()),
                Err(TrySendError::Full(back) | TrySendError::Closed(back)) => arrival = back,
            }
        }
        for shard in in_turn() {
            match shard.send(arrival).await {
                Ok(()) => return Ok(()),
                Err(back) => arrival = back.0,
            }
        }
        Err(Ended)
    }

    fn shard(&self, first: usize, place: usize) -> &Sender<Arrival> {
        &self.senders[first.wrapping_add(place) % self.senders.len()]
    }
}

impl Bound {
    /// Accepts until every shard has ended; to be dropped for another end.
    pub async fn serve(&self, admission: &Admission, shards: &Shards) {
        loop {
            let accepted = self.accept().await.and_then(Socket::unregister);
            if self.accepted(accepted, admission, shards).await == Err(Ended) {
                return;
            }
        }
    }

    async fn accepted(
        &self,
        accepted: io::Result<Accepted>,
        admission: &Admission,
        shards: &Shards,
    ) -> Result<(), Ended> {
        let socket = match accepted {
            Ok(socket) => socket,
            Err(error) if is_of_one_client(&error) => return Ok(()),
            Err(error) => {
                tracing::warn!(address = %self.address, %error, "cannot accept connections");
                sleep(PAUSE).await;
                return Ok(());
            }
        };
        let Some(place) = admission.enter() else {
            tracing::debug!(address = %self.address, "limits.max_connections is reached");
            return Ok(());
        };
        let arrival = Arrival {
            socket,
            listener: self.listener,
            place,
        };
        shards.hand(arrival).await
    }
}

/// Whoever left before being accepted is no trouble to others.
fn is_of_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

#[cfg(test)]
mod tests;
