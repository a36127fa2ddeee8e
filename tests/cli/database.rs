//! `chinwag backup` and `chinwag check` on a database that no server has open.

use chinwag::config::Durability;
use chinwag::store::{self, Place};

use crate::program::Folder;

/// A folder with a new database in it.
fn folder() -> Folder {
    let folder = Folder::new();
    let place = Place::file(&folder.path("chinwag.db")).unwrap();
    store::open(&place, Durability::Full).unwrap();
    folder
}

#[test]
fn copied_and_verified() {
    let folder = folder();
    let copied = folder.run("backup copy.db").well();
    assert!(copied.ends_with(" pages\n"), "{copied}");
    let sound = folder.run("check copy.db").well();
    assert!(
        sound.ends_with("copy.db: sound: schema version 2, 0 accounts, 0 rooms, 0 events\n"),
        "{sound}"
    );
}

#[test]
fn what_is_wrong_is_told() {
    let folder = Folder::new();
    let told = folder.run("backup copy.db");
    assert_eq!(told.status, 1);
    assert!(
        told.err.ends_with("name a file that is there\n"),
        "{told:?}"
    );
    folder.write("some.db", "text");
    let told = folder.run("check some.db");
    assert_eq!(told.status, 1);
    assert!(
        told.err.contains("some.db: not an SQLite database"),
        "{told:?}"
    );
}
