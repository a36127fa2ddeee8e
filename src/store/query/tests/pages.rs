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
