//! The core as one machine: an entry of the log in, effects out. Deterministic: everything it reads is in the entry.
//!
//! - `entry`: what can be put into the log.
//! - `console`: what the command line of the server asks.

mod console;
mod entry;

use std::sync::Arc;

use chinwag_grammar::Time;

use crate::command::errand::{Errand, Found};
use crate::command::{self, Answer, Before, Command, Context};
use crate::effect::{Audience, Effect, Note};
use crate::model::{ConnId, Event, Rules, Screen, Session};
use crate::policy::{gate, server_ban};
use crate::reply::Reply;
use crate::state::{Durable, State};

pub use console::Console;
pub use entry::{Entry, Stamped};

/// The core.
pub struct Machine {
    state: State,
}

/// What has to happen before a command can be put into the log.
#[derive(Debug)]
pub enum Prepared {
    /// This is to be done outside; what came of it goes into the log with the command.
    Errand(Errand),
    /// Nothing.
    Ready,
    /// It is refused already.
    Refused(Reply),
}

impl Machine {
    /// Begins with what the store holds.
    #[must_use]
    pub fn new(durable: Durable) -> Self {
        Self {
            state: State::new(durable),
        }
    }

    /// What the server knows.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// What a command needs before it can be put into the log. Takes its secrets out of it.
    #[must_use]
    pub fn prepare(&self, now: Time, conn: ConnId, command: &mut Command) -> Prepared {
        let Some(session) = self.state.session(conn) else {
            return Prepared::Ready;
        };
        // Whether the disk is full is the log's to say; all else is known now.
        if let Err(refused) = gate::may_run(&self.state, session, command.gate(), now, false) {
            return Prepared::Refused(refused);
        }
        let before = Before {
            state: &self.state,
            now,
            conn,
        };
        match command.errand(&before) {
            Ok(Some(errand)) => Prepared::Errand(errand),
            Ok(None) => Prepared::Ready,
            Err(refused) => Prepared::Refused(refused),
        }
    }

    /// Carries out one entry; its effects are appended.
    pub fn step(&mut self, stamped: Stamped, effects: &mut Vec<Effect>) {
        let (now, full) = (stamped.now, stamped.full);
        match stamped.entry {
            Entry::Configured { rules } => self.configured(now, rules, effects),
            Entry::Connected { session } => self.connected(now, session, effects),
            Entry::Console { console, found } => {
                let mut context = self.context(now, ConnId::CONSOLE, found, effects);
                let reply = console::carry_out(&mut context, console);
                let after = context.finish();
                effects.push(Effect::Answer {
                    conn: ConnId::CONSOLE,
                    reply,
                });
                effects.extend(after);
            }
            Entry::Disconnected { conn, why } => {
                let mut context = self.context(now, conn, None, effects);
                context.full = full;
                command::session_ended(&mut context, why);
                let after = context.finish();
                effects.extend(after);
            }
            Entry::Measured { conn, width } => self.measured(now, conn, width, effects),
            Entry::Request {
                conn,
                command,
                found,
            } => self.request(now, full, conn, *command, found, effects),
            Entry::ShuttingDown { why } => {
                self.happen(now, Event::ShuttingDown { why }, effects);
            }
            Entry::Ticked => self.ticked(now, effects),
        }
    }

    /// Whoever comes from where nobody may come from is told so, and goes.
    fn connected(&mut self, now: Time, session: Box<Session>, effects: &mut Vec<Effect>) {
        let conn = session.conn;
        let refused = server_ban::may_be_here(&self.state, &session, None, now);
        self.happen(now, Event::Connected { session }, effects);
        if let Err(Reply::ServerBanned { until }) = refused {
            let note = Note::Banned { until, at: now };
            effects.extend([Effect::Note { conn, note }, Effect::Close { conn }]);
        }
    }

    fn request(
        &mut self,
        now: Time,
        full: bool,
        conn: ConnId,
        command: Command,
        found: Option<Found>,
        effects: &mut Vec<Effect>,
    ) {
        // A connection may end while its request is on its way.
        let Some(session) = self.state.session(conn) else {
            return;
        };
        if let Err(reply) = gate::may_run(&self.state, session, command.gate(), now, full) {
            effects.push(Effect::Answer { conn, reply });
            return;
        }
        let mut context = self.context(now, conn, found, effects);
        context.full = full;
        let outcome = command.decide(&mut context);
        let after = context.finish();
        effects.push(match outcome {
            Ok(Answer::Query(query)) => Effect::Query { conn, query },
            Ok(Answer::Reply(reply)) | Err(reply) => Effect::Answer { conn, reply },
        });
        effects.extend(after);
    }

    fn context<'a>(
        &'a mut self,
        now: Time,
        conn: ConnId,
        found: Option<Found>,
        effects: &'a mut Vec<Effect>,
    ) -> Context<'a> {
        Context::new(&mut self.state, effects, now, conn, found)
    }

    /// The configuration is recorded when it is another, and the rooms that it names are there afterwards.
    fn configured(&mut self, now: Time, rules: Box<Rules>, effects: &mut Vec<Effect>) {
        if self.state.live().started.is_none() {
            self.happen(now, Event::Started, effects);
        }
        if self.state.durable().rules.as_ref() != Some(&rules) {
            self.happen(now, Event::Configured { rules }, effects);
        }
        let rules = self.state.rules();
        let mut names = rules.autojoin.clone();
        names.insert(0, rules.lobby.clone());
        for name in names {
            if self.state.room_named(&name).is_none() {
                let room = crate::model::RoomRef {
                    id: self.state.next_room(),
                    name,
                };
                let event = Event::RoomCreated {
                    room,
                    by: None,
                    description: "".into(),
                    permanent: true,
                };
                self.happen(now, event, effects);
            }
        }
    }

    /// The width of a window is that of its connection; nobody asked, so nobody is answered.
    fn measured(&mut self, now: Time, conn: ConnId, width: u16, effects: &mut Vec<Effect>) {
        let Some(session) = self.state.session(conn) else {
            return;
        };
        // 0 is a client that does not know.
        if width == 0 {
            return;
        }
        let width = width.max(Screen::WIDTH_MIN);
        if session.screen.width != width {
            self.happen(now, Event::WidthChosen { conn, width }, effects);
        }
    }

    /// Now and then: history that is older than it may be goes.
    fn ticked(&mut self, now: Time, effects: &mut Vec<Effect>) {
        let retention = self.state.rules().retention;
        if retention > 0 {
            let age = i64::try_from(retention.saturating_mul(1_000)).unwrap_or(i64::MAX);
            let before = Time::from_millis(now.millis().saturating_sub(age));
            self.happen(now, Event::Expired { before }, effects);
        }
    }

    fn happen(&mut self, now: Time, event: Event, effects: &mut Vec<Effect>) {
        let to = command::audience::of(&self.state, &event);
        let fact = self.state.fact(now, event);
        self.state.apply(&fact);
        effects.push(Effect::Fact {
            fact: Arc::new(fact),
            audience: Audience { to, except: None },
        });
    }
}

#[cfg(test)]
mod tests;
