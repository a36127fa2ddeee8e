//! What the server knows. It changes in `apply` alone, by events; everybody else reads.
//!
//! - `durable`: what the store holds as well: `load(database) == Durable`.
//! - `live`: who is connected; gone with the process.
//! - `monitors`: names that connections watch.
//! - `apply`: the events, one function a kind.
//! - `find`: questions that commands and policies ask.

mod apply;
mod durable;
mod find;
mod live;
mod monitors;

use chinwag_grammar::{Number, Time};

use crate::model::{Event, Fact, Rules};

pub use durable::{Durable, Invitation};
pub use live::{Away, ClearOffer, Gone, Live};
pub use monitors::Monitors;

/// What the server knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    durable: Durable,
    live: Live,
}

impl State {
    /// Begins with what the store holds, and nobody connected.
    #[must_use]
    pub fn new(durable: Durable) -> Self {
        Self {
            durable,
            live: Live::default(),
        }
    }

    /// What the store holds as well.
    #[must_use]
    pub const fn durable(&self) -> &Durable {
        &self.durable
    }

    /// Who is connected.
    #[must_use]
    pub const fn live(&self) -> &Live {
        &self.live
    }

    /// The part of the configuration that decisions read.
    ///
    /// # Panics
    /// Before the first `Configured`, which the server records before it lets anybody in.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        self.durable
            .rules
            .as_deref()
            .expect("Configured is the first event of all")
    }

    /// Makes a fact of an event that has not been applied yet: the next number, if it takes one.
    #[must_use]
    pub fn fact(&self, at: Time, event: Event) -> Fact {
        let number = event.is_numbered().then(|| self.durable.last.next());
        Fact { number, at, event }
    }

    /// The number of what was recorded last.
    #[must_use]
    pub const fn last(&self) -> Number {
        self.durable.last
    }
}
