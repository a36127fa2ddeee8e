//! What holds for every command, whoever wrote it.

mod irc;
mod presence;
mod rooms;
mod sasl;

use chinwag_grammar::plain;
use chinwag_grammar::{Nick, Number, Time};

use super::{Console, Entry, Machine, Prepared, Stamped};
use crate::command::Command;
use crate::command::errand::Found;
use crate::config::Config;
use crate::effect::Effect;
use crate::model::credential::Verifier;
use crate::model::session::Person;
use crate::model::{ConnId, Door, Origin, Role, Screen, Session};
use crate::state::Durable;

const NOW: Time = Time::from_millis(1_790_431_320_000);

/// A machine with two admins, of whom alice is logged in and has made #ops.
fn machine() -> (Machine, ConnId) {
    let conn = ConnId::new(0, 1);
    let verifier = Verifier::from_phc("$argon2id$".to_owned());
    let mut machine = Machine::new(Durable::default());
    let rules = crate::server::rules(&Config::default());
    step(
        &mut machine,
        Entry::Configured {
            rules: Box::new(rules),
        },
    );
    for name in ["alice", "bob"] {
        let console = Console::Add {
            nick: Nick::parse(name).unwrap(),
            hashed: verifier.clone().into(),
            role: Role::Admin,
            initial: false,
        };
        let found = None;
        step(&mut machine, Entry::Console { console, found });
    }
    let session = Box::new(session(conn));
    step(&mut machine, Entry::Connected { session });
    let found = Found::Verified {
        seen: Some(verifier),
        right: true,
        renewed: None,
    };
    step(
        &mut machine,
        request(conn, command("LOGIN alice pass-word"), Some(found)),
    );
    step(&mut machine, request(conn, command("CREATE #ops"), None));
    assert!(machine.state().who(conn).is_some());
    (machine, conn)
}

fn session(conn: ConnId) -> Session {
    Session {
        conn,
        origin: Origin {
            door: Door::Netcat,
            host: "127.0.0.1".into(),
            network: "127.0.0.1".into(),
            loopback: true,
            tls: false,
            certificate: None,
        },
        since: NOW,
        person: Person::Nobody,
        authenticated: None,
        scram: None,
        admitted: true,
        real_name: None,
        screen: Screen::default(),
        talk: None,
        last_private: None,
        pending: std::collections::BTreeSet::new(),
        login_number: Number::default(),
    }
}

fn command(line: &str) -> Command {
    let request = plain::parse(line).unwrap();
    Command::read(request.rule.name, &request.args).unwrap()
}

fn request(conn: ConnId, command: Command, found: Option<Found>) -> Entry {
    let command = Box::new(command);
    Entry::Request {
        conn,
        command,
        found,
    }
}

fn step(machine: &mut Machine, entry: Entry) -> Vec<Effect> {
    let mut effects = Vec::new();
    let stamped = Stamped {
        seq: 1,
        now: NOW,
        full: false,
        entry,
    };
    machine.step(stamped, &mut effects);
    effects
}

#[test]
fn a_window_is_measured_without_an_answer() {
    let (mut machine, conn) = machine();
    for (width, effects, expected) in [(0, 0, 0), (44, 1, 44), (44, 0, 44), (5, 1, 20)] {
        let told = step(&mut machine, Entry::Measured { conn, width });
        assert_eq!(told.len(), effects, "{told:?}");
        let session = machine.state().session(conn).unwrap();
        assert_eq!(session.screen.width, expected);
    }
}

/// The answer to whatever came next would overtake it, and be taken for its own.
#[test]
fn what_is_not_answered_at_once_is_waited_for() {
    let lines = plain::commands().iter().map(|rule| rule.example);
    for line in lines.chain(["AUDIT", "HISTORY", "SEARCH tea", "ACCOUNT delete pass-word"]) {
        let (mut machine, conn) = machine();
        let mut command = command(line);
        let waits = command.waits();
        let later = match machine.prepare(NOW, conn, &mut command) {
            Prepared::Errand(_) => true,
            Prepared::Ready => step(&mut machine, request(conn, command, None))
                .iter()
                .any(|effect| matches!(effect, Effect::Query { .. })),
            Prepared::Refused(_) => false,
        };
        assert!(waits || !later, "{line}");
    }
}
