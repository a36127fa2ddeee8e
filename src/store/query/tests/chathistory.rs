//! Pieces of history as IRC asks for them: every form, with its bounds left out.

use super::*;
use crate::effect::{Bound, Kind, Range};

const fn at(number: u64) -> Bound {
    // m2 is said at 1,060 ms, and each 10 ms after the one before.
    Bound::Time(Time::from_millis(1_040 + 10 * number.cast_signed()))
}

fn number(at: u64) -> Bound {
    Bound::Number(number_of(at))
}

fn piece(world: &World, reader: Reader, range: Range, events: bool) -> String {
    let query = Query::ChatHistory {
        reader,
        place: LOBBY,
        after: Number::default(),
        range,
        events,
        name: "#lobby".into(),
    };
    let answered = asked(world, &query);
    let target = "#lobby".into();
    assert_eq!(answered.kind, Kind::History { target });
    assert!(answered.rows.is_empty());
    let facts: Vec<_> = answered.facts.iter().map(|fact| words(fact)).collect();
    facts.join(" ")
}

#[test]
fn every_form_leaves_its_bounds_out() {
    let world = world();
    let between = Range::Between;
    for bound in [number, at as fn(u64) -> Bound] {
        for (range, limit, expected) in [
            (Range::After(bound(4)), 2, "m5 m6"),
            (Range::After(bound(4)), 9, "m5 m6 m7"),
            (Range::After(bound(7)), 9, ""),
            (Range::Before(bound(4)), 1, "m3"),
            (Range::Before(bound(4)), 9, "m2 m3"),
            (Range::Before(bound(2)), 9, ""),
            (Range::Around(bound(4)), 1, "m4"),
            (Range::Around(bound(4)), 2, "m3 m4"),
            (Range::Around(bound(4)), 3, "m3 m4 m5"),
            (Range::Around(bound(2)), 4, "m2 m3 m4 m5"),
            (Range::Around(bound(7)), 4, "m5 m6 m7"),
            (Range::Latest(None), 2, "m6 m7"),
            (Range::Latest(Some(bound(4))), 2, "m6 m7"),
            (Range::Latest(Some(bound(6))), 9, "m7"),
            (Range::Latest(Some(bound(7))), 9, ""),
            (between(bound(3), bound(6)), 9, "m4 m5"),
            (between(bound(6), bound(3)), 9, "m4 m5"),
            (between(bound(2), bound(7)), 2, "m3 m4"),
            (between(bound(7), bound(2)), 2, "m5 m6"),
            (between(bound(4), at(6)), 9, "m5"),
            (between(at(6), bound(4)), 9, "m5"),
            (between(bound(4), bound(4)), 9, ""),
            (between(bound(4), bound(5)), 9, ""),
            (between(bound(5), bound(4)), 9, ""),
        ] {
            let found = piece(&world, reader(&world, limit), range, false);
            assert_eq!(found, expected, "{range:?} {limit}");
        }
    }
    // A time at which nothing was said.
    let then = Bound::Time(Time::from_millis(1_085));
    for (range, expected) in [
        (Range::After(then), "m5 m6 m7"),
        (Range::Before(then), "m2 m3 m4"),
        (Range::Latest(Some(then)), "m5 m6 m7"),
        (Range::Around(then), "m3 m4 m5 m6"),
    ] {
        let found = piece(&world, reader(&world, 4), range, false);
        assert_eq!(found, expected, "{range:?}");
    }
}

#[test]
fn what_is_deleted_cleared_later_or_ignored_is_not_there() {
    let mut world = world();
    let early = reader(&world, 9);
    delete(&mut world, 3);
    world.happen(in_lobby(who(3, "carol"), "late"));
    world.commit().unwrap();
    assert_eq!(
        piece(&world, early.clone(), Range::Latest(None), false),
        "m2 m4 m5 m6 m7"
    );
    let ignoring = Reader {
        ignored: BTreeSet::from([Folded::of("Bob")]),
        ..reader(&world, 1)
    };
    for range in [Range::After(number(1)), Range::Before(number(99))] {
        assert_eq!(piece(&world, ignoring.clone(), range, false), "late");
    }
    let query = Query::ChatHistory {
        reader: early,
        place: LOBBY,
        after: number_of(5),
        range: Range::Around(number(2)),
        events: false,
        name: "#lobby".into(),
    };
    let facts = asked(&world, &query).facts;
    let facts: Vec<_> = facts.iter().map(|fact| words(fact)).collect();
    assert_eq!(facts, ["m6", "m7"]);
}

#[test]
fn events_are_played_back_where_they_are_wanted() {
    let mut world = world();
    world.happen(Event::Joined {
        room: lobby(),
        who: alice(),
        ranks: crate::model::Ranks::NONE,
    });
    world.happen(Event::Reacted {
        spot: Spot::Room(lobby()),
        by: alice(),
        message: number_of(7),
        reaction: "+1".into(),
        added: true,
    });
    delete(&mut world, 6);
    let latest = |events| piece(&world, reader(&world, 5), Range::Latest(None), events);
    assert_eq!(latest(false), "m2 m3 m4 m5 m7");
    let told = latest(true);
    assert!(
        told.starts_with("m5 m7 joined:alice Reacted")
            && told.contains("message: Number(7)")
            && told.ends_with("deleted:6"),
        "{told}"
    );
}

#[test]
fn private_conversations_are_read_by_both() {
    let mut world = world();
    world.happen(private(alice(), bob(), "one"));
    world.happen(private(bob(), alice(), "two"));
    world.happen(private(bob(), who(3, "carol"), "not hers"));
    world.commit().unwrap();
    let pair = Place::between(alice().account.unwrap(), bob().account.unwrap());
    let query = Query::ChatHistory {
        reader: reader(&world, 9),
        place: pair,
        after: Number::default(),
        range: Range::Latest(None),
        events: true,
        name: "bob".into(),
    };
    let facts = asked(&world, &query).facts;
    let facts: Vec<_> = facts.iter().map(|fact| words(fact)).collect();
    assert_eq!(facts, ["one", "two"]);
}

#[test]
fn places_by_when_something_was_said_there_last() {
    let mut world = world();
    world.happen(created(2, "#ops", Some(bob()), true));
    world.happen(private(bob(), alice(), "psst"));
    world.happen(spoken(Spot::Room(room(2, "#ops")), bob(), "in ops"));
    world.commit().unwrap();
    let pair = Place::between(alice().account.unwrap(), bob().account.unwrap());
    let ops = Place::Room(RoomId(2));
    let targets = |from, to, limit| {
        let places = [(LOBBY, "#lobby"), (pair, "bob"), (ops, "#ops")];
        let named = |(place, name): (Place, &str)| (place, Number::default(), name.into());
        let query = Query::Targets {
            reader: reader(&world, limit),
            places: places.map(named).into(),
            from: Time::from_millis(from),
            to: Time::from_millis(to),
        };
        let answered = asked(&world, &query);
        assert_eq!(answered.kind, Kind::Targets);
        let rows = answered.rows.iter().map(|row| match row {
            Row::HistoryTarget { name, last } => format!("{name}:{}", last.millis()),
            other => panic!("{other:?}"),
        });
        rows.collect::<Vec<_>>().join(" ")
    };
    // The last of the lobby is m7; #ops itself came at 1,120.
    let all = "#lobby:1110 bob:1130 #ops:1140";
    assert_eq!(targets(0, 9_000, 9), all);
    assert_eq!(targets(9_000, 0, 9), all);
    assert_eq!(targets(0, 9_000, 1), "#lobby:1110");
    assert_eq!(targets(9_000, 0, 1), "#ops:1140");
    assert_eq!(targets(1_110, 1_140, 9), "bob:1130");
    assert_eq!(targets(1_140, 1_140, 9), "");
}

#[test]
fn the_newest_of_each_place_place_by_place() {
    let mut world = world();
    for text in ["p1", "p2", "p3"] {
        world.happen(private(bob(), alice(), text));
    }
    world.commit().unwrap();
    let pair = Place::between(alice().account.unwrap(), bob().account.unwrap());
    let replay = |limit, limit_each| {
        let query = Query::Replay {
            reader: reader(&world, limit),
            places: vec![(pair, number_of(8)), (LOBBY, Number::default())],
            limit_each,
        };
        let answered = asked(&world, &query);
        assert_eq!(answered.kind, Kind::Missed);
        let facts: Vec<_> = answered.facts.iter().map(|fact| words(fact)).collect();
        facts.join(" ")
    };
    assert_eq!(replay(9, 2), "p2 p3 m6 m7");
    assert_eq!(replay(9, 3), "p2 p3 m5 m6 m7");
    assert_eq!(replay(3, 2), "p2 p3 m7");
    assert_eq!(replay(9, 0), "");
}

#[test]
fn a_search_for_facts_from_either_end() {
    let world = world();
    let found = |order, before: Option<i64>, after: Option<i64>| {
        let query = Query::Search {
            reader: reader(&world, 2),
            places: vec![(LOBBY, Number::default())],
            words: Vec::new(),
            from: Some(Folded::of("bob")),
            before: before.map(Time::from_millis),
            after: after.map(Time::from_millis),
            order,
            facts: true,
        };
        let answered = asked(&world, &query);
        assert_eq!(answered.kind, Kind::Search);
        let facts: Vec<_> = answered.facts.iter().map(|fact| words(fact)).collect();
        facts.join(" ")
    };
    assert_eq!(found(Order::Newest, None, None), "m6 m7");
    assert_eq!(found(Order::Newest, Some(1_090), None), "m3 m4");
    assert_eq!(found(Order::Oldest, None, Some(1_080)), "m4 m5");
    assert_eq!(found(Order::Oldest, Some(1_090), Some(1_080)), "m4");
    assert_eq!(found(Order::Oldest, None, None), "m2 m3");
}

#[test]
fn the_last_number_at_a_time() {
    let mut world = world();
    let number_at = |world: &World, at| {
        let time = Time::from_millis(at);
        match look_up(world.writer.database(), &Errand::NumberAt { time }).unwrap() {
            Found::NumberAt { number } => number.unwrap().get(),
            other => panic!("{other:?}"),
        }
    };
    for (at, number) in [
        (0, 0),
        (1_059, 1),
        (1_060, 2),
        (1_069, 2),
        (1_110, 7),
        (9_999, 7),
    ] {
        assert_eq!(number_at(&world, at), number, "{at}");
    }
    let before = Time::from_millis(9_999);
    world.happen(Event::Expired { before });
    world.commit().unwrap();
    assert_eq!(number_at(&world, 9_999), 0);
}
