//! What a file is, by its first bytes: read without SQLite, which would change some of what it opens.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::Fault;
use super::migrate::VERSION;

/// "chwg", as schema.sql has it.
pub(super) const APPLICATION_ID: u32 = 0x6368_7767;

const HEADER_LEN_BYTES: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where SQLite's format has the two numbers, big-endian.
const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A database of ours, of a version that is known.
    Ours,
    /// No file, or one without a byte.
    Nothing,
}

/// Looks at a file; whatever is not for us is a fault.
pub(super) fn examine(path: &Path) -> Result<Found, Fault> {
    let failed = Fault::io(path, "chinwag has to be allowed to read and write it");
    let mut header = Vec::with_capacity(HEADER_LEN_BYTES);
    match File::open(path) {
        Ok(file) => file.take(HEADER_LEN_BYTES as u64).read_to_end(&mut header),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(failed(error)),
    }
    .map_err(failed)?;
    if header.is_empty() {
        return Ok(Found::Nothing);
    }
    if header.len() < HEADER_LEN_BYTES || !header.starts_with(MAGIC) {
        return Err(Fault::NotADatabase {
            path: path.to_owned(),
        });
    }
    judge(
        path,
        number_at(&header, APPLICATION_ID_AT),
        number_at(&header, USER_VERSION_AT),
    )?;
    Ok(Found::Ours)
}

/// Looks at a file that has to be there.
pub(super) fn require(path: &Path) -> Result<(), Fault> {
    match examine(path)? {
        Found::Ours => Ok(()),
        Found::Nothing => Err(absent_or_empty(path)),
    }
}

fn absent_or_empty(path: &Path) -> Fault {
    match path.metadata() {
        Ok(_) => Fault::NotADatabase {
            path: path.to_owned(),
        },
        Err(error) => Fault::io(path, "name a file that is there")(error),
    }
}

/// Whether a database with these two numbers is for us.
pub(super) fn judge(path: &Path, application_id: u32, version: u32) -> Result<(), Fault> {
    let path = path.to_owned();
    if application_id != APPLICATION_ID {
        return Err(Fault::Foreign {
            path,
            found: application_id,
        });
    }
    if version > VERSION {
        return Err(Fault::Newer {
            path,
            found: version,
            known: VERSION,
        });
    }
    Ok(())
}

fn number_at(header: &[u8], at: usize) -> u32 {
    let bytes = header[at..at + 4]
        .try_into()
        .expect("four bytes were taken");
    u32::from_be_bytes(bytes)
}
