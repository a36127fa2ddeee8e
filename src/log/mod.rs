//! The one order of everything: entries go in, and come out numbered and timed.
//!
//! One node counts in memory. A cluster puts the same entries through a stream that all of its nodes read.

use std::collections::VecDeque;

use chinwag_grammar::Time;

use crate::machine::{Entry, Stamped};

/// The one order of everything.
pub trait Log: Send {
    /// Puts an entry in. Whether the disk is full is decided here, so that every node decides alike.
    fn offer(&mut self, entry: Entry, full: bool);

    /// The next entry that has its place.
    fn take(&mut self) -> Option<Stamped>;
}

/// The log of a single node: what is put in comes out at once.
pub struct Local {
    seq: u64,
    last: Time,
    clock: fn() -> Time,
    waiting: VecDeque<Stamped>,
}

impl Local {
    /// Goes on after the last entry that the store has applied.
    #[must_use]
    pub fn after(applied: u64, clock: fn() -> Time) -> Self {
        Self {
            seq: applied,
            last: Time::default(),
            clock,
            waiting: VecDeque::new(),
        }
    }
}

impl Log for Local {
    fn offer(&mut self, entry: Entry, full: bool) {
        self.seq += 1;
        // A clock that is set back must not make time run backwards.
        self.last = self.last.max((self.clock)());
        self.waiting.push_back(Stamped {
            seq: self.seq,
            now: self.last,
            full,
            entry,
        });
    }

    fn take(&mut self) -> Option<Stamped> {
        self.waiting.pop_front()
    }
}

/// What the clock of this machine says.
#[must_use]
pub fn system_clock() -> Time {
    Time::from_millis(chrono::Utc::now().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    static NOW: AtomicI64 = AtomicI64::new(1_000);

    #[test]
    fn numbers_go_on_and_time_never_runs_backwards() {
        let mut log = Local::after(41, || Time::from_millis(NOW.load(Ordering::Relaxed)));
        for (clock, expected) in [(1_000, 1_000), (900, 1_000), (1_100, 1_100)] {
            NOW.store(clock, Ordering::Relaxed);
            log.offer(Entry::Ticked, false);
            let stamped = log.take().unwrap();
            assert_eq!(stamped.now.millis(), expected);
        }
        log.offer(Entry::Ticked, true);
        let last = log.take().unwrap();
        assert!(last.seq == 45 && last.full && log.take().is_none());
    }
}
