//! Who is here, who is watched and who went, as IRC asks for it.

use chinwag_grammar::Folded;

use super::irc::{asks, comes, configured, facts, nick, refused, rows};
use super::*;
use crate::command::irc::Monitor;
use crate::effect::To;
use crate::model::Event;
use crate::reply::{Reply, Row};

#[test]
fn who_is_watched_is_told_of_each_once() {
    let (mut machine, alice) = machine();
    configured(&mut machine, |rules| rules.guests = true);
    let add = |names: &[&str]| {
        let names = names.iter().map(|name| nick(name)).collect();
        Command::Monitor(Monitor::Add(names))
    };
    let told = asks(&mut machine, alice, add(&["Bob", "gus", "ALICE"]));
    let row = |name, online| Row::Monitor {
        nick: nick(name),
        online,
    };
    let offline = [row("Bob", false), row("gus", false), row("ALICE", true)];
    assert_eq!(rows(&told), offline);
    // Twice is once; in another spelling too.
    let told = asks(&mut machine, alice, add(&["BOB"]));
    assert!(facts(&told).next().is_none());
    let (bob, told) = comes(&mut machine, 2, "LOGIN bob pass-word");
    let audience = |told: &[Effect], is: fn(&Event) -> bool| {
        let found = facts(told).find(|(fact, _)| is(&fact.event));
        found.map(|(_, audience)| audience.to.clone())
    };
    let online = audience(&told, |event| matches!(event, Event::Online { .. }));
    assert!(
        matches!(&online, Some(To::RoomsAnd(_, conns)) if *conns == [alice]),
        "{online:?}"
    );
    let (gus, told) = comes(&mut machine, 3, "GUEST Gus");
    let entered = audience(&told, |event| matches!(event, Event::GuestEntered { .. }));
    assert_eq!(entered, Some(To::RoomsAnd(Vec::new(), vec![alice])));
    // A guest who goes is told of like anybody else.
    let (who, lobby, why) = (machine.state().who(gus).unwrap(), None, None);
    let gone = Event::Offline {
        who,
        lobby,
        why,
        killed_by: None,
    };
    let to = crate::command::audience::of(machine.state(), &gone);
    assert!(matches!(&to, To::RoomsAnd(rooms, conns) if rooms.len() == 1 && *conns == [alice]));
    let told = asks(&mut machine, alice, Command::Monitor(Monitor::Status));
    assert_eq!(
        rows(&told),
        [row("ALICE", true), row("Bob", true), row("gus", true)]
    );
    let told = step(
        &mut machine,
        Entry::Disconnected {
            conn: bob,
            why: None,
        },
    );
    let offline = audience(&told, |event| matches!(event, Event::Offline { .. }));
    assert!(matches!(&offline, Some(To::RoomsAnd(_, conns)) if *conns == [alice]));
    let gone = Command::Monitor(Monitor::Remove(vec![nick("bob"), nick("carol")]));
    asks(&mut machine, alice, gone);
    let told = asks(&mut machine, alice, Command::Monitor(Monitor::List));
    let names = ["ALICE", "gus"].map(|name| Row::Monitored { nick: nick(name) });
    assert_eq!(rows(&told), names);
    asks(&mut machine, alice, Command::Monitor(Monitor::Clear));
    assert_eq!(
        machine.state().live().monitors,
        crate::state::Monitors::default()
    );
    // Who logs out watches nobody.
    asks(&mut machine, alice, add(&["bob"]));
    step(&mut machine, request(alice, command("LOGOUT"), None));
    assert_eq!(
        machine.state().live().monitors,
        crate::state::Monitors::default()
    );
}

#[test]
fn as_many_are_watched_as_may_be() {
    let (mut machine, conn) = machine();
    configured(&mut machine, |rules| rules.monitor = 2);
    let names = ["bob", "bob", "carol", "dave", "erin"].map(nick).into();
    let told = asks(&mut machine, conn, Command::Monitor(Monitor::Add(names)));
    assert_eq!(rows(&told).len(), 3);
    let (limit, nicks) = (2, "dave,erin".into());
    assert_eq!(
        refused(&told),
        Some(&Reply::TooManyMonitored { limit, nicks })
    );
}

#[test]
fn who_went_is_remembered_the_last_of_them_first() {
    let (mut machine, alice) = machine();
    configured(&mut machine, |rules| {
        rules.guests = true;
        rules.whowas = 2;
    });
    let went = |machine: &Machine, name: &str| {
        let name = Folded::of(name);
        let gone = machine.state().whowas(&name);
        gone.map(|gone| (gone.who.account.is_some(), gone.host.clone(), gone.at))
            .collect::<Vec<_>>()
    };
    // Another session is left.
    let (second, _) = comes(&mut machine, 2, "LOGIN alice pass-word");
    step(
        &mut machine,
        Entry::Disconnected {
            conn: second,
            why: None,
        },
    );
    assert_eq!(went(&machine, "alice"), []);
    step(&mut machine, request(alice, command("LOGOUT"), None));
    assert_eq!(
        went(&machine, "Alice"),
        [(true, "127.0.0.1".to_owned(), NOW)]
    );
    for count in 3..=5 {
        let (guest, _) = comes(&mut machine, count, "GUEST gus");
        step(
            &mut machine,
            Entry::Disconnected {
                conn: guest,
                why: None,
            },
        );
    }
    assert_eq!(went(&machine, "alice"), []);
    assert_eq!(went(&machine, "gus").len(), 2);
    assert!(went(&machine, "gus").iter().all(|(account, ..)| !account));
}
