//! What everybody is told after a commit, and what holds of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use chinwag::effect::{Answered, Audience, Batch, Delivery, Effect, Kind};
use chinwag::hub::index::Index;
use chinwag::machine::Entry;
use chinwag::model::session::Person;
use chinwag::model::{ConnId, Event, Fact, RoomRef, Screen, Spot};
use chinwag::net::connection::desk::End;
use chinwag::reply::Row;
use chinwag::store;
use chinwag_grammar::{Number, Time};

use super::readers::Readers;
use super::secrecy;
use super::world::World;

impl World {
    /// A batch that has been committed is told.
    pub(super) fn release(&mut self, batch: &Arc<Batch>) {
        let mut asked = Vec::new();
        for effect in &batch.effects {
            match effect {
                Effect::Fact { fact, audience } => self.tell(fact, audience),
                Effect::Query { conn, query } => asked.push((*conn, query, self.readers.clone())),
                Effect::Row {
                    conn,
                    row: Row::Message { fact, .. },
                } => {
                    assert!(
                        self.readers.may_read(*conn, fact, &self.readers),
                        "{fact:?}"
                    );
                }
                _ => {}
            }
        }
        self.table.deliver(&Delivery::Batch(Arc::clone(batch)));
        for (conn, query, then) in asked {
            let answered = store::answer(self.writer.database(), query).unwrap();
            self.check_answer(conn, &answered, &then);
            let answered = Arc::new(answered);
            self.table.deliver(&Delivery::Answered(conn, answered));
        }
    }

    /// Numbers have no gap; nobody hears what is not theirs, and everybody in the room hears what is said there.
    fn tell(&mut self, fact: &Fact, audience: &Audience) {
        if let Some(number) = fact.number {
            assert_eq!(number.get(), self.told + 1, "numbers go on: {fact:?}");
            self.told = number.get();
            if matches!(fact.event, Event::Said { .. }) {
                self.said.push(number.get());
            }
        }
        println!("        {:?} {:?}", fact.number, fact.event);
        let mut heard = BTreeSet::new();
        let mut ignoring = BTreeSet::new();
        self.index.hear(fact, audience, |conn, _, asked| {
            // Who asked is told by the answer.
            let once = asked || heard.insert(conn);
            assert!(once, "{conn:?} is told {fact:?} twice");
        });
        let before: BTreeSet<ConnId> = heard
            .iter()
            .copied()
            .filter(|conn| self.readers.may_hear(*conn, &fact.event))
            .collect();
        self.readers.take(fact);
        for conn in &heard {
            let may = before.contains(conn) || self.readers.may_hear(*conn, &fact.event);
            assert!(may, "{conn:?} is told {fact:?}");
        }
        if let Event::Said {
            spot: Spot::Room(room),
            by,
            ..
        } = &fact.event
        {
            for conn in self.readers.listeners(room.id) {
                let Some(listener) = self.index.listener(conn) else {
                    ignoring.insert(conn);
                    continue;
                };
                if listener.ignored.contains(&by.nick.folded()) || audience.except == Some(conn) {
                    ignoring.insert(conn);
                }
            }
            let mut should = self.readers.listeners(room.id);
            should.retain(|conn| !ignoring.contains(conn));
            assert_eq!(heard, should, "{fact:?}");
        }
    }

    fn check_answer(&self, conn: ConnId, answered: &Answered, then: &Readers) {
        if let Kind::History { .. } = &answered.kind {
            let numbers: Vec<_> = answered.facts.iter().map(|fact| fact.number).collect();
            assert!(numbers.is_sorted_by(|one, next| one < next), "{answered:?}");
        }
        let facts = answered.rows.iter().filter_map(|row| match row {
            Row::Message { fact, .. } => Some(fact),
            _ => None,
        });
        for fact in facts.chain(&answered.facts) {
            assert!(
                then.may_read(conn, fact, &self.readers),
                "{conn:?} is shown {fact:?}"
            );
        }
    }

    /// Takes what everybody was told; who is closed has gone.
    pub(super) fn collect(&mut self) {
        let mut closed = Vec::new();
        let keys = secrecy::keys(self.machine.state());
        for (conn, talker) in &mut self.talkers {
            let mut desk = talker.seat.desk.borrow_mut();
            let told = without_telnet(&desk.outbox.take().concat());
            let told = String::from_utf8(told).unwrap();
            for line in told.split_terminator("\r\n") {
                let known = chinwag_grammar::plain::replies().matches("line", line);
                assert!(known, "grammar/plain.abnf does not cover {line:?}");
                println!("        {conn:?} < {line}");
                assert_eq!(secrecy::leaks(&keys, line), None, "in {line}");
                talker.answered += usize::from(is_answer(line));
            }
            if desk.end() != End::Open {
                closed.push(*conn);
            } else if !desk.talker.is_asking() {
                assert_eq!(
                    talker.answered, talker.asked,
                    "{conn:?} is answered once a request"
                );
            }
        }
        for conn in closed {
            self.leaves(conn);
        }
    }

    /// A connection ends.
    pub fn leaves(&mut self, conn: ConnId) {
        self.talkers.remove(&conn);
        self.table.remove(conn);
        self.index.remove(conn);
        self.step(Entry::Disconnected { conn, why: None });
    }

    /// The index says what the core says: it is what somebody would make of the sessions and memberships alone.
    pub(super) fn check_index(&self) {
        let state = self.machine.state();
        let mut made = Index::default();
        for session in state.live().sessions.values() {
            let conn = session.conn;
            made.insert(conn);
            let mut hear = |event| {
                let (number, at) = (None::<Number>, Time::default());
                made.hear(&Fact { number, at, event }, &Audience::NOBODY, |_, _, _| {});
            };
            let Screen {
                format,
                width,
                settings,
            } = session.screen;
            hear(Event::FormatChosen { conn, format });
            hear(Event::WidthChosen { conn, width });
            let who = state.who(conn);
            match (&session.person, who) {
                (Person::Account { id, limits }, Some(who)) => {
                    let account = state.account(*id).unwrap();
                    let only = self.readers.only(conn);
                    let rooms = only.unwrap_or(&account.rooms).iter().copied().collect();
                    hear(Event::LoggedIn {
                        conn,
                        who: who.clone(),
                        limits: limits.clone(),
                        rooms,
                        settings,
                        ignored: account.ignored.keys().cloned().collect(),
                        pending: Vec::new(),
                    });
                    // Rooms that were left since.
                    for id in only.into_iter().flatten() {
                        if !account.rooms.contains(id) {
                            let room = RoomRef {
                                id: *id,
                                name: state.rules().lobby.clone(),
                            };
                            hear(Event::Left {
                                room,
                                who: who.clone(),
                                why: None,
                                gone: false,
                            });
                        }
                    }
                }
                (Person::Guest { rooms, .. }, Some(who)) => {
                    hear(Event::GuestEntered {
                        conn,
                        who: who.clone(),
                    });
                    for room in rooms {
                        let room = state.room(*room).unwrap().to_ref();
                        hear(Event::Joined {
                            room,
                            who: who.clone(),
                            ranks: chinwag::model::Ranks::NONE,
                        });
                    }
                }
                (Person::Account { .. }, None) => panic!("a session of an account that is gone"),
                (Person::Guest { .. } | Person::Nobody, _) => {}
            }
            if let Some(who) = state.who(conn) {
                let (modes, change) = (state.user_modes(&who), "".into());
                hear(Event::UserModesSet { who, modes, change });
            }
        }
        for session in state.live().sessions.values() {
            let conn = session.conn;
            let names = state.live().monitors.of(conn);
            let added = names.into_iter().flat_map(|names| names.values().cloned());
            let event = Event::Monitored {
                conn,
                added: added.collect(),
                removed: Vec::new(),
            };
            let (number, at) = (None::<Number>, Time::default());
            made.hear(&Fact { number, at, event }, &Audience::NOBODY, |_, _, _| {});
        }
        assert_eq!(made, self.index, "the index is not what the core says");
    }
}

fn is_answer(line: &str) -> bool {
    line.starts_with(['+', '-']) || line.starts_with("{\"ok\":")
}

/// What a telnet client is asked, three bytes each time, is no text.
fn without_telnet(told: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(told.len());
    let mut bytes = told.iter();
    while let Some(byte) = bytes.next() {
        match *byte {
            0xff => {
                bytes.nth(1);
            }
            letter => text.push(letter),
        }
    }
    text
}
