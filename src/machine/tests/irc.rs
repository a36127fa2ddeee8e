//! What exists for IRC alone, asked of the machine: no door of this kind is needed.

use chinwag_grammar::plain::Target;
use chinwag_grammar::{RoomName, Span};

use super::*;
use crate::command::errand::Errand;
use crate::command::irc::{MarkRead, MarksItself, Replay, SearchIrc};
use crate::effect::{Audience, Bound, Hearer, Order, Query, Range, To};
use crate::model::{AccountId, Event, Fact, Rules};
use crate::reply::{Reply, Row};

const ALICE: AccountId = AccountId(1);

/// Another connection; as whom it came in is the line that it typed.
pub(super) fn comes(machine: &mut Machine, count: u64, line: &str) -> (ConnId, Vec<Effect>) {
    let conn = ConnId::new(0, count);
    let session = Box::new(session(conn));
    step(machine, Entry::Connected { session });
    let found = line.starts_with("LOGIN").then(|| Found::Verified {
        seen: Some(Verifier::from_phc("$argon2id$".to_owned())),
        right: true,
        renewed: None,
    });
    let effects = step(machine, request(conn, command(line), found));
    (conn, effects)
}

pub(super) fn configured(machine: &mut Machine, change: impl FnOnce(&mut Rules)) {
    let mut rules = Box::new(machine.state().rules().clone());
    change(&mut rules);
    step(machine, Entry::Configured { rules });
}

pub(super) fn asks(machine: &mut Machine, conn: ConnId, command: Command) -> Vec<Effect> {
    step(machine, request(conn, command, None))
}

pub(super) fn rows(effects: &[Effect]) -> Vec<Row> {
    let rows = effects.iter().filter_map(|effect| match effect {
        Effect::Row { row, .. } => Some(row.clone()),
        _ => None,
    });
    rows.collect()
}

pub(super) fn facts(effects: &[Effect]) -> impl Iterator<Item = (&Fact, &Audience)> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Fact { fact, audience } => Some((fact.as_ref(), audience)),
        _ => None,
    })
}

fn query(effects: &[Effect]) -> &Query {
    let mut queries = effects.iter().filter_map(|effect| match effect {
        Effect::Query { query, .. } => Some(query.as_ref()),
        _ => None,
    });
    queries.next().unwrap()
}

pub(super) fn refused(effects: &[Effect]) -> Option<&Reply> {
    effects.iter().find_map(|effect| match effect {
        Effect::Answer { reply, .. } if reply.code().is_some() => Some(reply),
        _ => None,
    })
}

pub(super) fn nick(name: &str) -> Nick {
    Nick::parse(name).unwrap()
}

fn room(name: &str) -> Target {
    Target::Room(RoomName::parse(name).unwrap())
}

fn mark(target: Target, time: Option<Time>) -> Command {
    Command::MarkRead(MarkRead { target, time })
}

/// With what the store would find.
fn marks(machine: &mut Machine, conn: ConnId, target: Target, time: Time) -> Vec<Effect> {
    let mut command = mark(target, Some(time));
    let prepared = machine.prepare(NOW, conn, &mut command);
    assert!(matches!(prepared, Prepared::Errand(Errand::NumberAt { time: at }) if at == time));
    let number = Some(machine.state().last());
    step(
        machine,
        request(conn, command, Some(Found::NumberAt { number })),
    )
}

#[test]
fn a_marker_is_the_time_that_was_given_goes_forward_and_is_told_to_other_sessions() {
    let (mut machine, conn) = machine();
    let target = || room("#ops");
    let marker = |time| Row::ReadMarker {
        target: "#ops".into(),
        time,
    };
    let shown = asks(&mut machine, conn, mark(target(), None));
    assert_eq!(rows(&shown), [marker(None)]);
    let early = Time::from_millis(NOW.millis() - 7_001);
    let told = marks(&mut machine, conn, target(), early);
    assert_eq!(rows(&told), [marker(Some(early))]);
    let told: Vec<_> = facts(&told)
        .filter_map(|(fact, audience)| match &fact.event {
            Event::ReadMarked { marks, .. } => Some((marks[0].name.clone(), audience.clone())),
            _ => None,
        })
        .collect();
    let audience = Audience {
        to: To::People(vec![Hearer::Account(ALICE)]),
        except: Some(conn),
    };
    assert_eq!(told, [("#ops".into(), audience)]);
    // No later than it was, or later than now.
    let earlier = Time::from_millis(early.millis() - 1);
    for (time, becomes) in [
        (earlier, early),
        (early, early),
        (NOW.plus(Span::seconds(9)), NOW),
    ] {
        let told = marks(&mut machine, conn, target(), time);
        assert_eq!(rows(&told), [marker(Some(becomes))]);
    }
    // A store that cannot be read marks nothing.
    let again = request(conn, mark(target(), Some(NOW)), Some(Found::Busy));
    let told = step(&mut machine, again);
    assert_eq!(refused(&told), Some(&Reply::StorageBroken));
    let told = asks(&mut machine, conn, mark(room("#lobbies"), None));
    assert!(matches!(refused(&told), Some(Reply::NoSuchRoom { .. })));
}

#[test]
fn what_one_reads_at_one_door_is_read_at_the_others() {
    let (mut machine, conn) = machine();
    let (_, _) = comes(&mut machine, 2, "LOGIN bob pass-word");
    step(
        &mut machine,
        request(ConnId::new(0, 2), command("PRIV alice hi"), None),
    );
    let told = step(&mut machine, request(conn, command("READ bob"), None));
    let marked = facts(&told).any(|(fact, audience)| {
        let is_mark = matches!(&fact.event, Event::ReadMarked { marks, .. }
            if marks[0].name == "bob".into() && marks[0].mark.at == NOW);
        is_mark && audience.to == To::People(vec![Hearer::Account(ALICE)])
    });
    assert!(marked, "{told:?}");
}

#[test]
fn what_waits_for_a_session_waits_no_longer_when_another_has_read_it() {
    let (mut machine, first) = machine();
    let (bob, _) = comes(&mut machine, 2, "LOGIN bob pass-word");
    step(
        &mut machine,
        Entry::Disconnected {
            conn: first,
            why: None,
        },
    );
    step(&mut machine, request(bob, command("PRIV alice one"), None));
    let [one, two] = [3, 4].map(|count| comes(&mut machine, count, "LOGIN alice pass-word").0);
    let waits = |machine: &Machine, conn| machine.state().session(conn).unwrap().pending.len();
    assert_eq!([waits(&machine, one), waits(&machine, two)], [1, 1]);
    // Shown to both, so that what is not read is what waited.
    step(&mut machine, request(bob, command("PRIV alice two"), None));
    let target = || Target::Nick(nick("bob"));
    let mut part = mark(target(), Some(Time::from_millis(NOW.millis() - 1)));
    let _ = machine.prepare(NOW, one, &mut part);
    let number = Number::new(1);
    step(
        &mut machine,
        request(one, part, Some(Found::NumberAt { number })),
    );
    assert_eq!(waits(&machine, two), 1);
    marks(&mut machine, one, target(), NOW);
    assert_eq!([waits(&machine, one), waits(&machine, two)], [0, 0]);
}

#[test]
fn a_client_that_marks_itself_reads_nothing_by_leaving() {
    for itself in [false, true] {
        let (mut machine, conn) = machine();
        step(&mut machine, request(conn, command("MSG #ops words"), None));
        if itself {
            asks(&mut machine, conn, Command::MarksItself(MarksItself));
            asks(&mut machine, conn, Command::MarksItself(MarksItself));
        }
        let told = step(&mut machine, Entry::Disconnected { conn, why: None });
        let marked = facts(&told).any(|(fact, _)| matches!(fact.event, Event::ReadMarked { .. }));
        assert_eq!(marked, !itself);
        assert!(machine.state().live().marking.is_empty());
    }
}

#[test]
fn what_the_store_is_asked() {
    let (mut machine, conn) = machine();
    step(&mut machine, request(conn, command("MSG #ops words"), None));
    let history = |target| {
        Command::ChatHistory(crate::command::irc::ChatHistory {
            target,
            range: Range::Before(Bound::Time(NOW)),
            limit: 9_999_999,
            events: true,
        })
    };
    let told = asks(&mut machine, conn, history(room("#OPS")));
    let Query::ChatHistory { reader, name, .. } = query(&told) else {
        panic!("{told:?}");
    };
    // The name is as the room is called, and the limit that of the configuration.
    assert_eq!((name.as_str(), reader.limit), ("#ops", 1_000));
    let told = asks(&mut machine, conn, history(room("#nowhere")));
    assert!(matches!(refused(&told), Some(Reply::NoSuchRoom { .. })));
    let told = asks(&mut machine, conn, history(Target::Nick(nick("nobody"))));
    assert!(matches!(refused(&told), Some(Reply::NoSuchNick { .. })));
    for (after, order) in [(None, Order::Newest), (Some(NOW), Order::Oldest)] {
        let search = Command::SearchIrc(SearchIrc {
            within: None,
            from: None,
            after,
            before: Some(NOW),
            text: Some(" two  words ".into()),
            limit: None,
        });
        let told = asks(&mut machine, conn, search);
        let Query::Search {
            words,
            before,
            order: asked,
            facts: true,
            ..
        } = query(&told)
        else {
            panic!("{told:?}");
        };
        assert_eq!(words, &["two", "words"]);
        assert_eq!(before.map(Time::millis), Some(NOW.millis() + 1));
        assert_eq!(*asked, order);
    }
}

#[test]
fn only_places_with_something_unread_are_replayed() {
    let (mut machine, conn) = machine();
    let (bob, _) = comes(&mut machine, 2, "LOGIN bob pass-word");
    step(&mut machine, request(bob, command("PRIV alice hi"), None));
    let places = |machine: &mut Machine, unread| {
        let replay = Command::Replay(Replay {
            target: None,
            unread,
        });
        let told = asks(machine, conn, replay);
        match query(&told) {
            Query::Replay {
                places,
                limit_each: 50,
                ..
            } => places.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(places(&mut machine, true), 1);
    step(&mut machine, request(conn, command("READ bob"), None));
    assert_eq!(places(&mut machine, true), 0);
    assert_eq!(places(&mut machine, false), 1);
}

#[test]
fn by_msgid() {
    let number = Number::new(7).unwrap();
    for (made, typed) in [
        (
            Command::delete(number, Some("spam".into())),
            "DELETE 7 spam",
        ),
        (Command::react(number, "+1".into()), "REACT 7 +1"),
        (Command::unreact(number, "+1".into()), "UNREACT 7 +1"),
        (
            Command::reply(number, "so it is".into()),
            "REPLY 7 so it is",
        ),
    ] {
        assert_eq!(made, command(typed));
    }
}
