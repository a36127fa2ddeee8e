//! The lock beside a database: whoever holds it owns the file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::{ControlError, beside, failed};

/// A lock that is held until it is dropped. Its file stays: removing it would let two owners hold two files of one name.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a database, which need not be there yet.
    ///
    /// # Errors
    /// `Held` when somebody has it; otherwise a failure of the file.
    pub fn take(database: &Path) -> Result<Self, ControlError> {
        let path = beside(database, ".lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(failed(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(ControlError::Held {
                    database: database.to_owned(),
                    owner: owner(&file),
                });
            }
            Err(TryLockError::Error(source)) => return Err(failed(&path)(source)),
        }
        let written = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        written.map_err(failed(&path))?;
        Ok(Self { _file: file })
    }
}

/// The process that wrote its number into the file; only to tell people.
fn owner(file: &File) -> Option<u32> {
    let mut text = String::new();
    file.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
