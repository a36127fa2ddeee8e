//! What happens in a script: each act is drawn from a number of its own, so that acts can be left out.

use chinwag::auth::Costs;
use chinwag::command::Command;
use chinwag::hub::plain::Line;
use chinwag::machine::{Console, Entry};
use chinwag::model::credential::Digest;
use chinwag::model::rules::{Creation, EmailRule, Registration};
use chinwag::model::session::{Door, Origin, Person, Session};
use chinwag::model::{ConnId, Role, Rules, Screen};
use chinwag_grammar::{Nick, Number, RoomName, Span, sentence};

use super::pools::{self, FINGERPRINTS, Known, NICKS, ROOMS, Random};
use super::secrecy::PASSWORDS;
use super::world::{Talker, World};

/// So many bytes may wait for a connection.
const QUEUE_BYTES: usize = 1 << 20;
/// So many are connected at most.
const CONNS_MAX: usize = 8;

impl World {
    /// An admin and two others, in the lobby and in a room.
    pub fn begin(&mut self) {
        for (name, role) in [
            ("alice", Role::Admin),
            ("bob", Role::User),
            ("carol", Role::User),
        ] {
            let console = Console::Add {
                nick: Nick::parse(name).unwrap(),
                hashed: self.costs().hash(&PASSWORDS[0].into()),
                role,
                initial: false,
            };
            self.step(Entry::Console {
                console,
                found: None,
            });
            let conn = self.connect(true, true);
            self.types(conn, &format!("LOGIN {name} {}", PASSWORDS[0]));
            self.types(conn, "CREATE #ops what we do");
            if role == Role::Admin {
                self.types(conn, "JOIN #ops");
                self.types(conn, "CREATE #tea");
                self.types(conn, "JOIN #tea");
                self.types(conn, "TOKEN NEW tea #tea");
                self.types(conn, "TOKEN NEW posts post");
            }
        }
        self.flush();
    }

    /// One act.
    pub fn act(&mut self, seed: u64) {
        let random: Random<'_> = &mut sentence::numbers(seed);
        self.now = self.now.plus(Span::seconds(random() % 3));
        self.full = random().is_multiple_of(30);
        match random() % 100 {
            0..=5 => {
                if self.talkers.len() < CONNS_MAX {
                    let (local, admitted) =
                        (!random().is_multiple_of(3), !random().is_multiple_of(10));
                    self.connect(local, admitted);
                }
            }
            6..=7 => {
                if let Some(conn) = self.somebody(random) {
                    println!("{conn:?} is gone");
                    self.leaves(conn);
                }
            }
            8..=11 => {
                let span = pools::pick(random, &["5s", "70s", "20m", "3h", "2d"]);
                println!("later {span}");
                self.now = self.now.plus(Span::parse(span).unwrap());
            }
            12 => self.step(Entry::Ticked),
            13 => {
                if let Some(conn) = self.somebody(random) {
                    let width = u16::try_from(random() % 90).unwrap();
                    println!("{conn:?} is {width} columns wide");
                    self.step(Entry::Measured { conn, width });
                }
            }
            14 => {
                println!("restart");
                self.restart();
            }
            15..=16 => {
                change(&mut self.rules, random);
                println!("{:?}", self.rules);
                self.configure();
            }
            19..=25 => self.client_acts(random),
            17..=18 => {
                let console = console(random, &self.costs());
                println!("{console:?}");
                self.step(Entry::Console {
                    console,
                    found: None,
                });
            }
            26..=34 => {
                if let Some(conn) = self.somebody(random) {
                    self.asks(conn, super::irc::command(self, random));
                }
            }
            _ => {
                if let Some(conn) = self.somebody(random) {
                    let state = self.machine.state();
                    let offer = state.live().clears.iter().next_back();
                    let known = Known {
                        last: state.last().get(),
                        codes: &self.codes,
                        said: &self.said,
                        clear: offer.and_then(|((room, _), offer)| {
                            Some((state.room(*room)?.name.as_str(), offer.code))
                        }),
                    };
                    let person = self.machine.state().session(conn).map(|one| &one.person);
                    let stranger = matches!(person, Some(Person::Nobody));
                    let line = if stranger && !random().is_multiple_of(4) {
                        pools::way_in(random, &known)
                    } else {
                        pools::line(random, &known)
                    };
                    self.types(conn, &line);
                    self.finish(conn, &line, random);
                }
            }
        }
        if !random().is_multiple_of(3) {
            self.flush();
        }
    }

    fn somebody(&self, random: Random<'_>) -> Option<ConnId> {
        let conns: Vec<ConnId> = self.talkers.keys().copied().collect();
        let at = random().checked_rem(conns.len() as u64)?;
        conns.get(usize::try_from(at).unwrap()).copied()
    }

    fn connect(&mut self, local: bool, admitted: bool) -> ConnId {
        let conn = self.session(local, admitted);
        let seat = self.table.insert(conn, QUEUE_BYTES);
        let talker = Talker {
            seat,
            asked: 0,
            answered: 0,
            in_document: false,
        };
        self.talkers.insert(conn, talker);
        conn
    }

    /// A connection that speaks no dialect.
    pub fn connect_client(&mut self, local: bool) -> ConnId {
        self.session(local, true)
    }

    fn session(&mut self, local: bool, admitted: bool) -> ConnId {
        self.conns += 1;
        let conn = ConnId::new(0, self.conns);
        println!("{conn:?} connects");
        let host = if local { "127.0.0.1" } else { "192.0.2.7" };
        let session = Session {
            conn,
            origin: Origin {
                door: Door::Netcat,
                host: host.into(),
                network: host.into(),
                loopback: local,
                tls: false,
                certificate: Digest::from_hex(FINGERPRINTS[usize::from(local)]),
            },
            since: self.now,
            person: Person::Nobody,
            authenticated: None,
            scram: None,
            admitted,
            real_name: None,
            screen: Screen::default(),
            talk: None,
            last_private: None,
            pending: std::collections::BTreeSet::new(),
            login_number: Number::default(),
        };
        self.index.insert(conn);
        self.step(Entry::Connected {
            session: Box::new(session),
        });
        conn
    }

    /// Somebody types a line; it waits while an answer decides what it is.
    pub fn types(&mut self, conn: ConnId, line: &str) {
        let is_ready = |world: &Self| {
            let talker = world.talkers.get(&conn)?;
            Some(talker.seat.desk.borrow().talker.is_ready(4))
        };
        // Whether a here-document has begun shows only while nothing else is under way.
        if is_ready(self) == Some(false) || line.contains("<<") {
            self.flush();
        }
        if is_ready(self) != Some(true) {
            return;
        }
        println!("{conn:?} > {line}");
        let talker = self.talkers.get_mut(&conn).unwrap();
        let mut desk = talker.seat.desk.borrow_mut();
        let begins = !desk.talker.is_asking() && !talker.in_document && !line.trim().is_empty();
        talker.asked += usize::from(begins);
        let before = desk.outbox.bytes();
        let command = desk.line(Line::Text(line), &self.table.screen(conn));
        // Nothing to send, to say or to ask: a here-document has begun, or goes on.
        talker.in_document = command.is_none()
            && desk.outbox.bytes() == before
            && !desk.talker.is_asking()
            && desk.talker.is_answered()
            && (begins || talker.in_document);
        drop(desk);
        if let Some(command) = command {
            self.request(conn, Box::new(command));
        }
    }

    /// Something is asked that exists for IRC alone: here it is told in the plain dialect.
    fn asks(&mut self, conn: ConnId, command: Command) {
        self.flush();
        let Some(talker) = self.talkers.get_mut(&conn) else {
            return;
        };
        let idle = {
            let desk = talker.seat.desk.borrow();
            desk.is_idle() && !desk.talker.is_asking() && !talker.in_document
        };
        if !idle {
            return;
        }
        println!("{conn:?} asks {command:?}");
        talker.asked += 1;
        self.request(conn, Box::new(command));
        self.flush();
    }

    /// A here-document is ended; a password that is asked for is typed, mostly.
    fn finish(&mut self, conn: ConnId, line: &str, random: Random<'_>) {
        let word = line.rsplit("<<").next().unwrap_or_default();
        for text in ["some words", word, "", ""] {
            let Some(talker) = self.talkers.get(&conn) else {
                return;
            };
            let asking = talker.seat.desk.borrow().talker.is_asking();
            if asking {
                let line = pools::pick(random, &[PASSWORDS[0], PASSWORDS[1], PASSWORDS[0], ""]);
                self.types(conn, line);
            } else if talker.in_document {
                self.types(conn, text);
            }
        }
    }
}

/// What the command line of the server asks.
fn console(random: Random<'_>, costs: &Costs) -> Console {
    let nick = Nick::parse(pools::pick(random, &NICKS)).unwrap();
    let password = pools::pick(random, &PASSWORDS);
    let hashed = costs.hash(&password.into());
    let role = if random().is_multiple_of(2) {
        Role::Admin
    } else {
        Role::User
    };
    match random() % 5 {
        0 => Console::Add {
            nick,
            hashed,
            role,
            initial: random().is_multiple_of(3),
        },
        1 => Console::Block {
            nick,
            until: None,
            why: Some("words".into()),
        },
        2 => Console::Passwd { nick, hashed },
        3 => Console::Role { nick, role },
        _ => Console::Unblock { nick },
    }
}

/// One of the rules becomes another.
fn change(rules: &mut Rules, random: Random<'_>) {
    let flag = random().is_multiple_of(2);
    let room = || RoomName::parse(ROOMS[0]).unwrap();
    match random() % 16 {
        0 => rules.guests = flag,
        1 => {
            rules.registration = if flag {
                Registration::Invite
            } else {
                Registration::Open
            }
        }
        2 => {
            rules.create = if flag {
                Creation::Anyone
            } else {
                Creation::Accounts
            }
        }
        3 => rules.retention = if flag { 3_600 } else { 0 },
        4 => rules.history = flag,
        5 => rules.members_per_room = if flag { 2 } else { 100 },
        6 => rules.rooms_per_account = if flag { 2 } else { 100 },
        7 => rules.bans_per_room = if flag { 1 } else { 100 },
        8 => rules.notifications_per_account = if flag { 2 } else { 100 },
        9 => rules.sessions_per_account = if flag { 2 } else { 10 },
        10 => rules.has_mail = flag,
        11 => {
            rules.email = if flag {
                EmailRule::None
            } else {
                EmailRule::Optional
            }
        }
        15 => rules.scram = flag,
        12 => rules.autojoin = vec![RoomName::parse(pools::pick(random, &ROOMS)).unwrap()],
        _ => {
            let other = RoomName::parse(pools::pick(random, &ROOMS)).unwrap();
            rules.lobby = if flag { room() } else { other };
        }
    }
}
