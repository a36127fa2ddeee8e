//! Flood control: how many commands run at once and in a second; no clock, times are arguments.

use std::time::Duration;

use tokio::time::Instant;

use crate::config::Limits;

/// The rule, the same for every connection.
#[derive(Clone, Copy, Debug)]
pub struct Flood {
    /// Absent: nobody is ever delayed.
    pace: Option<Pace>,
}

#[derive(Clone, Copy, Debug)]
struct Pace {
    /// One command earns its place again in this time.
    each: Duration,
    /// So far may a connection run ahead of that.
    ahead: Duration,
}

/// What a connection has used up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bucket {
    /// When it is full again; absent or past, it is full.
    full: Option<Instant>,
}

impl Flood {
    /// The rule of the configuration.
    #[must_use]
    pub fn of(limits: &Limits) -> Self {
        if limits.flood {
            Self::new(limits.flood_burst, limits.flood_per_second)
        } else {
            Self { pace: None }
        }
    }

    /// So many commands at once, then so many in a second.
    #[must_use]
    pub fn new(burst: u32, per_second: u32) -> Self {
        let each = Duration::from_secs(1) / per_second.max(1);
        Self {
            pace: Some(Pace {
                each,
                ahead: each * (burst.max(1) - 1),
            }),
        }
    }
}

impl Bucket {
    /// Takes the place of one command.
    ///
    /// # Errors
    /// Takes nothing and tells when the command may run.
    pub fn take(&mut self, flood: &Flood, now: Instant) -> Result<(), Instant> {
        let Some(pace) = flood.pace else {
            return Ok(());
        };
        let full = self.full.map_or(now, |full| full.max(now));
        if full > now + pace.ahead {
            return Err(full - pace.ahead);
        }
        self.full = Some(full + pace.each);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_a_pace() {
        let (flood, start) = (Flood::new(10, 4), Instant::now());
        let mut bucket = Bucket::default();
        for _ in 0..10 {
            bucket.take(&flood, start).unwrap();
        }
        let quarter = Duration::from_millis(250);
        for turn in 1..20 {
            let at = bucket.take(&flood, start + quarter * (turn - 1));
            assert_eq!(at, Err(start + quarter * turn));
            bucket.take(&flood, start + quarter * turn).unwrap();
        }
    }

    #[test]
    fn silence_fills_it_and_no_more() {
        let (flood, start) = (Flood::new(3, 1), Instant::now());
        let mut bucket = Bucket::default();
        for wait in [0, 3, 1_000_000] {
            let now = start + Duration::from_secs(wait);
            for _ in 0..3 {
                bucket.take(&flood, now).unwrap();
            }
            assert_eq!(bucket.take(&flood, now), Err(now + Duration::from_secs(1)));
        }
    }

    #[test]
    fn no_rule_no_wait() {
        let (flood, now) = (Flood { pace: None }, Instant::now());
        let mut bucket = Bucket::default();
        assert!((0..10_000).all(|_| bucket.take(&flood, now).is_ok()));
    }
}
