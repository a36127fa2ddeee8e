//! The control socket: how `chinwag user …` and `chinwag backup` reach the server that owns a database.
//!
//! Beside the database stand a lock, held by whoever has it open, and the socket of the server. One line of JSON asks;
//! lines of JSON answer, the last of them `done` or `failed`.

mod client;
mod listener;
mod lock;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::secret::Secret;

pub use client::Client;
pub use listener::{Listener, Replies};
pub use lock::Lock;

/// The longest request or response, in bytes.
const LINE_MAX_BYTES: usize = 65_536;

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
#[serde(tag = "request", rename_all = "kebab-case")]
pub enum Request {
    /// Copies the database to a file, consistently.
    Backup {
        /// Absolute: the server may run in another directory.
        file: PathBuf,
    },
    /// Makes an account.
    UserAdd {
        name: String,
        password: Secret,
        role: Role,
    },
    /// Blocks an account and ends its sessions.
    UserBlock {
        name: String,
        /// For so long; absent, for good.
        seconds: Option<u64>,
        reason: Option<String>,
    },
    /// Answers every account as a `User`.
    UserList,
    /// Sets a password.
    UserPasswd { name: String, password: Secret },
    /// Sets a role.
    UserRole { name: String, role: Role },
    /// Unblocks an account.
    UserUnblock { name: String },
}

/// A role over the whole server.
#[expect(missing_docs, reason = "help shows the words alone")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Admin,
    User,
}

/// What is answered: any number of `Progress` and `User`, then one `Done` or `Failed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
#[serde(tag = "response", rename_all = "kebab-case")]
pub enum Response {
    /// The request was carried out.
    Done {
        /// What to tell the person who asked.
        text: String,
    },
    /// The request was refused, or went wrong.
    Failed {
        /// What to tell the person who asked.
        text: String,
    },
    /// So much of the work is done.
    Progress {
        /// Done so far, in any unit.
        done: u64,
        /// To be done in all, in the same unit.
        total: u64,
    },
    /// One account.
    User {
        name: String,
        role: Role,
        blocked: bool,
        email: Option<String>,
    },
}

/// Why the database, or the server that owns it, cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The server ended in the middle of an answer.
    #[error("the server closed the control socket before its answer was complete")]
    Closed,
    /// Somebody else has the database.
    #[error("{} is in use by {}; end it first", database.display(), owner.map_or_else(|| "another process".into(), |pid| format!("process {pid}")))]
    Held {
        /// The database.
        database: PathBuf,
        /// The process, where the lock tells.
        owner: Option<u32>,
    },
    /// A file or the socket fails.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or the socket.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What was answered is not of this protocol, as of another version.
    #[error("the server answers what this version of chinwag does not understand")]
    Protocol,
    /// The name of the socket does not fit into an address.
    #[error("the control socket {} has too long a path (the system takes 107 bytes)", .0.display())]
    TooLong(PathBuf),
}

/// Who has a database.
pub enum Owner {
    /// A server, which can be asked.
    Server(Client),
    /// Now we do.
    Us(Lock),
}

/// Finds out who has a database: takes its lock, or connects to the server that holds it.
///
/// # Errors
/// When it is held and nobody answers, or on a failure of files.
pub fn reach(database: &Path) -> Result<Owner, ControlError> {
    match Lock::take(database) {
        Ok(lock) => Ok(Owner::Us(lock)),
        Err(ControlError::Held { database, owner }) => match Client::connect(&database) {
            Ok(client) => Ok(Owner::Server(client)),
            Err(_) => Err(ControlError::Held { database, owner }),
        },
        Err(other) => Err(other),
    }
}

/// The path of the socket.
#[must_use]
pub fn socket_path(database: &Path) -> PathBuf {
    beside(database, ".sock")
}

/// The path of a file beside the database, the same by whatever links the database is named.
fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut path = match (
        database.canonicalize(),
        database.parent(),
        database.file_name(),
    ) {
        (Ok(path), _, _) => path,
        (Err(_), Some(folder), Some(name)) if !folder.as_os_str().is_empty() => folder
            .canonicalize()
            .unwrap_or_else(|_| folder.to_owned())
            .join(name),
        (Err(_), _, _) => database.to_owned(),
    }
    .into_os_string();
    path.push(ending);
    path.into()
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> ControlError {
    let path = path.to_owned();
    move |source| ControlError::Io {
        path: path.clone(),
        source,
    }
}

#[cfg(test)]
mod tests;
