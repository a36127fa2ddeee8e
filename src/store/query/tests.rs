//! Each query, over few rows.

mod chathistory;
mod pages;

use std::collections::BTreeSet;

use chinwag_grammar::Folded;

use super::*;
use crate::effect::{Order, Page, Reader, UnreadPlace};
use crate::model::{RoomId, Spot, Who};
use crate::store::testing::{
    World, alice, bob, created, in_lobby, lobby, nick, private, room, room_name, spoken, who,
};

const LOBBY: Place = Place::Room(RoomId(1));

fn reader(world: &World, limit: usize) -> Reader {
    Reader {
        account: alice().account,
        upto: world.state.last(),
        limit,
        ignored: BTreeSet::new(),
    }
}

fn asked(world: &World, query: &Query) -> Answered {
    answer(world.writer.database(), query).unwrap()
}

/// What the rows say, and the words of the reply.
fn told(world: &World, query: &Query) -> (String, String) {
    let answered = asked(world, query);
    let rows: Vec<_> = answered.rows.iter().map(row_words).collect();
    let reply = answered.reply.map(|reply| reply.words());
    (rows.join(" "), reply.unwrap_or_default())
}

fn row_words(row: &Row) -> String {
    match row {
        Row::Audit { by, text, .. } => format!("{by}:{text}"),
        Row::Message { fact, .. } => words(fact),
        Row::Reaction { reaction, by } => format!("{reaction}{by:?}"),
        Row::Unread {
            place,
            count,
            since,
            ..
        } => format!("{place}:{count}:{since}"),
        other => format!("{other:?}"),
    }
}

fn words(fact: &Fact) -> String {
    match &fact.event {
        Event::Said { text, .. } => text.to_string(),
        Event::Deleted { message, .. } => format!("deleted:{message}"),
        Event::Joined { who, .. } => format!("joined:{}", who.nick),
        Event::Invited { who, .. } => format!("invited:{}", who.nick),
        Event::RoomCreated { .. } => "created".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The lobby made as 1, then messages m2 to m7 of bob.
fn world() -> World {
    let mut world = World::new();
    for number in 2..=7 {
        world.happen(in_lobby(bob(), &format!("m{number}")));
    }
    world.commit().unwrap();
    world
}

fn delete(world: &mut World, message: u64) {
    world.happen(Event::Deleted {
        spot: Spot::Room(lobby()),
        by: alice(),
        message: Number::new(message).unwrap(),
        author: bob().nick,
        why: None,
    });
    world.commit().unwrap();
}

fn number_of(number: u64) -> Number {
    Number::new(number).unwrap()
}

#[test]
fn pages() {
    let world = world();
    let more_before = |number| format!("2 messages, more: HISTORY #lobby BEFORE {number}");
    for (page, limit, rows, reply) in [
        (Page::Latest, 2, "m6 m7", more_before(6)),
        (
            Page::Latest,
            9,
            "created m2 m3 m4 m5 m6 m7",
            "6 messages".to_owned(),
        ),
        (Page::Before(number_of(6)), 2, "m4 m5", more_before(4)),
        (
            Page::Before(number_of(2)),
            2,
            "created",
            "0 messages".to_owned(),
        ),
        (
            Page::Since(number_of(3)),
            2,
            "m4 m5",
            "2 messages, more: HISTORY #lobby SINCE 5".to_owned(),
        ),
        (
            Page::Since(number_of(5)),
            2,
            "m6 m7",
            "2 messages".to_owned(),
        ),
        (Page::Since(number_of(7)), 2, "", "0 messages".to_owned()),
        (Page::Around(number_of(4)), 2, "m3 m4", more_before(3)),
    ] {
        let query = Query::History {
            reader: reader(&world, limit),
            place: LOBBY,
            after: Number::default(),
            page,
            name: "#lobby".into(),
        };
        assert_eq!(told(&world, &query), (rows.to_owned(), reply), "{page:?}");
    }
}

#[test]
fn found_by_words_author_and_time() {
    let mut world = world();
    world.happen(private(alice(), bob(), "the kettle \"on\""));
    world.happen(private(bob(), who(3, "carol"), "her kettle"));
    let early = Time::from_millis(world.now);
    world.happen(in_lobby(
        Who {
            account: None,
            nick: nick("gus"),
        },
        "my kettle",
    ));
    world.commit().unwrap();
    let pair = Place::between(alice().account.unwrap(), bob().account.unwrap());
    let all = vec![(LOBBY, Number::default()), (pair, Number::default())];
    let search = |words: &[&str], from: Option<&str>, before, after| {
        let query = Query::Search {
            reader: reader(&world, 10),
            places: all.clone(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            from: from.map(Folded::of),
            before,
            after,
            order: Order::Newest,
            facts: false,
        };
        told(&world, &query).0
    };
    assert_eq!(
        search(&["kettle"], None, None, None),
        "the kettle \"on\" my kettle"
    );
    assert_eq!(
        search(&["kettle", "on\""], None, None, None),
        "the kettle \"on\""
    );
    assert_eq!(search(&["kettle"], Some("Gus"), None, None), "my kettle");
    assert_eq!(search(&[], Some("alice"), None, None), "the kettle \"on\"");
    assert_eq!(
        search(&["kettle"], None, Some(early), None),
        "the kettle \"on\""
    );
    assert_eq!(search(&["kettle"], None, None, Some(early)), "my kettle");
    assert_eq!(search(&["\" OR", "("], None, None, None), "");
}

#[test]
fn a_message_with_its_reactions_until_it_is_deleted() {
    let mut world = world();
    for (by, reaction, added) in [
        (alice(), "+1", true),
        (bob(), "tea", true),
        (bob(), "+1", true),
        (bob(), "tea", false),
    ] {
        world.happen(Event::Reacted {
            spot: Spot::Room(lobby()),
            by,
            message: number_of(3),
            reaction: reaction.into(),
            added,
        });
    }
    world.commit().unwrap();
    let query = Query::Show {
        reader: reader(&world, 10),
        number: number_of(3),
    };
    let (rows, _) = told(&world, &query);
    assert!(
        rows.starts_with("m3 +1[") && !rows.contains("tea"),
        "{rows}"
    );
    let meta = super::message(world.writer.database(), number_of(3)).unwrap();
    assert_eq!(
        meta.map(|meta| (meta.place, meta.author)),
        Some((LOBBY, bob().account))
    );
    delete(&mut world, 3);
    let reply = asked(&world, &query).reply;
    let number = number_of(3);
    assert_eq!(reply, Some(Reply::UnknownMessage { number }));
    for number in [1, 3, 99] {
        let found = super::message(world.writer.database(), number_of(number)).unwrap();
        assert_eq!(found, None, "{number}");
    }
}

#[test]
fn missed_with_deletions_and_what_is_about_oneself() {
    let mut world = world();
    delete(&mut world, 5);
    world.happen(created(2, "#ops", Some(bob()), true));
    world.happen(spoken(Spot::Room(room(2, "#ops")), bob(), "not for alice"));
    world.happen(Event::Invited {
        room: room(2, "#ops"),
        who: alice(),
        by: bob(),
    });
    world.commit().unwrap();
    let missed = |since, limit| {
        let query = Query::Missed {
            reader: reader(&world, limit),
            nick: alice().nick,
            places: vec![(LOBBY, Number::default())],
            since: number_of(since),
        };
        let answered = asked(&world, &query);
        let facts: Vec<_> = answered.facts.iter().map(|fact| words(fact)).collect();
        (facts.join(" "), answered.reply.unwrap().words())
    };
    let all = "m4 m6 m7 deleted:5 invited:alice".to_owned();
    assert_eq!(missed(3, 10), (all, "logged in as alice".to_owned()));
    for number in 8..=20 {
        world.happen(in_lobby(bob(), &format!("n{number}")));
    }
    world.commit().unwrap();
    let query = Query::Missed {
        reader: reader(&world, 1),
        nick: alice().nick,
        places: vec![(LOBBY, Number::default())],
        since: number_of(11),
    };
    let answered = asked(&world, &query);
    assert_eq!(answered.facts.len(), 10);
    let last = answered.facts.last().unwrap().number.unwrap();
    let reply = answered.reply.unwrap().words();
    assert_eq!(
        reply,
        format!("10 messages, more: LOGIN alice … SINCE {last}")
    );
}

#[test]
fn missed_in_several_places_is_the_oldest_of_all() {
    let mut world = world();
    let ops = room(2, "#ops");
    world.happen(created(2, "#ops", Some(bob()), true));
    for number in 9..=40 {
        let spot = Spot::Room(if number % 3 == 0 {
            room(1, "#lobby")
        } else {
            ops.clone()
        });
        world.happen(spoken(spot, bob(), &format!("n{number}")));
    }
    world.commit().unwrap();
    for places in [[LOBBY, Place::Room(ops.id)], [Place::Room(ops.id), LOBBY]] {
        let query = Query::Missed {
            reader: reader(&world, 1),
            nick: alice().nick,
            places: places.map(|place| (place, Number::default())).into(),
            since: number_of(8),
        };
        let facts = asked(&world, &query).facts;
        let told = facts.iter().map(|fact| fact.number.unwrap().get());
        assert_eq!(told.collect::<Vec<_>>(), (9..=18).collect::<Vec<_>>());
    }
}

#[test]
fn a_line_full_of_words_is_searched_for() {
    let world = world();
    let words = |count| Query::Search {
        reader: reader(&world, 9),
        places: vec![(LOBBY, Number::default()); 1_500],
        words: vec!["m3".to_owned(); count],
        from: None,
        before: None,
        after: None,
        order: Order::Newest,
        facts: false,
    };
    assert_eq!(told(&world, &words(4_096)).0, "m3");
}

#[test]
fn unread_as_lines_and_as_messages() {
    let mut world = world();
    world.happen(in_lobby(alice(), "mine"));
    world.commit().unwrap();
    let unread = |rows, limit| Query::Unread {
        reader: reader(&world, limit),
        places: vec![UnreadPlace {
            place: LOBBY,
            name: "#lobby".into(),
            after: number_of(4),
            mentions: 1,
        }],
        personal: Vec::new(),
        rows,
    };
    assert_eq!(
        told(&world, &unread(false, 9)),
        ("#lobby:3:4".to_owned(), String::new())
    );
    let all = ("m5 m6 m7".to_owned(), "3 messages".to_owned());
    assert_eq!(told(&world, &unread(true, 9)), all);
    let some = (
        "m5 m6".to_owned(),
        "2 messages, more: HISTORY #lobby SINCE 6".to_owned(),
    );
    assert_eq!(told(&world, &unread(true, 2)), some);
}

#[test]
fn audited_exported_and_counted() {
    let mut world = world();
    for text in ["first", "second", "third"] {
        world.happen(Event::Audited {
            by: alice().nick,
            door: Door::Netcat,
            text: text.into(),
        });
    }
    world.happen(private(bob(), alice(), "psst"));
    delete(&mut world, 2);
    let acts = ("alice:second alice:third".to_owned(), "2 acts".to_owned());
    assert_eq!(told(&world, &Query::Audit { count: 2 }), acts);
    let account = bob().account.unwrap();
    let (rows, reply) = told(&world, &Query::Export { account });
    assert_eq!(rows, "m3 m4 m5 m6 m7 psst");
    assert!(reply.starts_with("6 "), "{reply}");
    let query = Query::ClearCount {
        room: room_name("#lobby"),
        place: LOBBY,
        code: 1,
    };
    assert!(told(&world, &query).1.ends_with("to remove 5 messages"));
}
