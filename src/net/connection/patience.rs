//! How long an IRC client may be quiet: to say who it is, and to answer when it is asked whether it is there.

use std::time::Duration;

use tokio::time::Instant;

use crate::config::Limits;
use crate::model::Text;

/// What a client has still to do in time.
#[derive(Debug)]
pub struct Patience {
    /// Zero: it is never asked.
    interval: Duration,
    registers_by: Instant,
    registration: Duration,
    heard: Instant,
    /// It was asked, and has said nothing since.
    asked: bool,
    gone: Option<String>,
}

/// What is due.
#[derive(Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing before that moment.
    At(Option<Instant>),
    /// It did not do what it had to.
    Gone(String),
    /// It is to be asked.
    Ping,
}

impl Patience {
    /// A client that has come now.
    pub fn new(limits: &Limits, now: Instant) -> Self {
        let registration = Duration::from_millis(limits.registration_timeout.millis());
        Self {
            interval: Duration::from_millis(limits.ping_interval.millis()),
            registers_by: now + registration,
            registration,
            heard: now,
            asked: false,
            gone: None,
        }
    }

    /// It said something.
    pub fn heard(&mut self, now: Instant) {
        self.heard = now;
        self.asked = false;
    }

    /// Why it is gone.
    pub fn gone(&self) -> Option<Text> {
        self.gone.as_deref().map(Text::from)
    }

    /// When something is due next.
    pub fn next(&self) -> Option<Instant> {
        let after = if self.asked { 2 } else { 1 };
        (!self.interval.is_zero()).then(|| self.heard + self.interval * after)
    }

    /// What is due now.
    pub fn due(&mut self, now: Instant, registers: bool) -> Due {
        if self.gone.is_some() {
            return Due::At(None);
        }
        if registers {
            if !self.registration.is_zero() && now >= self.registers_by {
                return self.go("Registration timeout".to_owned());
            }
            let at = (!self.registration.is_zero()).then_some(self.registers_by);
            return Due::At(at);
        }
        match self.next() {
            Some(at) if at > now => Due::At(Some(at)),
            None => Due::At(None),
            Some(_) if self.asked => {
                let seconds = now.duration_since(self.heard).as_secs();
                self.go(format!("Ping timeout: {seconds} seconds"))
            }
            Some(_) => {
                self.asked = true;
                Due::Ping
            }
        }
    }

    fn go(&mut self, why: String) -> Due {
        self.gone = Some(why.clone());
        Due::Gone(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn who_says_nothing_is_asked_once_and_then_gone() {
        let (limits, start) = (Config::default().limits, Instant::now());
        let minute = |count: u64| start + Duration::from_secs(60 * count);
        let mut patience = Patience::new(&limits, start);
        assert_eq!(patience.due(minute(0), false), Due::At(Some(minute(2))));
        assert_eq!(patience.due(minute(2), false), Due::Ping);
        assert_eq!(patience.due(minute(3), false), Due::At(Some(minute(4))));
        patience.heard(minute(3));
        assert_eq!(patience.due(minute(4), false), Due::At(Some(minute(5))));
        assert_eq!(patience.due(minute(5), false), Due::Ping);
        let gone = Due::Gone("Ping timeout: 240 seconds".to_owned());
        assert_eq!(patience.due(minute(7), false), gone);
        assert_eq!(patience.due(minute(8), false), Due::At(None));
    }

    #[test]
    fn who_does_not_register_is_gone() {
        let (limits, start) = (Config::default().limits, Instant::now());
        let mut patience = Patience::new(&limits, start);
        let end = start + Duration::from_secs(60);
        assert_eq!(patience.due(start, true), Due::At(Some(end)));
        patience.heard(start + Duration::from_secs(59));
        assert_eq!(
            patience.due(end, true),
            Due::Gone("Registration timeout".to_owned())
        );
    }
}
