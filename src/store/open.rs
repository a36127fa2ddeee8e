//! Opening the database: made if it is not there, brought to the current version, refused untouched if it is not ours.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::examine::{self, Found, examine};
use super::{Fault, migrate, pragma};
use crate::config::{Database, Durability};

/// How long opening waits for somebody else's lock: long enough for a checkpoint, not for a person.
const OPENING_TIMEOUT: Duration = Duration::from_millis(250);

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file; the path is absolute.
    File(PathBuf),
    /// In memory, gone with its connection.
    Memory,
}

impl Place {
    /// Where the configuration has it.
    ///
    /// # Errors
    /// When the working directory cannot be told.
    pub fn of(database: &Database) -> Result<Self, Fault> {
        if database.in_memory() {
            return Ok(Self::Memory);
        }
        Self::file(&database.path)
    }

    /// In that file.
    ///
    /// # Errors
    /// When the working directory cannot be told.
    pub fn file(path: &Path) -> Result<Self, Fault> {
        // Absolute also keeps SQLite from taking `file:` for a URI.
        std::path::absolute(path)
            .map(Self::File)
            .map_err(Fault::io(path, "the working directory has to be there"))
    }

    /// What faults call it.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Memory => Path::new(":memory:"),
        }
    }
}

/// Opens the database to write, with the current schema. Its owner holds the lock of `control` meanwhile.
///
/// # Errors
/// Every reason not to use the file, which then is as it was.
pub fn open(place: &Place, durability: Durability) -> Result<Connection, Fault> {
    let mut database = match place {
        Place::File(path) => open_file(path)?,
        Place::Memory => Connection::open_in_memory().map_err(Fault::of(place.path()))?,
    };
    prepare(&mut database, place.path())?;
    pragma::writer(&database, durability).map_err(Fault::of(place.path()))?;
    Ok(database)
}

/// Opens another connection to the file, which can only read. A database in memory has no other connection.
///
/// # Errors
/// As for `open`; a file that is not there is not made.
pub fn open_reader(path: &Path) -> Result<Connection, Fault> {
    examine::require(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(Fault::of(path))?;
    pragma::reader(&database).map_err(Fault::of(path))?;
    Ok(database)
}

/// Takes what was deleted out of the WAL as well, and gives its space back. False while a reader stands in the way:
/// then it has to be asked again.
///
/// # Errors
/// When the database cannot be written.
pub fn forget(database: &Connection, place: &Place) -> Result<bool, Fault> {
    let truncate = "PRAGMA wal_checkpoint(TRUNCATE)";
    database
        .query_row(truncate, (), |row| row.get::<_, bool>(0))
        .map(|busy| !busy)
        .map_err(Fault::of(place.path()))
}

fn open_file(path: &Path) -> Result<Connection, Fault> {
    if examine(path)? == Found::Nothing {
        // SQLite would let everybody read what people write to each other.
        OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)
            .map_err(Fault::io(
                path,
                "its directory has to be there, and chinwag has to be allowed to write to it",
            ))?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(Fault::of(path))
}

/// Makes the schema, or brings it up to date.
fn prepare(database: &mut Connection, path: &Path) -> Result<(), Fault> {
    let failed = Fault::of(path);
    database.busy_timeout(OPENING_TIMEOUT).map_err(&failed)?;
    // Whatever is refused below is not to be changed by closing it either.
    keep_wal(database, true).map_err(&failed)?;
    let empty = "SELECT count(*) = 0 FROM sqlite_schema";
    let empty = database.query_row(empty, (), |row| row.get(0));
    if empty.map_err(&failed)? {
        create(database).map_err(&failed)?;
    }
    // The WAL may know better than the header that was examined.
    let [application_id, version] = identity(database).map_err(&failed)?;
    examine::judge(path, application_id, version)?;
    keep_wal(database, false).map_err(&failed)?;
    // Somebody else's lock is found now, rather than at the first message.
    database
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .and_then(rusqlite::Transaction::rollback)
        .map_err(&failed)?;
    migrate::migrate(database, version).map_err(&failed)
}

/// In one transaction with a rollback journal, so that a file has either no schema or all of it; WAL comes afterwards.
fn create(database: &mut Connection) -> rusqlite::Result<()> {
    pragma::set(database, pragma::OF_A_NEW_FILE)?;
    let change = database.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    change.execute_batch(migrate::SCHEMA)?;
    change.commit()
}

fn keep_wal(database: &Connection, keep: bool) -> rusqlite::Result<()> {
    database
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep)
        .map(|_| ())
}

/// The application_id and the version of the schema.
pub(super) fn identity(database: &Connection) -> rusqlite::Result<[u32; 2]> {
    let number = |name| database.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok([
        number("application_id")?.cast_unsigned(),
        number("user_version")?.cast_unsigned(),
    ])
}

#[cfg(test)]
mod tests;
