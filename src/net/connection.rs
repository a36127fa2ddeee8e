//! One connection of a shard, from the door to its last words: lines in, commands out, and what it is told written.
//!
//! - `desk`: what it is told, in order.
//! - `patience`: how long an IRC client may be quiet.
//! - `talk`: its lines, one after the other.

pub mod desk;
mod patience;
mod talk;

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chinwag_grammar::telnet::Telnet;
use chinwag_grammar::{Number, Span};
use tokio::time::{Instant, sleep_until, timeout};

use super::admission::Place;
use super::front::{self, Front, Host};
use super::listen::Arrival;
use super::peer::Peer;
use super::shard::house::House;
use super::stream::Ways;
use crate::hub::irc::Irc;
use crate::log;
use crate::machine::Entry;
use crate::model::session::{Door, Origin, Person, Session};
use crate::model::{ConnId, Screen, Text};
use crate::sequencer::Input;
use desk::End;
use talk::{Pause, Talk};

/// So long may the last words take to be written.
const LAST_WORDS: Duration = Duration::from_secs(15);
/// So long may whoever was told that the server ends take to hang up.
const HANG_UP: Duration = Duration::from_secs(1);

/// A connection at the door.
struct Porch<'a> {
    house: &'a House,
    place: Place,
}

impl Host for Porch<'_> {
    fn admit(&mut self, peer: &Peer) -> bool {
        self.place.claim(peer)
    }

    fn greeting(&mut self, peer: &Peer) -> Bytes {
        self.house.greeting(peer)
    }
}

/// Serves a connection to its end.
pub async fn serve(house: Rc<House>, arrival: Arrival) {
    let Some(rules) = house.doors.get(arrival.listener) else {
        return;
    };
    let socket = match arrival.socket.register() {
        Ok(socket) => socket,
        Err(error) => {
            tracing::warn!(%error, "a connection cannot be watched");
            return;
        }
    };
    let silence = Duration::from_millis(house.config.limits.ping_interval.millis());
    if !silence.is_zero()
        && let Err(error) = socket.keep_alive(silence)
    {
        // It can be served all the same.
        tracing::debug!(%error, "no keepalive");
    }
    let mut porch = Porch {
        house: &house,
        place: arrival.place,
    };
    let entered = match front::enter(socket, rules, &mut porch).await {
        Front::Lines(entered) => entered,
        Front::Closed(closed) => {
            tracing::debug!(%closed, "closed at the door");
            return;
        }
    };
    if house.draining.get() {
        return;
    }
    // Free again when the connection is gone.
    let _place = porch.place;
    seated(&house, entered).await;
}

async fn seated(house: &Rc<House>, entered: front::Lines) {
    let conn = house.next_conn();
    let limit = house.config.limits.send_queue_bytes;
    let seat = if entered.irc {
        let irc = Irc::new(Arc::clone(&house.irc), entered.peer.tls);
        house.table.borrow_mut().insert_irc(conn, limit, irc)
    } else {
        house.table.borrow_mut().insert(conn, limit)
    };
    house.open.set(house.open.get() + 1);
    let mut talk = Talk::new(Rc::clone(house), conn, seat, entered.stream);
    if entered.irc {
        talk.speaks_irc();
    } else {
        greet(&talk, &entered.peer, entered.greeted, entered.telnet);
    }
    talk.take_in(&entered.first_bytes);
    drop(entered.first_bytes);
    let door = if entered.irc { Door::Irc } else { Door::Netcat };
    let session = Box::new(session(house, conn, &entered.peer, door));
    let input = Input::Entry(Entry::Connected { session });
    // Where nobody takes it, the server ends.
    let why = match house.inputs.send(input).await {
        Ok(()) => converse(&mut talk).await,
        Err(_) => None,
    };
    house.table.borrow_mut().remove(conn);
    let input = Input::Entry(Entry::Disconnected { conn, why });
    let _ = house.inputs.send(input).await;
    let closed = talk.stream.close();
    if house.draining.get() {
        // nc does not hang up before its user types on: a server that ends does not wait for that.
        let _ = timeout(HANG_UP, closed).await;
    } else {
        closed.await;
    }
    house.open.set(house.open.get() - 1);
    house.settled.notify_one();
}

fn greet(talk: &Talk, peer: &Peer, greeted: bool, telnet: bool) {
    let (mut desk, screen) = (talk.seat.desk.borrow_mut(), Screen::default());
    if !greeted {
        desk.push(talk.house.greeting(peer), &screen);
    }
    if telnet {
        desk.telnet = Some(Box::default());
        desk.negotiate(Telnet::ask, &screen);
    }
}

fn session(house: &House, conn: ConnId, peer: &Peer, door: Door) -> Session {
    Session {
        conn,
        origin: Origin {
            door,
            host: peer.to_string(),
            network: peer.network().to_string(),
            loopback: peer.is_loopback(),
            tls: peer.tls,
            certificate: peer.certificate,
        },
        since: log::system_clock(),
        person: Person::Nobody,
        authenticated: None,
        scram: None,
        admitted: house.config.server.password.is_none(),
        real_name: None,
        screen: Screen::default(),
        talk: None,
        last_private: None,
        pending: BTreeSet::new(),
        login_number: Number::default(),
    }
}

/// Takes its lines and writes what it is told until one side ends it; why, where it was no goodbye.
async fn converse(talk: &mut Talk) -> Option<Text> {
    let patience = talk.house.config.limits.login_timeout;
    let mut login = None;
    let mut last_words = None;
    loop {
        let pause = talk.run_lines().await;
        let now = Instant::now();
        // Who logs out has to log in again in time.
        login = match login {
            _ if patience == Span::seconds(0) || !talk.waits_for_login() => None,
            None => Some(now + Duration::from_millis(patience.millis())),
            Some(at) if at > now => Some(at),
            Some(_) => {
                talk.let_go(patience);
                None
            }
        };
        let patience_with_irc = talk.patience_with_irc(now);
        if talk.write().is_err() {
            return Some("connection lost".into());
        }
        let (end, written) = talk.outcome();
        if end != End::Open && last_words.is_none() {
            last_words = Some(now + LAST_WORDS);
        }
        let over = match end {
            End::Closing | End::Lost => written || last_words.is_some_and(|at| at <= now),
            End::Open => pause == Pause::Over && written && talk.seat.desk.borrow().is_idle(),
        };
        if over {
            return talk.why_it_ends(end);
        }
        let wanted = Ways {
            read: pause == Pause::Input,
            write: !written,
        };
        let flood = match pause {
            Pause::Until(at) => Some(at),
            Pause::Answers | Pause::Input | Pause::Over => None,
        };
        let until = [flood, login, last_words, patience_with_irc];
        let until = until.into_iter().flatten().min();
        tokio::select! {
            open = talk.stream.ready(wanted) => {
                let read = open.and_then(|open| if open.read { talk.read() } else { Ok(false) });
                if read.is_err() {
                    return Some("connection lost".into());
                }
            }
            () = talk.seat.wake.notified() => {}
            () = sleep_until(until.unwrap_or(now)), if until.is_some() => {}
        }
    }
}
