//! SCRAM through the core: what it shows, what it refuses, and that it tells nobody who has an account.

use super::*;
use crate::command::irc::{ScramFinal, ScramFirst};
use crate::model::scram::ClientFirst;

const FIRST: &str = "n,,n=alice,r=abcdef";

fn by_scram(enter: bool) -> Command {
    let how = Proof::Scram;
    Command::Authenticate(Authenticate { how, enter })
}

fn first(client_first: &str) -> Command {
    Command::ScramFirst(ScramFirst {
        client_first: client_first.into(),
    })
}

fn last(client_final: &str) -> Command {
    Command::ScramFinal(ScramFinal {
        client_final: client_final.into(),
    })
}

fn message(reply: Reply) -> String {
    match reply {
        Reply::Challenge { message } => message.to_string(),
        other => panic!("{other:?}"),
    }
}

/// The exchange as far as the answer to the proof, and what a client expects that to be.
fn exchanged(
    machine: &mut Machine,
    conn: ConnId,
    client_first: &str,
    password: &str,
) -> (Reply, String) {
    let server_first = message(asked(machine, conn, first(client_first)).0);
    let client_first = ClientFirst::parse(client_first).unwrap();
    let (answer, expected) = auth::scram::answered(&client_first, &server_first, password).unwrap();
    (asked(machine, conn, last(&answer)).0, expected)
}

#[test]
fn scram_shows_a_password() {
    let machine = &mut world();
    assert_eq!(
        asked(machine, LAPTOP, by_scram(false)).0,
        Reply::ScramMalformed
    );
    let (told, expected) = exchanged(machine, LAPTOP, FIRST, PASSWORD);
    assert_eq!(message(told), expected);
    assert!(!is_shown(machine, LAPTOP), "the client has not agreed yet");
    assert_eq!(asked(machine, LAPTOP, by_scram(false)).0, authenticated());
    assert_eq!(
        asked(machine, LAPTOP, by_scram(false)).0,
        Reply::ScramMalformed
    );
    assert_eq!(enter(machine, LAPTOP), welcomed("alice"));
    let (told, expected) = exchanged(machine, LAPTOP, "n,,n=bob,r=x", "bob-pass-word");
    assert_eq!(message(told), expected);
    assert_eq!(asked(machine, LAPTOP, by_scram(true)).0, logged_in("bob"));
}

#[test]
fn scram_refuses() {
    let machine = &mut world();
    let wrong = Reply::InvalidCredentials;
    assert_eq!(exchanged(machine, LAPTOP, FIRST, "bob-pass-word").0, wrong);
    assert_eq!(
        asked(machine, LAPTOP, last("c=biws,r=x,p=eA==")).0,
        Reply::ScramMalformed
    );
    assert_eq!(
        asked(machine, LAPTOP, by_scram(false)).0,
        Reply::ScramMalformed
    );
    let another = asked(machine, LAPTOP, first("n,a=bob,n=alice,r=x")).0;
    assert_eq!(another, wrong);
    let bound = asked(machine, LAPTOP, first("p=tls-exporter,,n=alice,r=x")).0;
    assert_eq!(bound, Reply::ScramMalformed);
    // Another password meanwhile.
    let (told, _) = exchanged(machine, LAPTOP, FIRST, PASSWORD);
    message(told);
    let console = Console::Passwd {
        nick: nick("alice"),
        hashed: COSTS.hash(&PASSWORD.into()),
    };
    carry_out(machine, console);
    assert_eq!(asked(machine, LAPTOP, by_scram(false)).0, wrong);
    configure(machine, |rules| rules.scram = false);
    assert_eq!(asked(machine, LAPTOP, first(FIRST)).0, Reply::ScramOff);
}

/// A name that is nobody's is answered like one that is somebody's, with the same salt each time.
#[test]
fn scram_tells_nobody_who_has_an_account() {
    let machine = &mut world();
    let unknown = "n,,n=mallory,r=abcdef";
    let salt = |machine: &mut Machine, conn| {
        let told = message(asked(machine, conn, first(unknown)).0);
        let parts: Vec<String> = told.split(',').skip(1).map(str::to_owned).collect();
        parts
    };
    let (laptop, phone) = (salt(machine, LAPTOP), salt(machine, PHONE));
    assert_eq!(laptop, phone);
    let known = message(asked(machine, LAPTOP, first(FIRST)).0);
    let lengths = |told: &str| told.split(',').skip(1).map(str::len).collect::<Vec<_>>();
    assert_eq!(
        lengths(&known),
        lengths(&format!("r=,{}", laptop.join(",")))
    );
    let (told, _) = exchanged(machine, LAPTOP, unknown, PASSWORD);
    assert_eq!(told, Reply::InvalidCredentials);
    let hashed = COSTS.hash(&PASSWORD.into()).verifier.into();
    let console = Console::Passwd {
        nick: nick("bob"),
        hashed,
    };
    carry_out(machine, console);
    let (told, _) = exchanged(machine, LAPTOP, "n,,n=bob,r=x", PASSWORD);
    assert_eq!(told, Reply::InvalidCredentials, "no keys were made");
}

#[test]
fn wrong_proofs_are_counted_as_wrong_passwords_are() {
    let machine = &mut world();
    configure(machine, |rules| rules.login_failures_per_minute = 2);
    for _ in 0..2 {
        let (told, _) = exchanged(machine, LAPTOP, FIRST, "wrong-pass-word");
        assert_eq!(told, Reply::InvalidCredentials);
    }
    for command in [first(FIRST), plain("alice", PASSWORD, false)] {
        let (told, _) = asked(machine, PHONE, command);
        assert!(matches!(told, Reply::RateLimited { .. }), "{told:?}");
    }
}

#[test]
fn keys_come_and_go_with_passwords() {
    let machine = &mut world();
    let has_keys = |machine: &Machine| {
        let alice = machine.state().account_named(&nick("alice").folded());
        alice.unwrap().scram.is_some()
    };
    assert_eq!(
        asked(machine, LAPTOP, plain("alice", PASSWORD, true)).0,
        logged_in("alice")
    );
    let change = |old: &str, new: &str| command(&format!("PASSWD {old} {new}"));
    asked_at(machine, LAPTOP, change(PASSWORD, "other-pass-word"), &OFF);
    assert!(!has_keys(machine));
    asked_at(
        machine,
        PHONE,
        plain("alice", "other-pass-word", false),
        &OFF,
    );
    assert!(!has_keys(machine));
    let (_, events) = asked(machine, PHONE, plain("alice", "other-pass-word", false));
    assert!(matches!(
        events[0],
        Event::PasswordSet { renewed: true, .. }
    ));
    assert!(has_keys(machine));
    assert!(machine.state().who(LAPTOP).is_some(), "nobody is put out");
}
