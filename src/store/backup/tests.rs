//! Copies: of what the WAL holds, while somebody writes, and none where something goes wrong.

use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::config::Durability;
use crate::store::{Place, check, open};

/// A database with so many events, open; its WAL holds some of them.
fn filled(path: &Path, events: u32) -> Connection {
    let database = open(&Place::file(path).unwrap(), Durability::Normal).unwrap();
    add(&database, 1, events);
    database
}

fn add(database: &Connection, from: u32, events: u32) {
    database
        .execute(
            "WITH RECURSIVE n(value) AS (SELECT ?1 UNION ALL SELECT value + 1 FROM n WHERE value < ?2)
             INSERT INTO event (number, time, kind, nick, text)
             SELECT value, 0, 'message', 'alice', 'some words ' || value || ' ' || hex(zeroblob(250)) FROM n",
            (from, from + events - 1),
        )
        .unwrap();
    database
        .execute("UPDATE meta SET next_number = ?1", (from + events,))
        .unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_moment_while_somebody_writes() {
    let folder = tempfile::tempdir().unwrap();
    let [path, target] = ["chinwag.db", "copy.db"].map(|name| folder.path().join(name));
    let database = filled(&path, 3_000);
    let mut told = Vec::new();
    let pages = backup(&path, &target, &mut |done, total| {
        told.push((done, total));
        let next = 10_000 + u32::try_from(told.len()).unwrap();
        add(&database, next, 1);
    })
    .unwrap();
    assert!(told.len() > 1, "{told:?}");
    assert!(told.is_sorted());
    assert_eq!(told.last(), Some(&(pages, pages)));
    assert_eq!(
        names(folder.path()),
        ["chinwag.db", "chinwag.db-shm", "chinwag.db-wal", "copy.db"]
    );
    let mode = target.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        check(&target, &mut |_, _| {}).unwrap(),
        format!(
            "{}: sound: schema version 2, 0 accounts, 0 rooms, 3000 events",
            target.display()
        )
    );
    let copy = open(&Place::file(&target).unwrap(), Durability::Full).unwrap();
    let found = "SELECT count(*) FROM message_fts WHERE message_fts MATCH '2999'";
    assert_eq!(copy.query_row(found, (), |row| row.get(0)), Ok(1));
}

#[test]
fn nothing_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let [path, target] = ["chinwag.db", "copy.db"].map(|name| folder.path().join(name));
    drop(filled(&path, 1));
    fs::write(&target, "precious").unwrap();
    let fault = backup(&path, &target, &mut |_, _| {}).unwrap_err();
    assert!(matches!(fault, Fault::Exists { .. }), "{fault:?}");
    // Nor what comes there while it is copied.
    fs::remove_file(&target).unwrap();
    let fault = backup(&path, &target, &mut |_, _| {
        fs::write(&target, "precious").unwrap();
    });
    assert!(matches!(fault, Err(Fault::Exists { .. })), "{fault:?}");
    assert_eq!(fs::read(&target).unwrap(), b"precious");
    assert_eq!(names(folder.path()), ["chinwag.db", "copy.db"]);
}

#[test]
fn no_copy_of_what_is_not_ours_nor_to_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let [path, target] = ["chinwag.db", "copy.db"].map(|name| folder.path().join(name));
    fs::write(&path, "text").unwrap();
    assert!(backup(&path, &target, &mut |_, _| {}).is_err());
    assert_eq!(names(folder.path()), ["chinwag.db"]);
    fs::remove_file(&path).unwrap();
    drop(filled(&path, 1));
    let nowhere = folder.path().join("absent/copy.db");
    let fault = backup(&path, &nowhere, &mut |_, _| {}).unwrap_err();
    assert!(matches!(fault, Fault::Io { .. }), "{fault:?}");
}

#[test]
fn a_copy_that_fails_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chinwag.db");
    let target = folder.path().join("copies/copy.db");
    let database = filled(&path, 3_000);
    fs::create_dir(folder.path().join("copies")).unwrap();
    // Somebody takes the directory away.
    let fault = backup(&path, &target, &mut |done, total| {
        if done < total {
            let _ = fs::remove_dir_all(folder.path().join("copies"));
        }
    });
    assert!(fault.is_err());
    assert_eq!(
        names(folder.path()),
        ["chinwag.db", "chinwag.db-shm", "chinwag.db-wal"]
    );
    drop(database);
}
