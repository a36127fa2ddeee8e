//! What SQLite is told about each connection: everything that matters, so that no default decides.

use std::time::Duration;

use rusqlite::Connection;

use crate::config::Durability;

/// How long a connection waits for another one's lock. Ours do not lock each other out; a person's `sqlite3` might.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Settled when a file is made, before its first table.
pub(super) const OF_A_NEW_FILE: &[(&str, &str)] = &[
    ("page_size", "4096"),
    // UTF-8 is what everybody speaks here.
    ("encoding", "'UTF-8'"),
    // The space of what was cleared can go back to the file system: min_free_mb looks there.
    ("auto_vacuum", "INCREMENTAL"),
];

/// For every connection.
const OF_ALL: &[(&str, &str)] = &[
    ("foreign_keys", "ON"),
    ("defer_foreign_keys", "OFF"),
    ("recursive_triggers", "OFF"),
    ("ignore_check_constraints", "OFF"),
    // The file may have come from elsewhere: what it says of itself is not to be trusted.
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    // Negative: KiB.
    ("cache_size", "-16384"),
    // A mapped file that cannot be read kills the process; a read that fails is told.
    ("mmap_size", "0"),
    // Nothing of what people wrote goes to a directory for temporary files.
    ("temp_store", "MEMORY"),
];

/// For the connection that writes.
const OF_THE_WRITER: &[(&str, &str)] = &[
    // What is deleted is overwritten.
    ("secure_delete", "ON"),
    ("locking_mode", "NORMAL"),
    ("journal_mode", "WAL"),
    // In pages. The default beat a checkpointer of our own.
    ("wal_autocheckpoint", "1000"),
    // In bytes: after a long reader the WAL gives its space back.
    ("journal_size_limit", "67108864"),
];

/// Tells the connection that writes.
pub(super) fn writer(database: &Connection, durability: Durability) -> rusqlite::Result<()> {
    database.busy_timeout(BUSY_TIMEOUT)?;
    set(database, OF_ALL)?;
    set(database, OF_THE_WRITER)?;
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
    };
    set(database, &[("synchronous", synchronous)])
}

/// Tells a connection that reads.
pub(super) fn reader(database: &Connection) -> rusqlite::Result<()> {
    database.busy_timeout(BUSY_TIMEOUT)?;
    set(database, OF_ALL)?;
    set(database, &[("query_only", "ON")])
}

/// Sets pragmas, whether or not they answer.
pub(super) fn set(database: &Connection, pragmas: &[(&str, &str)]) -> rusqlite::Result<()> {
    for (name, value) in pragmas {
        let mut statement = database.prepare(&format!("PRAGMA {name} = {value}"))?;
        let mut rows = statement.query(())?;
        while rows.next()?.is_some() {}
    }
    Ok(())
}
