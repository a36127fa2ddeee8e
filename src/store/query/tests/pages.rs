//! Pages of which little is shown, or nothing.

use super::*;

#[test]
fn what_ignored_people_said_is_counted_and_not_shown() {
    let mut world = world();
    world.happen(in_lobby(alice(), "m mine"));
    world.happen(in_lobby(who(3, "carol"), "m hers"));
    world.commit().unwrap();
    let reader = Reader {
        ignored: BTreeSet::from([Folded::of("Bob")]),
        ..reader(&world, 3)
    };
    let history = |page| Query::History {
        reader: reader.clone(),
        place: LOBBY,
        after: Number::default(),
        page,
        name: "#lobby".into(),
    };
    for (page, rows, reply) in [
        (
            Page::Latest,
            "m mine m hers",
            "2 messages, 1 of people you ignore left out, more: HISTORY #lobby BEFORE 7",
        ),
        (
            Page::Before(number_of(7)),
            "",
            "0 messages, 3 of people you ignore left out, more: HISTORY #lobby BEFORE 4",
        ),
        (
            Page::Before(number_of(4)),
            "created",
            "0 messages, 2 of people you ignore left out",
        ),
        (
            Page::Since(number_of(2)),
            "",
            "0 messages, 3 of people you ignore left out, more: HISTORY #lobby SINCE 5",
        ),
    ] {
        let expected = (rows.to_owned(), reply.to_owned());
        assert_eq!(told(&world, &history(page)), expected, "{page:?}");
    }
    let unread = |rows| Query::Unread {
        reader: reader.clone(),
        places: vec![UnreadPlace {
            place: LOBBY,
            name: "#lobby".into(),
            after: number_of(4),
            mentions: 2,
        }],
        personal: Vec::new(),
        rows,
    };
    assert_eq!(told(&world, &unread(false)).0, "#lobby:1:4");
    let expected = "1 message, 3 of people you ignore left out";
    assert_eq!(
        told(&world, &unread(true)),
        ("m hers".to_owned(), expected.to_owned())
    );
}

#[test]
fn a_search_says_that_there_is_more() {
    let mut world = world();
    for number in 8..=12 {
        world.happen(in_lobby(alice(), &format!("tea {number}")));
        world.happen(in_lobby(bob(), "tea"));
    }
    world.commit().unwrap();
    let search = |limit, ignored: &[&str]| {
        let ignored = ignored.iter().map(|name| Folded::of(name)).collect();
        let query = Query::Search {
            reader: Reader {
                ignored,
                ..reader(&world, limit)
            },
            places: vec![(LOBBY, Number::default())],
            words: vec!["tea".to_owned()],
            from: None,
            before: None,
            after: None,
            order: Order::Newest,
            facts: false,
        };
        told(&world, &query)
    };
    let (rows, reply) = search(3, &[]);
    assert_eq!(rows, "tea tea 12 tea");
    assert!(
        reply.starts_with("3 messages, the newest of more: add words, in:#room"),
        "{reply}"
    );
    assert_eq!(search(10, &[]).1, "10 messages");
    let (rows, reply) = search(4, &["bob"]);
    assert_eq!(rows, "tea 9 tea 10 tea 11 tea 12");
    assert!(
        reply.starts_with("4 messages, 4 of people you ignore left out, the newest of more: "),
        "{reply}"
    );
    let all = "5 messages, 5 of people you ignore left out";
    assert_eq!(search(5, &["bob"]).1, all);
}

#[test]
fn deleted_messages_and_reactions_make_no_empty_pages() {
    let mut world = world();
    for message in 3..=6 {
        delete(&mut world, message);
    }
    for _ in 0..5 {
        world.happen(Event::Reacted {
            spot: Spot::Room(lobby()),
            by: bob(),
            message: number_of(7),
            reaction: "+1".into(),
            added: true,
        });
    }
    world.happen(in_lobby(bob(), "last"));
    world.commit().unwrap();
    let deletions = "deleted:3 deleted:4 deleted:5 deleted:6";
    for (page, limit, rows, reply) in [
        (
            Page::Before(number_of(7)),
            1,
            "m2",
            "1 message, more: HISTORY #lobby BEFORE 2",
        ),
        (Page::Before(number_of(6)), 2, "created m2", "1 message"),
        (
            Page::Since(number_of(2)),
            1,
            "m7",
            "1 message, more: HISTORY #lobby SINCE 7",
        ),
        (
            Page::Since(number_of(7)),
            4,
            deletions,
            "0 messages, more: HISTORY #lobby SINCE 11",
        ),
        (Page::Since(number_of(11)), 1, "last", "1 message"),
        (
            Page::Latest,
            2,
            "deleted:6 last",
            "1 message, more: HISTORY #lobby BEFORE 11",
        ),
        (
            Page::Around(number_of(4)),
            4,
            "created m2 m7 deleted:3",
            "2 messages",
        ),
    ] {
        let query = Query::History {
            reader: reader(&world, limit),
            place: LOBBY,
            after: Number::default(),
            page,
            name: "#lobby".into(),
        };
        let expected = (rows.to_owned(), reply.to_owned());
        assert_eq!(told(&world, &query), expected, "{page:?} {limit}");
    }
}
