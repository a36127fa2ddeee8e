//! The pure parts, one by one: a line parsed, a step of the core, a line rendered, a room resolved.
//!
//! `cargo bench --bench micro` prints nanoseconds of CPU time; each of them may take 1 µs, but for `hear`, which asks 100
//! listeners. What the server makes of all that is in `load`.

mod cpu;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;

use chinwag::command::Command;
use chinwag::command::errand::Found;
use chinwag::config::Config;
use chinwag::effect::{Audience, Effect, To};
use chinwag::hub::index::{Index, Listener};
use chinwag::hub::plain::{Line, Plain};
use chinwag::machine::{Console, Entry, Machine, Stamped};
use chinwag::model::credential::Verifier;
use chinwag::model::event::Speech;
use chinwag::model::session::{Door, Origin, Person, Session};
use chinwag::model::{
    AccountId, ConnId, Event, Fact, Format, Role, RoomId, RoomRef, Screen, Settings, Spot, Who,
};
use chinwag::render::{self, Class, Regard, Regarded};
use chinwag::reply::Reply;
use chinwag::server::rules;
use chinwag::state::Durable;
use chinwag_grammar::{Nick, Number, RoomName, Time, irc, plain};
use criterion::{BatchSize, Criterion};

use cpu::CpuTime;

type Bench = Criterion<CpuTime>;

const MEMBERS: u64 = 100;
const SAID: &str = "MSG #lobby the kettle is on and the build is green again";
const NOW_MS: i64 = 1_790_431_320_000;

fn main() {
    let mut criterion = Criterion::default()
        .with_measurement(CpuTime)
        .configure_from_args();
    parse(&mut criterion);
    step(&mut criterion);
    render(&mut criterion);
    hear(&mut criterion);
    criterion.final_summary();
}

fn parse(criterion: &mut Bench) {
    criterion.bench_function("parse a plain line", |bench| {
        bench.iter(|| plain::parse(black_box(SAID)).is_ok());
    });
    criterion.bench_function("parse a plain line, to the command", |bench| {
        let (mut talk, mut shows) = (Plain::default(), Vec::new());
        bench.iter(|| {
            shows.clear();
            let command = talk.line(Line::Text(black_box(SAID)), &mut shows);
            talk.answered(Reply::TextEmpty, &mut shows);
            command
        });
    });
    let line = "@label=7;+draft/reply=1042 PRIVMSG #lobby :the kettle is on and the build is green";
    criterion.bench_function("parse an IRC line", |bench| {
        bench.iter(|| irc::Message::parse(black_box(line)).is_ok());
    });
}

fn step(criterion: &mut Bench) {
    let (mut machine, mut seq) = full_room();
    let command = command(SAID);
    let mut effects = Vec::new();
    criterion.bench_function("step: MSG in a room of 100", |bench| {
        bench.iter_batched(
            || Box::new(command.clone()),
            |command| {
                effects.clear();
                let conn = ConnId::new(0, seq % MEMBERS);
                let entry = Entry::Request {
                    conn,
                    command,
                    found: None,
                };
                machine.step(stamped(&mut seq, entry), &mut effects);
                effects.len()
            },
            BatchSize::SmallInput,
        );
    });
    assert!(
        matches!(
            effects.last(),
            Some(Effect::Answer {
                reply: Reply::Numbered { .. },
                ..
            })
        ),
        "it was said: {effects:?}"
    );
}

fn render(criterion: &mut Bench) {
    let fact = said();
    let (listener, scene) = (
        Listener::default(),
        render::irc::Scene {
            server: render::irc::Server { name: "bench" },
            real_name: "",
            by_bot: false,
        },
    );
    for (name, format) in [
        ("text", Format::Text),
        ("line", Format::Line),
        ("json", Format::Json),
    ] {
        let screen = Screen {
            format,
            ..Screen::default()
        };
        let class = Class {
            screen,
            regard: Regard::Other,
            irc: None,
        };
        criterion.bench_function(&format!("render: {name}"), |bench| {
            bench.iter(|| render::fact(black_box(&fact), &class, &listener, scene));
        });
        let reply = Reply::Numbered {
            number: Number::new(1_042).expect("it is small"),
        };
        criterion.bench_function(&format!("render: the answer, {name}"), |bench| {
            bench.iter(|| render::plain::reply(black_box(&reply), None, &screen));
        });
    }
}

/// For each listener: is it here, does it ignore the speaker, and what does the fact look like to it.
fn hear(criterion: &mut Bench) {
    let mut index = Index::default();
    for number in 0..MEMBERS {
        let conn = ConnId::new(0, number);
        index.insert(conn);
        let logged_in = fact(Event::LoggedIn {
            conn,
            who: who(number),
            limits: None,
            rooms: vec![RoomId(1)],
            settings: Settings::default(),
            ignored: Vec::new(),
            pending: Vec::new(),
        });
        index.hear(&logged_in, &Audience::NOBODY, |_, _, _| {});
    }
    let (fact, audience) = (
        said(),
        Audience {
            to: To::Room(RoomId(1)),
            except: None,
        },
    );
    criterion.bench_function("hear: who, in a room of 100", |bench| {
        bench.iter(|| {
            let mut heard = 0;
            index.hear(black_box(&fact), &audience, |_, _, _| heard += 1);
            heard
        });
    });
    criterion.bench_function("hear: who and how, in a room of 100", |bench| {
        bench.iter(|| {
            let (regarded, mut heard) = (Regarded::of(&fact), 0);
            index.hear(black_box(&fact), &audience, |_, listener, _| {
                heard += usize::from(regarded.class(listener).is_some());
            });
            assert_eq!(heard, 100);
        });
    });
}

/// A core with 100 people in the lobby, each on one connection.
fn full_room() -> (Machine, u64) {
    let (mut machine, mut seq) = (Machine::new(Durable::default()), 0);
    let mut effects = Vec::new();
    let rules = Box::new(rules(&Config::default()));
    machine.step(stamped(&mut seq, Entry::Configured { rules }), &mut effects);
    let verifier = Verifier::from_phc("none".to_owned());
    for number in 0..MEMBERS {
        let conn = ConnId::new(0, number);
        let nick = nick(number);
        let login = command(&format!("LOGIN {nick} pass-word"));
        let console = Console::Add {
            nick,
            hashed: verifier.clone().into(),
            role: Role::User,
            initial: false,
        };
        let found = Found::Verified {
            seen: Some(verifier.clone()),
            right: true,
            renewed: None,
        };
        for entry in [
            Entry::Console {
                console,
                found: None,
            },
            Entry::Connected {
                session: Box::new(session(conn)),
            },
            Entry::Request {
                conn,
                command: Box::new(login),
                found: Some(found),
            },
        ] {
            machine.step(stamped(&mut seq, entry), &mut effects);
        }
    }
    (machine, seq)
}

fn session(conn: ConnId) -> Session {
    Session {
        conn,
        origin: Origin {
            door: Door::Netcat,
            host: "127.0.0.1".to_owned(),
            network: "127.0.0.1".to_owned(),
            loopback: true,
            tls: false,
            certificate: None,
        },
        since: Time::from_millis(NOW_MS),
        person: Person::Nobody,
        authenticated: None,
        scram: None,
        admitted: true,
        real_name: None,
        screen: Screen::default(),
        talk: None,
        last_private: None,
        pending: BTreeSet::new(),
        login_number: Number::default(),
    }
}

fn command(line: &str) -> Command {
    let mut shows = Vec::new();
    let command = Plain::default().line(Line::Text(line), &mut shows);
    command.expect("it is a whole command")
}

fn stamped(seq: &mut u64, entry: Entry) -> Stamped {
    *seq += 1;
    Stamped {
        seq: *seq,
        now: Time::from_millis(NOW_MS),
        full: false,
        entry,
    }
}

fn said() -> Arc<Fact> {
    let (_, text) = SAID.split_once("#lobby ").expect("it is said there");
    Arc::new(fact(Event::Said {
        spot: Spot::Room(RoomRef {
            id: RoomId(1),
            name: RoomName::parse("#lobby").expect("the name is valid"),
        }),
        by: who(MEMBERS),
        speech: Speech::Message,
        reply_to: None,

        tags: Vec::new(),
        text: text.into(),
    }))
}

fn fact(event: Event) -> Fact {
    Fact {
        number: Number::new(1_042),
        at: Time::from_millis(NOW_MS),
        event,
    }
}

fn who(number: u64) -> Who {
    Who {
        account: Some(AccountId(number + 1)),
        nick: nick(number),
    }
}

fn nick(number: u64) -> Nick {
    Nick::parse(&format!("person{number}")).expect("the name is valid")
}
