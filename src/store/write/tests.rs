//! Random histories are loaded as the state holds them; rows say what happened; a failed batch leaves nothing behind.

mod random;

use std::path::Path;

use super::*;
use crate::store::failing::{commit_fails_at, full_after};
use crate::store::row::{Stored, decode};
use crate::store::testing::{World, alice, bob, created, in_lobby, lobby, private, room, who};

/// What a statement counts.
fn count(world: &World, sql: &str) -> i64 {
    let database = world.writer.database();
    database.query_row(sql, (), |row| row.get(0)).unwrap()
}

fn event_of(world: &World, number: chinwag_grammar::Number) -> Option<Event> {
    let database = world.writer.database();
    let sql = "SELECT number, time, kind, room, low, high, author, nick, about, target, text
               FROM event WHERE number = ?1";
    let stored = database
        .query_row(sql, (row::number(number),), Stored::read)
        .unwrap();
    decode(database, stored).unwrap().map(|fact| fact.event)
}

#[test]
fn what_happened_is_read_back() {
    let mut world = World::new();
    let spot = crate::model::Spot::Room(lobby());
    let message = world.happen(in_lobby(bob(), "two\nlines")).number.unwrap();
    let why = Some("spam".into());
    let mask = chinwag_grammar::Mask::parse("bob!*@*").unwrap();
    for event in [
        private(alice(), bob(), "psst"),
        private(bob(), bob(), "a note"),
        Event::Said {
            spot: spot.clone(),
            by: crate::model::Who {
                account: None,
                ..bob()
            },
            speech: crate::model::event::Speech::Action,
            reply_to: Some(message),

            tags: Vec::new(),
            text: "waves".into(),
        },
        Event::Joined {
            room: lobby(),
            who: bob(),
            ranks: crate::model::Ranks::NONE,
        },
        Event::Ranked {
            room: lobby(),
            who: bob(),
            by: alice(),
            rank: crate::model::Rank::Voice,
            given: true,
        },
        Event::Reacted {
            spot: spot.clone(),
            by: alice(),
            message,
            reaction: "+1".into(),
            added: true,
        },
        Event::TopicSet {
            room: lobby(),
            by: alice(),
            text: "kettles".into(),
        },
        Event::Banned {
            room: lobby(),
            by: alice(),
            kind: crate::model::BanKind::Mute,
            mask: mask.clone(),
            until: Some(chinwag_grammar::Time::from_millis(9)),
            why: why.clone(),
        },
        Event::Unbanned {
            room: lobby(),
            by: alice(),
            kind: crate::model::BanKind::Mute,
            mask,
        },
        Event::Invited {
            room: lobby(),
            who: who(3, "carol"),
            by: alice(),
        },
        Event::Kicked {
            room: lobby(),
            who: bob(),
            by: alice(),
            why: why.clone(),
        },
        Event::Left {
            room: lobby(),
            who: alice(),
            why: None,
            gone: false,
        },
        Event::RoleSet {
            who: bob(),
            by: alice(),
            role: crate::model::Role::Admin,
        },
        Event::Blocked {
            who: bob(),
            by: alice(),
            block: crate::model::person::Block {
                until: None,
                by: alice().nick,
                why: why.clone(),
            },
        },
        Event::Unblocked {
            who: bob(),
            by: alice(),
        },
        created(2, "#ops", Some(alice()), true),
        Event::RoomDropped {
            room: room(2, "#ops"),
            by: Some(alice()),
        },
        Event::Deleted {
            spot,
            by: alice(),
            message,
            author: bob().nick,
            why,
        },
    ] {
        let number = world.happen(event.clone()).number.unwrap();
        if matches!(event, Event::RoomCreated { .. }) {
            world.compare();
        }
        world.compare();
        assert_eq!(event_of(&world, number), Some(event));
    }
    assert_eq!(event_of(&world, message), None, "deleted");
    assert_eq!(
        count(&world, "SELECT length(text) FROM event WHERE number = 2"),
        0
    );
}

#[test]
fn clearing_and_expiring_remove_rows() {
    let mut world = World::new();
    world.happen(in_lobby(bob(), "one"));
    world.happen(private(alice(), bob(), "stays"));
    world.happen(Event::Cleared {
        room: lobby(),
        by: alice(),
    });
    world.happen(in_lobby(bob(), "two"));
    world.compare();
    let said = "SELECT count(*) FROM talk";
    assert_eq!(count(&world, said), 2);
    let before = chinwag_grammar::Time::from_millis(world.now);
    world.happen(Event::Expired { before });
    world.compare();
    assert_eq!(count(&world, said), 1);
    assert_eq!(
        count(&world, "SELECT count(*) FROM event WHERE text = 'two'"),
        1
    );
}

#[test]
fn a_deleted_account_leaves_its_nick() {
    let mut world = World::new();
    world.happen(in_lobby(bob(), "hello"));
    world.happen(private(alice(), bob(), "gone"));
    world.happen(Event::AccountDeleted { who: bob() });
    world.compare();
    let left =
        "SELECT count(*) FROM event WHERE author IS NULL AND nick = 'bob' AND text = 'hello'";
    assert_eq!(count(&world, left), 1);
    assert_eq!(
        count(&world, "SELECT count(*) FROM event WHERE low IS NOT NULL"),
        0
    );
}

#[test]
fn a_batch_without_facts_touches_nothing() {
    let mut world = World::new();
    let applied = "SELECT applied FROM meta";
    let before = count(&world, applied);
    let batch = Batch {
        applied: 99,
        effects: Vec::new(),
    };
    world.writer.commit(&[&batch]).unwrap();
    assert_eq!(count(&world, applied), before);
}

#[test]
fn a_failed_commit_leaves_the_batch_before() {
    for failing in 6..10 {
        let mut world = World::new();
        commit_fails_at(world.writer.database(), failing);
        let mut kept = world.state.durable().clone();
        loop {
            world.happen(in_lobby(bob(), "hello"));
            if world.commit().is_err() {
                break;
            }
            kept = world.state.durable().clone();
        }
        let (loaded, applied) = crate::store::load(world.writer.database()).unwrap();
        assert_eq!((loaded, applied.cast_signed()), (kept, failing - 1));
    }
}

#[test]
fn a_full_disk_is_told_as_such() {
    for pages in 0.. {
        let mut world = World::new();
        full_after(world.writer.database(), pages);
        let kept = world.state.durable().clone();
        for _ in 0..20 {
            world.happen(in_lobby(bob(), &"word ".repeat(800)));
        }
        match world.commit() {
            Ok(()) => {
                assert!(pages > 3, "{pages}");
                break;
            }
            Err(fault) => assert!(matches!(fault, Fault::Full { .. }), "{fault:?}"),
        }
        let (loaded, _) = crate::store::load(world.writer.database()).unwrap();
        assert_eq!(loaded, kept, "{pages}");
    }
}

#[test]
fn the_file_is_sound_and_forgets_what_was_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    let mut world = World::in_file(&path);
    let message = world.happen(in_lobby(bob(), "unspeakable")).number.unwrap();
    world.happen(private(alice(), bob(), "psst"));
    world.compare();
    world.happen(Event::Deleted {
        spot: crate::model::Spot::Room(lobby()),
        by: alice(),
        message,
        author: bob().nick,
        why: None,
    });
    world.compare();
    for file in [&path, Path::new(&format!("{}-wal", path.display()))] {
        let bytes = std::fs::read(file).unwrap();
        assert!(!bytes.windows(11).any(|part| part == b"unspeakable"));
    }
    crate::store::check(&path, &mut |_, _| {}).unwrap();
}

#[test]
fn the_file_forgets_what_a_deleted_account_wrote_in_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    let mut world = World::in_file(&path);
    let email = Some("bob-at-home@example.org".into());
    let account = bob().account.unwrap();
    world.happen(Event::EmailSet { account, email });
    for text in ["unspeakable things", "unsearchable things"] {
        let message = world.happen(private(bob(), alice(), text)).number.unwrap();
        world.happen(Event::Reacted {
            spot: crate::model::Spot::Private { with: bob() },
            by: alice(),
            message,
            reaction: "unbearable".into(),
            added: true,
        });
        world.happen(private(alice(), bob(), "unanswerable things"));
        // Several commits, so that the index has several segments.
        world.compare();
    }
    world.happen(private(alice(), who(3, "carol"), "quotable things"));
    world.compare();
    let wal = format!("{}-wal", path.display());
    let holds = |word: &str| {
        [&path, Path::new(&wal)].into_iter().any(|file| {
            let bytes = std::fs::read(file).unwrap();
            bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes())
        })
    };
    let gone = [
        "speakable",
        "searchable",
        "bearable",
        "answerable",
        "bob-at-home",
        "$argon2id$bob",
    ];
    assert!(gone.iter().all(|word| holds(word)));
    world.happen(Event::AccountDeleted { who: bob() });
    world.compare();
    for word in gone {
        assert!(!holds(word), "{word}");
    }
    assert!(holds("quotable"));
    let found = |word: &str| {
        let found = "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?1";
        let database = world.writer.database();
        database.query_row(found, (word,), |row| row.get::<_, i64>(0))
    };
    assert_eq!([found("unspeakable"), found("things")], [Ok(0), Ok(1)]);
    crate::store::check(&path, &mut |_, _| {}).unwrap();
}
