//! Files that are opened, and files that are refused and left as they were.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::store::VERSION;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn opened(path: &Path) -> Result<Connection, Fault> {
    open(&Place::file(path).unwrap(), Durability::Full)
}

fn pragma_of(database: &Connection, name: &str) -> String {
    let text = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
    match database.pragma_query_value(None, name, text).unwrap() {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => panic!("{name}: {other:?}"),
    }
}

/// The file is refused in those words, byte for byte the same, with nothing left beside it.
#[track_caller]
fn refused(path: &Path, words: &str) {
    let listed = || {
        let mut names: Vec<_> = fs::read_dir(path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let before = (fs::read(path).ok(), listed());
    let fault = opened(path).unwrap_err().to_string();
    assert_eq!(fault, format!("{}: {words}", path.display()));
    assert_eq!((fs::read(path).ok(), listed()), before);
}

#[test]
fn a_new_file_has_everything() {
    let folder = folder();
    let path = folder.path().join("chinwag.db");
    for _ in ["made", "opened again"] {
        let database = opened(&path).unwrap();
        for (name, value) in [
            ("application_id", "1667790695"),
            ("user_version", &VERSION.to_string()),
            ("auto_vacuum", "2"),
            ("cell_size_check", "1"),
            ("encoding", "UTF-8"),
            ("foreign_keys", "1"),
            ("journal_mode", "wal"),
            ("mmap_size", "0"),
            ("page_size", "4096"),
            ("secure_delete", "1"),
            ("synchronous", "2"),
            ("temp_store", "2"),
            ("trusted_schema", "0"),
        ] {
            assert_eq!(pragma_of(&database, name), value, "{name}");
        }
    }
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let normal = open(&Place::file(&path).unwrap(), Durability::Normal).unwrap();
    assert_eq!(pragma_of(&normal, "synchronous"), "1");
}

#[test]
fn in_memory_and_empty_files() {
    let memory = open(&Place::Memory, Durability::Full).unwrap();
    assert_eq!(pragma_of(&memory, "user_version"), VERSION.to_string());
    let folder = folder();
    let path = folder.path().join("file:odd?name#.db");
    fs::write(&path, "").unwrap();
    opened(&path).unwrap();
    assert!(fs::read(&path).unwrap().starts_with(b"SQLite format 3\0"));
}

#[test]
fn files_that_are_not_ours() {
    let folder = folder();
    let path = folder.path().join("some.db");
    let words = "not an SQLite database; name another file in database.path, or move this one away";
    for content in ["text".to_owned(), "text ".repeat(1000)] {
        fs::write(&path, content).unwrap();
        refused(&path, words);
    }
    fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
        .unwrap();
    drop(other);
    refused(
        &path,
        "an SQLite database, but not one of chinwag's (application_id 0x00000000); name another file in database.path",
    );
}

#[test]
fn a_newer_version() {
    let folder = folder();
    let path = folder.path().join("chinwag.db");
    let words =
        "has schema version 9, and this chinwag knows 2; use the newer chinwag that wrote it";
    let newer = opened(&path).unwrap();
    newer.pragma_update(None, "user_version", 9).unwrap();
    // While the WAL alone knows of it, too.
    let copied = folder.path().join("copied");
    fs::create_dir(&copied).unwrap();
    for ending in ["", "-wal"] {
        let name = format!("chinwag.db{ending}");
        fs::copy(folder.path().join(&name), copied.join(&name)).unwrap();
    }
    drop(newer);
    refused(&path, words);
    let wal = copied.join("chinwag.db-wal");
    let before = fs::read(&wal).unwrap();
    let fault = opened(&copied.join("chinwag.db")).unwrap_err().to_string();
    assert!(fault.ends_with(words), "{fault}");
    assert_eq!(fs::read(&wal).unwrap(), before);
}

#[test]
fn a_file_that_somebody_writes() {
    let folder = folder();
    let path = folder.path().join("chinwag.db");
    let other = opened(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let fault = opened(&path).unwrap_err();
    assert!(matches!(fault, Fault::Locked { .. }), "{fault:?}");
}

#[test]
fn what_is_no_file_at_all() {
    let folder = folder();
    let fault = opened(folder.path()).unwrap_err();
    assert!(matches!(fault, Fault::Io { .. }), "{fault:?}");
    let fault = opened(&folder.path().join("absent/chinwag.db")).unwrap_err();
    assert!(fault.to_string().contains("its directory has to be there"));
}

#[test]
fn a_file_that_is_cut_off() {
    let folder = folder();
    let path = folder.path().join("chinwag.db");
    drop(opened(&path).unwrap());
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let fault = opened(&path).unwrap_err();
    assert!(matches!(fault, Fault::Damaged { .. }), "{fault:?}");
}

#[test]
fn readers_only_read() {
    let folder = folder();
    let path = folder.path().join("chinwag.db");
    assert!(open_reader(&path).is_err());
    let writer = opened(&path).unwrap();
    let reader = open_reader(&path).unwrap();
    let change = "UPDATE meta SET applied = 7";
    assert!(reader.execute(change, ()).is_err());
    writer.execute(change, ()).unwrap();
    let read = "SELECT applied FROM meta";
    assert_eq!(reader.query_row(read, (), |row| row.get(0)), Ok(7));
}

#[test]
fn deleted_text_is_in_no_file() {
    let folder = folder();
    let path = folder.path().join("chinwag.db");
    let database = opened(&path).unwrap();
    let add =
        "INSERT INTO event (number, time, kind, nick, text) VALUES (?1, 0, 'message', 'a', ?2)";
    for number in 1..100 {
        let text = format!("xylophone{number} plays");
        database.execute(add, (number, text)).unwrap();
    }
    let held = |word: &str| {
        ["", "-wal"].iter().any(|ending| {
            let file = folder.path().join(format!("chinwag.db{ending}"));
            let bytes = fs::read(file).unwrap();
            bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes())
        })
    };
    assert!(held("xylophone50"));
    database
        .execute(crate::store::sql::DELETE_TEXT, (50,))
        .unwrap();
    assert!(forget(&database, &Place::file(&path).unwrap()).unwrap());
    // In the row the whole word; in the index, which shortens, what it has beyond its neighbour.
    assert!(!held("xylophone50"));
    let found = "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?1";
    let count = |word| database.query_row(found, (word,), |row| row.get(0));
    assert_eq!(count("xylophone50"), Ok(0));
    assert_eq!(count("xylophone51"), Ok(1));
    let terms = "CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, message_fts, row)";
    database.execute_batch(terms).unwrap();
    let left = "SELECT count(*) FROM temp.term WHERE term = 'xylophone50'";
    assert_eq!(database.query_row(left, (), |row| row.get(0)), Ok(0));
}
