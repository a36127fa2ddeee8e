//! Verifies a database file: SQLite's own checks, and what has to hold between chinwag's tables.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::migrate::VERSION;
use super::{Fault, Progress, examine, open, pragma};

/// More would not help anybody.
const TOLD_MAX: usize = 20;

/// What must not be found: in words, and how it is counted.
const WRONG: &[(&str, &str)] = &[
    (
        "events numbered above the counter",
        "SELECT count(*) FROM event WHERE number >= (SELECT next_number FROM meta)",
    ),
    (
        "accounts above the counter",
        "SELECT count(*) FROM account WHERE id >= (SELECT next_account FROM meta)",
    ),
    (
        "rooms above the counter",
        "SELECT count(*) FROM room WHERE id >= (SELECT next_room FROM meta)",
    ),
    (
        "rooms whose last number is not that of their newest message",
        "SELECT count(*) FROM room WHERE last_number >= (SELECT next_number FROM meta)
         OR last_number < (SELECT max(number) FROM event WHERE room = room.id
                           AND kind IN ('action', 'message', 'notice'))",
    ),
    (
        "messages that were cleared",
        "SELECT count(*) FROM room JOIN event ON event.room = room.id AND number <= cleared_to
         WHERE kind IN ('action', 'message', 'notice')",
    ),
    (
        "private messages without their conversation",
        "SELECT count(*) FROM event WHERE low IS NOT NULL AND kind IN ('action', 'message', 'notice') AND NOT EXISTS (SELECT 1 FROM conversation
         WHERE conversation.low = event.low AND conversation.high = event.high AND last_number >= number)",
    ),
    (
        "markers above the counter",
        "SELECT (SELECT count(*) FROM room_marker WHERE number >= next_number)
              + (SELECT count(*) FROM private_marker WHERE number >= next_number) FROM meta",
    ),
    (
        "memberships above the counter",
        "SELECT count(*) FROM member WHERE joined_number >= (SELECT next_number FROM meta)",
    ),
    (
        "messages that cannot be searched",
        "SELECT count(*) FROM talk WHERE number NOT IN (SELECT id FROM message_fts_docsize)",
    ),
    (
        "entries in the search index without their message",
        "SELECT count(*) FROM message_fts_docsize WHERE id NOT IN (SELECT number FROM talk)",
    ),
    (
        "values that are not JSON",
        "SELECT (SELECT count(*) FROM meta WHERE NOT json_valid(rules))
              + (SELECT count(*) FROM account WHERE NOT json_valid(settings))
              + (SELECT count(*) FROM token WHERE NOT json_valid(rooms))",
    ),
    (
        "rows missing in meta",
        "SELECT count(*) <> 1 FROM meta",
    ),
];

/// Reads all of a file, and answers one sentence of what is well.
///
/// # Errors
/// Everything that is wrong with it, or why it cannot be read. It is not changed.
pub fn check(path: &Path, progress: Progress<'_>) -> Result<String, Fault> {
    let path = &std::path::absolute(path).map_err(Fault::io(path, "name a file"))?;
    examine::require(path)?;
    let database = open_to_read(path).map_err(Fault::of(path))?;
    let [application_id, version] = open::identity(&database).map_err(Fault::of(path))?;
    examine::judge(path, application_id, version)?;
    let wrong = look(&database, version, progress).map_err(Fault::of(path))?;
    if !wrong.is_empty() {
        return Err(Fault::Damaged {
            path: path.clone(),
            what: wrong.join("; "),
        });
    }
    sentence(&database, path, version).map_err(Fault::of(path))
}

/// Without leaving anything beside it, where no WAL says that somebody may be writing.
fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let database = if Path::new(&wal).exists() {
        Connection::open_with_flags(path, flags)?
    } else {
        flags |= OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(immutable(path), flags)?
    };
    pragma::reader(&database)?;
    Ok(database)
}

/// A URI that tells SQLite that nobody writes.
fn immutable(path: &Path) -> std::ffi::OsString {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let mut uri = b"file:".to_vec();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'%' | b'?' | b'#' => uri.extend(format!("%{byte:02x}").into_bytes()),
            plain => uri.push(*plain),
        }
    }
    uri.extend(b"?immutable=1");
    std::ffi::OsString::from_vec(uri)
}

/// Everything that is wrong, table by table so that progress can be told.
fn look(
    database: &Connection,
    version: u32,
    progress: Progress<'_>,
) -> rusqlite::Result<Vec<String>> {
    // One moment, even while a server writes.
    let database = database.unchecked_transaction()?;
    let tables = texts(
        &database,
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
    )?;
    // An older schema has other tables; what holds between them is looked at once it has been brought up to date.
    let own = if version == VERSION { WRONG } else { &[] };
    let total = (tables.len() + 2 + own.len()) as u64;
    let mut wrong = Vec::new();
    let mut done = 0;
    let mut step = |found: rusqlite::Result<Vec<String>>| {
        // A damaged file also makes the questions fail.
        wrong.extend(found.unwrap_or_else(|error| vec![error.to_string()]));
        done += 1;
        progress(done, total);
    };
    for table in &tables {
        let sql = format!("SELECT * FROM pragma_integrity_check('{table}')");
        step(texts(&database, &sql).map(unless_ok));
    }
    // What no table owns: the list of free pages, and pages that nobody reaches.
    step(texts(&database, "SELECT * FROM pragma_quick_check").map(unless_ok));
    let orphans = "SELECT DISTINCT \"table\" || ' names what is not in ' || parent FROM pragma_foreign_key_check";
    step(texts(&database, orphans));
    for (what, sql) in own {
        step(
            database
                .query_row(sql, (), |row| row.get::<_, i64>(0))
                .map(|count| (count != 0).then(|| format!("{what}: {count}")))
                .map(|found| found.into_iter().collect()),
        );
    }
    wrong.sort();
    wrong.dedup();
    wrong.truncate(TOLD_MAX);
    Ok(wrong)
}

fn unless_ok(rows: Vec<String>) -> Vec<String> {
    rows.into_iter().filter(|row| row != "ok").collect()
}

fn texts(database: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = database.prepare(sql)?;
    let rows = statement.query_map((), |row| row.get(0))?;
    rows.collect()
}

fn sentence(database: &Connection, path: &Path, version: u32) -> rusqlite::Result<String> {
    let count = |table| {
        let sql = format!("SELECT count(*) FROM {table}");
        database.query_row(&sql, (), |row| row.get::<_, i64>(0))
    };
    Ok(format!(
        "{}: sound: schema version {version}, {} accounts, {} rooms, {} events",
        path.display(),
        count("account")?,
        count("room")?,
        count("event")?,
    ))
}

#[cfg(test)]
mod tests;
