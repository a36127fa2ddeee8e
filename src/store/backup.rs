//! A consistent copy of the database while the server writes: complete, or not there at all.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::{Fault, Progress, open_reader, pragma};

/// 1 MiB at a time: how often progress is told.
const STEP_PAGES: i32 = 256;
const ADVICE: &str = "its directory has to be there, and chinwag has to be allowed to write to it";

/// Copies the database at `path` to `target`, and answers how many pages there were.
///
/// The copy is of one moment, that of the call. Until it is done the WAL of the database cannot begin again.
///
/// # Errors
/// When something is at `target` already, or either file fails; then there is no copy.
pub fn backup(path: &Path, target: &Path, progress: Progress<'_>) -> Result<u64, Fault> {
    if target.symlink_metadata().is_ok() {
        return Err(exists(target));
    }
    let source = open_reader(path)?;
    let part = Part::beside(target)?;
    let pages = copy(&source, path, &part.path, progress)?;
    part.become_whole(target)?;
    Ok(pages)
}

fn copy(
    source: &Connection,
    path: &Path,
    part: &Path,
    progress: Progress<'_>,
) -> Result<u64, Fault> {
    // The whole copy reads in one transaction; otherwise each write to the database would begin it anew.
    let reading = source.unchecked_transaction().map_err(Fault::of(path))?;
    let any = "SELECT count(*) FROM sqlite_schema";
    reading
        .query_row(any, (), |_| Ok(()))
        .map_err(Fault::of(path))?;
    let failed = Fault::of(part);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(part, flags).map_err(&failed)?;
    // A part that is lost was never a copy: it needs no journal, and one sync at its end.
    let careless = [("journal_mode", "OFF"), ("synchronous", "OFF")];
    pragma::set(&copy, &careless).map_err(&failed)?;
    let backup = Backup::new(&reading, &mut copy).map_err(&failed)?;
    loop {
        let step = backup.step(STEP_PAGES).map_err(&failed)?;
        let [total, left] = [backup.progress().pagecount, backup.progress().remaining]
            .map(|pages| u64::try_from(pages).unwrap_or(0));
        match step {
            StepResult::Done => {
                progress(total, total);
                return Ok(total);
            }
            StepResult::More => progress(total.saturating_sub(left), total),
            // Nobody else knows of the part, and a WAL is read without locks: not to be waited for. The enum is
            // rusqlite's, and open.
            StepResult::Busy | StepResult::Locked | _ => {
                return Err(Fault::Locked {
                    path: path.to_owned(),
                });
            }
        }
    }
}

/// The unfinished copy; gone when it is dropped.
struct Part {
    path: PathBuf,
}

impl Part {
    fn beside(target: &Path) -> Result<Self, Fault> {
        let mut name = target.as_os_str().to_owned();
        // Another copy may be under way, and one that was killed leaves its part.
        name.push(format!(".{:016x}.part", rand::random::<u64>()));
        let path = PathBuf::from(name);
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(Fault::io(target, ADVICE))?;
        Ok(Self { path })
    }

    /// Gives it its name, on disk for good.
    fn become_whole(self, target: &Path) -> Result<(), Fault> {
        let failed = Fault::io(target, ADVICE);
        File::open(&self.path)
            .and_then(|file| file.sync_all())
            .map_err(&failed)?;
        // A link, unlike a renaming, does not replace what came there meanwhile.
        match fs::hard_link(&self.path, target) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(exists(target)),
            // Some file systems have no links.
            Err(_) if !target.exists() => {
                fs::rename(&self.path, target).map_err(&failed)?;
            }
            Err(_) => return Err(exists(target)),
        }
        drop(self);
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))
            .and_then(|folder| folder.sync_all())
            .map_err(failed)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // It may have been renamed; and what cannot be removed is named so that a person sees what it is.
        let _ = fs::remove_file(&self.path);
    }
}

fn exists(target: &Path) -> Fault {
    Fault::Exists {
        path: target.to_owned(),
    }
}

#[cfg(test)]
mod tests;
