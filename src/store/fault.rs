//! Why the database cannot be used: the file, what is wrong with it, and what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Ends the process if it is the server's own database; a command tells it and gives up.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are what they are called")]
pub enum Fault {
    /// Its contents contradict each other.
    #[error("{}: damaged: {what}; restore a backup (chinwag check FILE tells whether one is sound)", path.display())]
    Damaged { path: PathBuf, what: String },
    /// A copy may not replace what is there.
    #[error("{}: is there already; choose another name or remove it", path.display())]
    Exists { path: PathBuf },
    /// The database of another program.
    #[error("{}: an SQLite database, but not one of chinwag's (application_id {found:#010x}); name another file in database.path", path.display())]
    Foreign { path: PathBuf, found: u32 },
    /// A write found no room.
    #[error("{}: the disk, or the quota, is full; make room and start again, nothing acknowledged is lost", path.display())]
    Full { path: PathBuf },
    /// The system refuses.
    #[error("{}: {source}; {advice}", path.display())]
    Io {
        path: PathBuf,
        advice: &'static str,
        source: std::io::Error,
    },
    /// Somebody else writes to it.
    #[error("{}: locked by another process; end whatever has it open (fuser names it)", path.display())]
    Locked { path: PathBuf },
    /// Written by a later chinwag.
    #[error("{}: has schema version {found}, and this chinwag knows {known}; use the newer chinwag that wrote it", path.display())]
    Newer {
        path: PathBuf,
        found: u32,
        known: u32,
    },
    /// Some other file.
    #[error("{}: not an SQLite database; name another file in database.path, or move this one away", path.display())]
    NotADatabase { path: PathBuf },
    /// SQLite fails in a way that is none of the others.
    #[error("{}: {source}; if this goes on, run chinwag check on it", path.display())]
    Sqlite {
        path: PathBuf,
        source: rusqlite::Error,
    },
}

impl Fault {
    /// Turns a failure of SQLite on that file into the fault that it is.
    pub fn of(path: &Path) -> impl Fn(rusqlite::Error) -> Self {
        let path = path.to_owned();
        move |source| {
            let path = path.clone();
            // SQLite's codes are not ours, and most of them cannot be told apart by what to do.
            match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
                Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                    path,
                    what: source.to_string(),
                },
                Some(ErrorCode::DiskFull) => Self::Full { path },
                Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
                Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
                    Self::Io {
                        path,
                        advice: "chinwag has to be allowed to read and write it and its directory",
                        source: std::io::Error::other(source),
                    }
                }
                _ => Self::Sqlite { path, source },
            }
        }
    }

    /// Turns a failure of the system on that file into a fault that advises.
    pub(super) fn io(path: &Path, advice: &'static str) -> impl Fn(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            path: path.clone(),
            advice,
            source,
        }
    }
}
