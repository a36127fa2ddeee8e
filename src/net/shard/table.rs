//! The connections of a shard, and what is delivered to them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use bytes::Bytes;
use chinwag_grammar::Number;
use tokio::sync::Notify;

use crate::effect::{Audience, Delivery, Effect, To};
use crate::hub::index::{Index, Listener};
use crate::hub::irc::Irc;
use crate::model::{ConnId, Event, Fact, Screen};
use crate::net::connection::desk::{Desk, End, Told};
use crate::render::irc::{Scene, Server};
use crate::render::{self, Class, Heard, Regarded};

/// The place of one connection in its shard.
#[derive(Debug)]
pub struct Seat {
    /// What it is told.
    pub desk: RefCell<Desk>,
    /// Wakes its task.
    pub wake: Notify,
    /// It is told something by the delivery that is under way.
    touched: Cell<bool>,
    /// The server ends, and every line that was received is handed on.
    pub drained: Cell<bool>,
}

/// The connections of a shard.
#[derive(Debug, Default)]
pub struct Table {
    /// The name of the server, which lines of IRC begin with.
    server: String,
    index: Index,
    seats: BTreeMap<ConnId, Rc<Seat>>,
    /// The number of the last event that was told here: where a new connection begins.
    last: u64,
}

impl Table {
    /// The connections of a shard of that server: none yet.
    #[must_use]
    pub fn new(server: &str) -> Self {
        Self {
            server: server.to_owned(),
            ..Self::default()
        }
    }

    /// A connection that is there from now on; `limit` bytes may wait for it.
    pub fn insert(&mut self, conn: ConnId, limit: usize) -> Rc<Seat> {
        self.seat(conn, Desk::new(limit, self.last))
    }

    /// The same, of an IRC client.
    pub fn insert_irc(&mut self, conn: ConnId, limit: usize, irc: Irc) -> Rc<Seat> {
        self.seat(conn, Desk::irc(limit, self.last, irc))
    }

    fn seat(&mut self, conn: ConnId, desk: Desk) -> Rc<Seat> {
        let seat = Rc::new(Seat {
            desk: RefCell::new(desk),
            wake: Notify::new(),
            touched: Cell::new(false),
            drained: Cell::new(false),
        });
        self.index.insert(conn);
        self.seats.insert(conn, Rc::clone(&seat));
        seat
    }

    /// A connection that is gone.
    pub fn remove(&mut self, conn: ConnId) {
        self.index.remove(conn);
        self.seats.remove(&conn);
    }

    /// What lines look like on a connection.
    #[must_use]
    pub fn screen(&self, conn: ConnId) -> Screen {
        let listener = self.index.listener(conn);
        listener.map_or_else(Screen::default, |listener| listener.screen)
    }

    /// Whether somebody has said who they are.
    #[must_use]
    pub fn is_named(&self, conn: ConnId) -> bool {
        let listener = self.index.listener(conn);
        listener.is_some_and(|listener| listener.nick.is_some())
    }

    /// Whether nobody is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Whether everything that came in before the server began to end is answered.
    #[must_use]
    pub fn is_drained(&self) -> bool {
        self.seats.values().all(|seat| {
            let desk = seat.desk.borrow();
            desk.end() != End::Open || seat.drained.get() && desk.is_idle()
        })
    }

    /// Closes every connection when what is queued for it is written.
    pub fn close_all(&self) {
        self.seats
            .values()
            .for_each(|seat| seat.desk.borrow_mut().close());
        self.wake_all();
    }

    /// Wakes every connection.
    pub fn wake_all(&self) {
        self.seats.values().for_each(|seat| seat.wake.notify_one());
    }

    /// Takes in what the store has released. Each connection that is told something is woken once, after all of it: it
    /// writes once.
    pub fn deliver(&mut self, delivery: &Delivery) {
        let mut touched = Vec::new();
        match delivery {
            Delivery::Answered(conn, answered) => {
                if let (Some(seat), Some(listener)) =
                    (self.seats.get(conn), self.index.listener(*conn))
                {
                    seat.desk.borrow_mut().answer(answered.clone(), listener);
                    touch(seat, &mut touched);
                }
            }
            Delivery::Batch(batch) => {
                for effect in &batch.effects {
                    self.effect(effect, &mut touched);
                }
            }
        }
        for seat in touched {
            seat.touched.set(false);
            seat.wake.notify_one();
        }
    }

    fn effect(&mut self, effect: &Effect, touched: &mut Vec<Rc<Seat>>) {
        match effect {
            Effect::Answer { conn, reply } => {
                self.tell(*conn, touched, || Told::Answer(reply.clone()));
            }
            Effect::Close { conn } => self.tell(*conn, touched, || Told::Close),
            Effect::Fact { fact, audience } => self.fact(fact, audience, touched),
            // The mailer's, and the server's.
            Effect::Letter { .. } | Effect::Reload => {}
            Effect::Note { conn, note } => self.tell(*conn, touched, || Told::Note(note.clone())),
            Effect::Query { conn, .. } => self.tell(*conn, touched, || Told::Query),
            Effect::Row { conn, row } => self.tell(*conn, touched, || Told::Row(row.clone())),
        }
    }

    /// Most connections are of other shards: nothing is made for them.
    fn tell(&self, conn: ConnId, touched: &mut Vec<Rc<Seat>>, told: impl FnOnce() -> Told) {
        if let Some(seat) = self.seats.get(&conn) {
            let screen = self.screen(conn);
            seat.desk.borrow_mut().tell(told(), &screen);
            touch(seat, touched);
        }
    }

    /// What whoever comes in calls themselves in full: extended-join tells it.
    fn real_name(&self, fact: &Fact) -> String {
        match &fact.event {
            Event::Joined { who, .. } | Event::Online { who, .. } => {
                self.index.real_name(&who.nick).to_owned()
            }
            _ => String::new(),
        }
    }

    /// Tells it to everybody here who hears it, rendered once for each class of listeners.
    fn fact(&mut self, fact: &Fact, audience: &Audience, touched: &mut Vec<Rc<Seat>>) {
        let number = fact.number.map_or(0, Number::get);
        let seats = &self.seats;
        let real_name = self.real_name(fact);
        let actor = fact.event.actor();
        let server = Server { name: &self.server };
        let mut paper = Paper {
            fact,
            scene: Scene {
                server,
                real_name: &real_name,
                by_bot: actor.is_some_and(|who| self.index.is_bot(&who.nick)),
            },
            rendered: Vec::new(),
        };
        // Most facts are heard by nobody here.
        let mut regarded = None;
        self.index.hear(fact, audience, |conn, listener, asked| {
            let regarded = regarded.get_or_insert_with(|| Regarded::of(fact));
            let Some(seat) = seats.get(&conn) else {
                return;
            };
            let mut desk = seat.desk.borrow_mut();
            let caps = desk.talker.caps();
            let mut tell = |class: Class, told: fn(Bytes, u64) -> Told| {
                let bytes = paper.rendered(&class, listener);
                if !bytes.is_empty() {
                    desk.tell(told(bytes, number), &listener.screen);
                    touch(seat, touched);
                }
            };
            match caps {
                Some(caps) => {
                    let told = if asked { Told::Own } else { Told::Fact };
                    let shares = match &audience.to {
                        To::RoomsAnd(rooms, _) => {
                            rooms.iter().any(|room| listener.rooms.contains(room))
                        }
                        To::Everyone | To::Nobody | To::People(_) | To::Room(_) | To::Rooms(_) => {
                            true
                        }
                    };
                    let heard = Heard { asked, shares };
                    regarded.irc_classes(listener, caps, heard, |class| tell(class, told));
                }
                // Its answer has told it.
                None if asked => {}
                None => {
                    if let Some(class) = regarded.class(listener) {
                        tell(class, Told::Fact);
                    }
                }
            }
        });
        self.last = self.last.max(number);
        if matches!(fact.event, Event::ShuttingDown { .. }) {
            // These are the last words: who leaves after them is no news.
            self.close_all();
        }
    }
}

/// What a fact looks like to each class of listeners, rendered once.
struct Paper<'a> {
    fact: &'a Fact,
    scene: Scene<'a>,
    rendered: Vec<(Class, Bytes)>,
}

impl Paper<'_> {
    fn rendered(&mut self, class: &Class, listener: &Listener) -> Bytes {
        let found = self.rendered.iter().find(|(of, _)| of == class);
        if let Some((_, bytes)) = found {
            return bytes.clone();
        }
        let bytes = render::fact(self.fact, class, listener, self.scene);
        if !class.irc.is_some_and(|class| class.personal) {
            self.rendered.push((*class, bytes.clone()));
        }
        bytes
    }
}

fn touch(seat: &Rc<Seat>, touched: &mut Vec<Rc<Seat>>) {
    if !seat.touched.replace(true) {
        touched.push(Rc::clone(seat));
    }
}
