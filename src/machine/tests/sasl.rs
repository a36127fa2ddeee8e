//! What IRC shows who one is with: every way, and that what was shown is worth nothing when it should not be.

mod scram;

use std::num::NonZeroU32;

use super::*;
use crate::auth::{self, Costs};
use crate::command::irc::{Authenticate, Enter, Proof};
use crate::config::Argon2;
use crate::model::Event;
use crate::model::credential::Digest;
use crate::model::rules::Rules;
use crate::reply::Reply;

const COSTS: Costs = Costs {
    argon2: Argon2 {
        memory_kib: 8,
        iterations: 1,
        parallelism: 1,
    },
    scram: NonZeroU32::new(4),
};
const OFF: Costs = Costs {
    scram: None,
    ..COSTS
};
const PASSWORD: &str = "alice-pass-word";
const LAPTOP: ConnId = ConnId::new(0, 1);
const PHONE: ConnId = ConnId::new(0, 2);

/// alice and bob have accounts; two connections, the first with a certificate, are nobody's.
fn world() -> Machine {
    let mut machine = Machine::new(Durable::default());
    configure(&mut machine, |_| {});
    for name in ["alice", "bob"] {
        let hashed = COSTS.hash(&format!("{name}-pass-word").into());
        let console = Console::Add {
            nick: nick(name),
            hashed,
            role: Role::User,
            initial: false,
        };
        carry_out(&mut machine, console);
    }
    for conn in [LAPTOP, PHONE] {
        let mut session = session(conn);
        session.origin.certificate = (conn == LAPTOP).then_some(Digest::from_bytes([7; 32]));
        let session = Box::new(session);
        step(&mut machine, Entry::Connected { session });
    }
    machine
}

fn configure(machine: &mut Machine, change: impl FnOnce(&mut Rules)) {
    let mut rules = Box::new(crate::server::rules(&Config::default()));
    rules.scram = true;
    change(&mut rules);
    step(machine, Entry::Configured { rules });
}

fn carry_out(machine: &mut Machine, console: Console) {
    let found = None;
    step(machine, Entry::Console { console, found });
}

fn nick(name: &str) -> Nick {
    Nick::parse(name).unwrap()
}

/// What comes of a command: its answer, and what happened.
fn asked(machine: &mut Machine, conn: ConnId, command: Command) -> (Reply, Vec<Event>) {
    asked_at(machine, conn, command, &COSTS)
}

fn asked_at(
    machine: &mut Machine,
    conn: ConnId,
    mut command: Command,
    costs: &Costs,
) -> (Reply, Vec<Event>) {
    let found = match machine.prepare(NOW, conn, &mut command) {
        Prepared::Errand(errand) => Some(auth::errand::run(&errand, costs, None)),
        Prepared::Ready => None,
        Prepared::Refused(reply) => return (reply, Vec::new()),
    };
    let shown = format!("{command:?} {found:?}");
    assert!(!shown.contains("pass-word"), "{shown}");
    let (mut answer, mut events) = (None, Vec::new());
    for effect in step(machine, request(conn, command, found)) {
        match effect {
            Effect::Answer { reply, .. } => answer = Some(reply),
            Effect::Fact { fact, .. } => events.push(fact.event.clone()),
            _ => {}
        }
    }
    (answer.unwrap(), events)
}

fn plain(name: &str, password: &str, enter: bool) -> Command {
    let how = Proof::Password {
        nick: nick(name),
        password: password.into(),
    };
    Command::Authenticate(Authenticate { how, enter })
}

fn external(name: Option<&str>) -> Command {
    let how = Proof::Certificate {
        nick: name.map(nick),
    };
    Command::Authenticate(Authenticate { how, enter: false })
}

fn enter(machine: &mut Machine, conn: ConnId) -> Reply {
    asked(
        machine,
        conn,
        Command::Enter(Enter {
            nick: Nick::parse("nobody").unwrap(),
            real_name: None,
        }),
    )
    .0
}

fn is_shown(machine: &Machine, conn: ConnId) -> bool {
    let session = machine.state().session(conn).unwrap();
    session.authenticated.is_some()
}

fn authenticated() -> Reply {
    Reply::Authenticated {
        nick: nick("alice"),
    }
}

/// In, as an account.
fn welcomed(name: &str) -> Reply {
    Reply::Welcomed { nick: nick(name) }
}

/// In, and nobody: nothing was shown, or it is worth nothing any more.
fn unnamed() -> Reply {
    Reply::WelcomedUnnamed {
        nick: nick("nobody"),
    }
}

fn logged_in(name: &str) -> Reply {
    Reply::LoggedIn { nick: nick(name) }
}

#[test]
fn a_password_is_shown_and_then_one_comes_in() {
    let machine = &mut world();
    assert_eq!(enter(machine, LAPTOP), unnamed());
    let (reply, events) = asked(machine, LAPTOP, plain("Alice", PASSWORD, false));
    assert_eq!(reply, authenticated());
    let [
        Event::Authenticated {
            conn: LAPTOP,
            limits: None,
            ..
        },
    ] = events[..]
    else {
        panic!("nothing else happens: {events:?}");
    };
    assert!(machine.state().who(LAPTOP).is_none() && machine.state().live().present.is_empty());
    assert_eq!(enter(machine, LAPTOP), welcomed("alice"));
    assert!(machine.state().who(LAPTOP).is_some() && !is_shown(machine, LAPTOP));
    assert_eq!(
        asked(machine, LAPTOP, plain("alice", PASSWORD, false)).0,
        Reply::AlreadyLoggedIn {
            nick: nick("alice")
        }
    );
}

#[test]
fn whoever_is_somebody_can_become_somebody_else() {
    let machine = &mut world();
    let (reply, _) = asked(machine, LAPTOP, plain("alice", PASSWORD, true));
    assert_eq!(reply, logged_in("alice"));
    let (reply, events) = asked(machine, LAPTOP, plain("alice", PASSWORD, true));
    assert_eq!((reply, events), (authenticated(), Vec::new()));
    let (reply, _) = asked(machine, LAPTOP, plain("bob", "alice-pass-word", true));
    assert_eq!(reply, Reply::InvalidCredentials);
    assert_eq!(machine.state().who(LAPTOP).unwrap().nick, nick("alice"));
    // There must be room before one goes.
    configure(machine, |rules| rules.sessions_per_account = 1);
    asked(machine, PHONE, plain("bob", "bob-pass-word", true));
    let (reply, events) = asked(machine, LAPTOP, plain("bob", "bob-pass-word", true));
    assert_eq!(reply, Reply::TooManySessions { limit: 1 });
    assert_eq!(events, Vec::new());
    configure(machine, |_| {});
    let (reply, events) = asked(machine, LAPTOP, plain("bob", "bob-pass-word", true));
    assert_eq!(reply, logged_in("bob"));
    let goes = |event: &Event| matches!(event, Event::LoggedOut { conn: LAPTOP });
    assert!(events.iter().any(goes), "{events:?}");
    assert_eq!(machine.state().live().present.len(), 1);
}

#[test]
fn registration_can_show_and_not_come_in() {
    let machine = &mut world();
    let register =
        |name: &str| Command::register(nick(name), "carol-pass-word".into(), None, false);
    let (reply, _) = asked(machine, LAPTOP, register("carol"));
    assert_eq!(
        reply,
        Reply::Registered {
            nick: nick("carol")
        }
    );
    assert!(machine.state().who(LAPTOP).is_none() && is_shown(machine, LAPTOP));
    assert_eq!(
        asked(machine, LAPTOP, register("dave")).0,
        Reply::AlreadyLoggedIn {
            nick: nick("carol")
        }
    );
    assert_eq!(enter(machine, LAPTOP), welcomed("carol"));
    asked(machine, LAPTOP, command("LOGOUT"));
    assert_eq!(enter(machine, LAPTOP), unnamed());
}

#[test]
fn what_was_shown_is_dropped() {
    let block = |machine: &mut Machine| {
        let console = Console::Block {
            nick: nick("alice"),
            until: None,
            why: None,
        };
        carry_out(machine, console);
    };
    let passwd = |machine: &mut Machine| {
        let console = Console::Passwd {
            nick: nick("alice"),
            hashed: COSTS.hash(&"other-pass-word".into()),
        };
        carry_out(machine, console);
    };
    let delete = |machine: &mut Machine| {
        asked(machine, PHONE, plain("alice", PASSWORD, true));
        let line = format!("ACCOUNT delete {PASSWORD}");
        asked(machine, PHONE, command(&line));
    };
    let ends: [&dyn Fn(&mut Machine); 3] = [&block, &passwd, &delete];
    for end in ends {
        let machine = &mut world();
        asked(machine, LAPTOP, plain("alice", PASSWORD, false));
        assert!(is_shown(machine, LAPTOP));
        end(machine);
        assert!(!is_shown(machine, LAPTOP));
        assert_eq!(enter(machine, LAPTOP), unnamed());
    }
    // The same password hashed anew is no other.
    let machine = &mut world();
    asked(machine, LAPTOP, plain("alice", PASSWORD, false));
    let dearer = Costs {
        argon2: Argon2 {
            iterations: 2,
            ..COSTS.argon2
        },
        ..COSTS
    };
    let (_, events) = asked_at(machine, PHONE, plain("alice", PASSWORD, false), &dearer);
    assert!(matches!(
        events[0],
        Event::PasswordSet { renewed: true, .. }
    ));
    assert!(is_shown(machine, LAPTOP));
}

#[test]
fn a_token_is_worth_nothing_when_it_is_revoked() {
    let machine = &mut world();
    asked(machine, PHONE, plain("alice", PASSWORD, true));
    let mut token = command("TOKEN new ci post");
    let Prepared::Errand(errand) = machine.prepare(NOW, PHONE, &mut token) else {
        panic!("a token is random");
    };
    let found = auth::errand::run(&errand, &COSTS, None);
    let Found::Code { shown, .. } = &found else {
        panic!("a token is a code");
    };
    let shown = shown.expose().to_owned();
    step(machine, request(PHONE, token, Some(found)));
    assert_eq!(
        asked(machine, LAPTOP, plain("alice", &shown, false)).0,
        authenticated()
    );
    let session = machine.state().session(LAPTOP).unwrap();
    let limits = session.authenticated.clone().unwrap().limits.unwrap();
    assert_eq!(limits.label, "ci");
    asked(machine, PHONE, command("TOKEN revoke ci"));
    assert_eq!(enter(machine, LAPTOP), unnamed());
}

#[test]
fn certificates() {
    let machine = &mut world();
    let wrong = Reply::InvalidCredentials;
    let shown = |machine: &mut Machine, conn, name| asked(machine, conn, external(name)).0;
    assert_eq!(shown(machine, PHONE, None), Reply::CertificateAbsent);
    assert_eq!(shown(machine, LAPTOP, None), wrong);
    asked(machine, PHONE, plain("alice", PASSWORD, true));
    let add = format!("CERT add {}", Digest::from_bytes([7; 32]).to_hex());
    asked(machine, PHONE, command(&add));
    assert_eq!(shown(machine, LAPTOP, Some("bob")), wrong);
    assert_eq!(shown(machine, LAPTOP, Some("ALICE")), authenticated());
    assert_eq!(shown(machine, LAPTOP, None), authenticated());
    assert_eq!(enter(machine, LAPTOP), welcomed("alice"));
    let again = &mut world();
    asked(again, PHONE, plain("alice", PASSWORD, true));
    asked(again, PHONE, command(&add));
    asked(again, PHONE, command(&add.replace("add", "remove")));
    assert_eq!(shown(again, LAPTOP, None), wrong);
    // It goes with its account.
    asked(again, PHONE, command(&add));
    asked(again, PHONE, command(&format!("ACCOUNT delete {PASSWORD}")));
    assert!(again.state().durable().certificates.is_empty());
}
