//! What events do to connections.

use std::collections::BTreeSet;

use chinwag_grammar::{Folded, Nick, Time};

use crate::model::session::{Authenticated, Person, TokenLimits};
use crate::model::{AccountId, ConnId, Place, Session, Settings, Text, UserMode, UserModes, Who};
use crate::state::{Away, Gone, State};

/// Failures are forgotten after a minute, and so are names that nobody tries any more when there are many.
const FAILURES_KEPT_MS: i64 = 60_000;
const FAILURE_KEYS_MAX: usize = 10_000;
/// So long at least between two looks at all of them: who tries many names must not keep the core busy.
const FAILURES_SWEPT_MS: i64 = 10_000;

impl State {
    pub(super) fn with_session(&mut self, conn: ConnId, change: impl FnOnce(&mut Session)) {
        if let Some(session) = self.live.sessions.get_mut(&conn) {
            change(session);
        }
    }

    pub(super) fn authenticated(
        &mut self,
        conn: ConnId,
        account: AccountId,
        limits: Option<TokenLimits>,
    ) {
        self.with_session(conn, |session| {
            session.authenticated = Some(Authenticated { account, limits });
            session.scram = None;
        });
    }

    /// What connections have shown to be is worth nothing any more, for those of an account with such limits.
    pub(super) fn unauthenticate(
        &mut self,
        id: Option<AccountId>,
        is_meant: impl Fn(Option<&TokenLimits>) -> bool,
    ) {
        for session in self.live.sessions.values_mut() {
            session
                .authenticated
                .take_if(|shown| Some(shown.account) == id && is_meant(shown.limits.as_ref()));
        }
    }

    pub(super) fn logged_in(
        &mut self,
        conn: ConnId,
        who: &Who,
        limits: Option<TokenLimits>,
        settings: Settings,
        pending: &[Place],
    ) {
        let Some(id) = who.account else {
            return;
        };
        let last = self.durable.last;
        let last_private = self.last_unread_from(id, pending);
        self.with_session(conn, |session| {
            session.last_private = last_private;
            session.person = Person::Account { id, limits };
            session.authenticated = None;
            session.scram = None;
            session.screen.settings = settings;
            session.pending = pending.iter().copied().collect();
            session.login_number = last;
        });
        self.live.present.entry(id).or_default().insert(conn);
        self.first_modes(who);
    }

    /// Who wrote the newest of what waits: what one says oneself is read.
    fn last_unread_from(&self, id: AccountId, pending: &[Place]) -> Option<Nick> {
        let pairs = pending
            .iter()
            .filter_map(|place| Some((place, place.other(id)?)));
        let (_, other) = pairs.max_by_key(|(place, _)| self.last_in(**place))?;
        self.account(other).map(|account| account.name.clone())
    }

    pub(super) fn guest_entered(&mut self, conn: ConnId, who: &Who) {
        self.live.guests.insert(who.nick.folded(), conn);
        self.first_modes(who);
        self.with_session(conn, |session| {
            session.person = Person::Guest {
                nick: who.nick.clone(),
                rooms: BTreeSet::new(),
            };
            session.authenticated = None;
            session.scram = None;
        });
    }

    /// What everybody begins with; another session has more to say. That they are a program, people say themselves.
    fn first_modes(&mut self, who: &Who) {
        let modes = UserModes::parse(&self.rules().default_user_modes);
        let modes = modes.with(UserMode::Bot, false);
        let modes_of = self.live.user_modes.entry(who.nick.folded());
        modes_of.or_insert(modes);
    }

    pub(super) fn opered(&mut self, conn: ConnId, name: Option<&Text>) {
        match name {
            Some(name) => self.live.operators.insert(conn, name.clone()),
            None => self.live.operators.remove(&conn),
        };
    }

    pub(super) fn logged_out(&mut self, conn: ConnId, at: Time) {
        self.person_gone(conn, at);
        self.with_session(conn, |session| {
            session.person = Person::Nobody;
            session.authenticated = None;
            session.scram = None;
            session.talk = None;
            session.last_private = None;
            session.pending.clear();
            session.screen.settings = Settings::default();
        });
    }

    pub(super) fn disconnected(&mut self, conn: ConnId, at: Time) {
        self.person_gone(conn, at);
        self.live.sessions.remove(&conn);
    }

    fn person_gone(&mut self, conn: ConnId, at: Time) {
        self.remember_gone(conn, at);
        self.live.marking.remove(&conn);
        self.live.monitors.forget(conn);
        self.live.operators.remove(&conn);
        let name = self.who(conn).map(|who| who.nick.folded());
        let Some(session) = self.live.sessions.get_mut(&conn) else {
            return;
        };
        match &mut session.person {
            Person::Account { id, .. } => {
                if let Some(conns) = self.live.present.get_mut(id) {
                    conns.remove(&conn);
                    if conns.is_empty() {
                        self.live.present.remove(id);
                        self.live.away.remove(id);
                        name.map(|name| self.live.user_modes.remove(&name));
                    }
                }
            }
            Person::Guest { nick, rooms } => {
                self.live.guests.remove(&nick.folded());
                self.live.user_modes.remove(&nick.folded());
                for room in std::mem::take(rooms) {
                    if let Some(guests) = self.live.room_guests.get_mut(&room) {
                        guests.remove(&conn);
                        if guests.is_empty() {
                            self.live.room_guests.remove(&room);
                        }
                    }
                }
            }
            Person::Nobody => {}
        }
    }

    /// The oldest are forgotten when there are too many. Who has another session has not gone.
    fn remember_gone(&mut self, conn: ConnId, at: Time) {
        let (Some(who), Some(session)) = (self.who(conn), self.session(conn)) else {
            return;
        };
        let others = who.account.map_or(0, |id| self.sessions_of(id).count());
        if others > 1 {
            return;
        }
        let host = session.origin.host.clone();
        self.live.whowas.push_back(Gone { who, host, at });
        let excess = self.live.whowas.len().saturating_sub(self.rules().whowas);
        self.live.whowas.drain(..excess);
    }

    pub(super) fn came_back(&mut self, who: &Who) {
        if let Some(id) = who.account {
            self.live.away.remove(&id);
        }
    }

    pub(super) fn went_away(&mut self, who: &Who, why: &Text, at: Time) {
        if let Some(id) = who.account {
            let away = Away {
                since: at,
                why: why.clone(),
            };
            self.live.away.insert(id, away);
        }
    }

    pub(super) fn heard_privately(&mut self, with: &Who, by: &Who) {
        let conns = match with.account {
            Some(id) => self.live.present.get(&id).cloned().unwrap_or_default(),
            None => self
                .live
                .guests
                .get(&with.nick.folded())
                .into_iter()
                .copied()
                .collect(),
        };
        for conn in conns {
            self.with_session(conn, |session| session.last_private = Some(by.nick.clone()));
        }
    }

    pub(super) fn login_failed(&mut self, name: &Folded, network: &str, at: Time) {
        let old = |time: &Time| time.millis() + FAILURES_KEPT_MS <= at.millis();
        let is_due = at.millis() >= self.live.failures_swept.millis() + FAILURES_SWEPT_MS;
        if is_due && self.live.failures.len() > FAILURE_KEYS_MAX {
            self.live.failures_swept = at;
            self.live
                .failures
                .retain(|_, times| times.back().is_some_and(|last| !old(last)));
        }
        let limit = self.rules().login_failures_per_minute as usize;
        for key in [name.as_str().to_owned(), format!("@{network}")] {
            let times = self.live.failures.entry(key).or_default();
            times.retain(|time| !old(time));
            times.push_back(at);
            // More than the limit are not needed to tell that it is reached.
            if times.len() > limit {
                times.pop_front();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::state::Durable;

    #[test]
    fn old_failures_are_forgotten_and_not_looked_for_each_time() {
        let rules = Box::new(crate::server::rules(&Config::default()));
        let mut state = State::new(Durable {
            rules: Some(rules),
            ..Durable::default()
        });
        let mut fails = |second: i64, count: usize| {
            for number in 0..count {
                let name = Folded::of(&format!("n{second}-{number}"));
                state.login_failed(&name, "192.0.2.1", Time::from_millis(second * 1_000));
            }
            state.live.failures.len()
        };
        // The names, and the one network.
        assert_eq!(fails(100, FAILURE_KEYS_MAX + 10), FAILURE_KEYS_MAX + 11);
        assert_eq!(fails(161, 1), 2);
        assert_eq!(fails(162, FAILURE_KEYS_MAX), FAILURE_KEYS_MAX + 2);
        assert_eq!(fails(163, 1), FAILURE_KEYS_MAX + 3);
    }
}
