//! How much room the file system of the database has left, compared with `database.min_free_mb`.

use rustix::fs::statvfs;

use super::{Fault, Place};

const MB_BYTES: u64 = 1_000_000;

/// What is looked at before writes are let in.
#[derive(Clone, Debug)]
pub struct Space {
    place: Place,
    min_free_mb: u64,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpaceLeft {
    /// Writes may go on.
    Enough,
    /// Writes are refused; reads go on.
    TooLittle {
        /// What is left.
        free_mb: u64,
    },
}

impl Space {
    /// The space around a database.
    #[must_use]
    pub fn around(place: Place, min_free_mb: u64) -> Self {
        Self { place, min_free_mb }
    }

    /// Looks; cheap enough for every batch.
    ///
    /// # Errors
    /// When the system does not tell, as when the directory is gone.
    pub fn left(&self) -> Result<SpaceLeft, Fault> {
        let path = match &self.place {
            Place::File(path) => path,
            Place::Memory => return Ok(SpaceLeft::Enough),
        };
        // The directory, since a file that was moved away would tell of another disk, or of none.
        let folder = path.parent().unwrap_or(path);
        let found = statvfs(folder).map_err(|error| {
            Fault::io(folder, "the directory of the database has to be there")(error.into())
        })?;
        // What is kept for root alone is not for us.
        let free_mb = found.f_bavail.saturating_mul(found.f_frsize) / MB_BYTES;
        Ok(judge(free_mb, self.min_free_mb))
    }
}

fn judge(free_mb: u64, min_free_mb: u64) -> SpaceLeft {
    if free_mb < min_free_mb {
        SpaceLeft::TooLittle { free_mb }
    } else {
        SpaceLeft::Enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asked_of_the_file_system() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::file(&folder.path().join("chinwag.db")).unwrap();
        let left = |min_free_mb| Space::around(place.clone(), min_free_mb).left().unwrap();
        assert_eq!(left(0), SpaceLeft::Enough);
        assert!(matches!(left(u64::MAX), SpaceLeft::TooLittle { .. }));
        let gone = Place::file(&folder.path().join("gone/chinwag.db")).unwrap();
        assert!(Space::around(gone, 0).left().is_err());
        let memory = Space::around(Place::Memory, u64::MAX);
        assert_eq!(memory.left().unwrap(), SpaceLeft::Enough);
    }

    #[test]
    fn as_much_as_is_asked_is_enough() {
        assert_eq!(judge(64, 64), SpaceLeft::Enough);
        assert_eq!(judge(63, 64), SpaceLeft::TooLittle { free_mb: 63 });
    }
}
