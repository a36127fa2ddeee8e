//! Sound files, and files with everything that is wrong told.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::config::Durability;
use crate::store::{Place, open};

/// A closed database after that SQL, with a room and two accounts in it.
fn after(sql: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("100% sound?#1.db");
    let database = open(&Place::file(&path).unwrap(), Durability::Normal).unwrap();
    database
        .execute_batch(
            "INSERT INTO room (id, name, folded, created, permanent, last_number) VALUES (1, '#a', '#a', 0, 1, 3);
             INSERT INTO account (id, name, folded, verifier, role, created) VALUES (1, 'bob', 'bob', '', 'user', 0),
                                                                                 (2, 'eve', 'eve', '', 'user', 0);
             INSERT INTO member (room, account, joined_number, joined) VALUES (1, 1, 1, 0);
             INSERT INTO conversation VALUES (1, 2, 4);
             INSERT INTO event (number, time, kind, room, nick, text) VALUES (3, 0, 'message', 1, 'bob', 'hello');
             INSERT INTO event (number, time, kind, low, high, nick, text) VALUES (4, 0, 'message', 1, 2, 'bob', 'psst');
             UPDATE meta SET next_number = 5, next_account = 3, next_room = 2;
             PRAGMA foreign_keys = OFF;",
        )
        .unwrap();
    database.execute_batch(sql).unwrap();
    (folder, path)
}

fn checked(path: &Path) -> Result<String, String> {
    let mut told = Vec::new();
    let found = check(path, &mut |done, total| told.push((done, total)));
    assert!(told.is_sorted());
    assert_eq!(
        told.last().is_some_and(|(done, total)| done == total),
        !told.is_empty()
    );
    found.map_err(|fault| fault.to_string())
}

#[test]
fn a_sound_file_is_left_alone() {
    let (folder, path) = after("");
    let before = fs::read(&path).unwrap();
    let sound = "sound: schema version 2, 2 accounts, 1 rooms, 2 events";
    assert_eq!(
        checked(&path).unwrap(),
        format!("{}: {sound}", path.display())
    );
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_file_in_use_is_checked_with_its_wal() {
    let (_folder, path) = after("");
    let database = open(&Place::file(&path).unwrap(), Durability::Full).unwrap();
    let add = "INSERT INTO event (number, time, kind, nick) VALUES (2, 0, 'online', 'bob')";
    database.execute(add, ()).unwrap();
    assert!(checked(&path).unwrap().ends_with("3 events"));
}

#[test]
fn everything_that_is_wrong() {
    for (sql, words) in [
        (
            "UPDATE meta SET next_number = 4",
            "events numbered above the counter: 1",
        ),
        (
            "UPDATE meta SET next_account = 2",
            "accounts above the counter: 1",
        ),
        (
            "UPDATE meta SET next_room = 1",
            "rooms above the counter: 1",
        ),
        (
            "UPDATE room SET last_number = 2",
            "rooms whose last number is not that of their newest message: 1",
        ),
        (
            "UPDATE room SET last_number = 5",
            "rooms whose last number is not that of their newest message: 1",
        ),
        (
            "UPDATE room SET cleared_to = 3",
            "messages that were cleared: 1",
        ),
        (
            "DELETE FROM conversation",
            "private messages without their conversation: 1",
        ),
        (
            "INSERT INTO room_marker VALUES (1, 1, 5, 0)",
            "markers above the counter: 1",
        ),
        (
            "INSERT INTO private_marker VALUES (1, 2, 9, 0)",
            "markers above the counter: 1",
        ),
        (
            "UPDATE member SET joined_number = 5",
            "memberships above the counter: 1",
        ),
        ("UPDATE meta SET rules = '{'", "values that are not JSON: 1"),
        ("DELETE FROM meta", "rows missing in meta: 1"),
        (
            "DELETE FROM account WHERE id = 1",
            "member names what is not in account",
        ),
        (
            "INSERT INTO message_fts (message_fts) VALUES ('delete-all')",
            "messages that cannot be searched: 2",
        ),
        (
            "DROP TRIGGER event_removed; DELETE FROM event WHERE number = 3",
            "entries in the search index without their message: 1",
        ),
    ] {
        let (_folder, path) = after(sql);
        let fault = checked(&path).unwrap_err();
        let begin = format!("{}: damaged: ", path.display());
        assert!(
            fault.starts_with(&begin) && fault.contains(words),
            "{sql}: {fault}"
        );
    }
}

#[test]
fn bytes_that_changed() {
    let (_folder, path) = after("");
    let mut bytes = fs::read(&path).unwrap();
    for page in bytes.chunks_mut(4096).skip(2) {
        page[..64].fill(0xff);
    }
    fs::write(&path, bytes).unwrap();
    let fault = checked(&path).unwrap_err();
    assert!(fault.contains("damaged"), "{fault}");
}

#[test]
fn what_is_no_database_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("some");
    assert!(
        checked(&path)
            .unwrap_err()
            .contains("name a file that is there")
    );
    fs::write(&path, "").unwrap();
    assert!(
        checked(&path)
            .unwrap_err()
            .contains("not an SQLite database")
    );
    fs::write(&path, "text").unwrap();
    assert!(
        checked(&path)
            .unwrap_err()
            .contains("not an SQLite database")
    );
}
