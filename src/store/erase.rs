//! Erasing many events at once, from the table and from the search index, so that no byte of their text stays.

use rusqlite::{Connection, Params, params};

/// Fewer are always taken out of the index one by one.
const BULK_MIN: i64 = 500;

/// Taking one event out of the index (0.4 ms) costs as much as rewriting the entries of so many (1.3 µs each).
const BULK_RATIO: i64 = 300;

/// Which events are to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doomed {
    /// All up to a number, as history.retention wants.
    Before {
        /// The last that goes.
        last: i64,
    },
    /// What an account and others wrote to each other, as the end of the account wants.
    Private {
        /// The account's id.
        account: i64,
    },
    /// Those of a room up to a number, as CLEAR wants, or the end of a temporary room.
    Room {
        /// The room's id.
        room: i64,
        /// The last that goes.
        last: i64,
    },
}

/// Erases within the transaction of the caller, and answers how many there were. `forget` follows the commit.
///
/// # Errors
/// When the database cannot be written; the transaction is then to be rolled back.
pub fn erase(database: &Connection, doomed: Doomed) -> rusqlite::Result<usize> {
    match doomed {
        Doomed::Before { last } => erase_where(database, "number <= ?1", params![last]),
        Doomed::Private { account } => erase_where(
            database,
            "low IS NOT NULL AND (low = ?1 OR high = ?1)",
            params![account],
        ),
        Doomed::Room { room, last } => {
            erase_where(database, "room = ?1 AND number <= ?2", params![room, last])
        }
    }
}

fn erase_where(
    database: &Connection,
    which: &str,
    params: impl Params + Copy,
) -> rusqlite::Result<usize> {
    let erase = format!("DELETE FROM event WHERE {which}");
    change_where(database, &erase, which, params)
}

/// Takes an account's number out of what it wrote; its name of then stays.
pub(super) fn erase_author(database: &Connection, account: i64) -> rusqlite::Result<usize> {
    let which = "author = ?1";
    let change = format!("UPDATE event SET author = NULL WHERE {which}");
    change_where(database, &change, which, params![account])
}

/// Changes events one by one in the index, or, where they are many, all of it at once.
fn change_where(
    database: &Connection,
    change: &str,
    which: &str,
    params: impl Params + Copy,
) -> rusqlite::Result<usize> {
    let counts =
        format!("SELECT (SELECT count(*) FROM event WHERE {which}), (SELECT count(*) FROM event)");
    let (doomed, all): (i64, i64) =
        database.query_row(&counts, params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    if doomed < BULK_MIN || doomed * BULK_RATIO < all {
        return database.execute(change, params);
    }
    // Deleted without care, the words stay in old segments; then all segments become one, which has none of them.
    erase_securely(database, false)?;
    let erased = database.execute(change, params)?;
    database.execute(
        "INSERT INTO message_fts (message_fts) VALUES ('optimize')",
        (),
    )?;
    erase_securely(database, true)?;
    Ok(erased)
}

fn erase_securely(database: &Connection, securely: bool) -> rusqlite::Result<()> {
    let set = "INSERT INTO message_fts (message_fts, rank) VALUES ('secure-delete', ?1)";
    database.execute(set, (securely,)).map(|_| ())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Durability;
    use crate::store::{Place, check, forget, open};

    /// Whether this many messages of a room leave nothing in the file, while those of another room stay.
    fn nothing_stays(messages: i64) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chinwag.db");
        let place = Place::file(&path).unwrap();
        let mut database = open(&place, Durability::Normal).unwrap();
        for room in [1, 2] {
            let add = "INSERT INTO room (id, name, folded, created, permanent, last_number) VALUES (?1, ?1, ?1, 0, 1, 9999)";
            database.execute(add, (room,)).unwrap();
        }
        let add = "INSERT INTO event (number, time, kind, room, nick, text) VALUES (?1, 0, 'message', ?2, 'a', ?3)";
        // Batches, so that the index has several segments.
        for first in (1..=2 * messages).step_by(100) {
            let change = database.transaction().unwrap();
            for number in first..(first + 100).min(2 * messages + 1) {
                let text = ["stays", "goes"][usize::try_from(number % 2).unwrap()];
                let text = format!("{text} q{number}");
                change.execute(add, (number, 2 - number % 2, text)).unwrap();
            }
            change.commit().unwrap();
        }
        database
            .execute("UPDATE meta SET next_number = 10000, next_room = 3", ())
            .unwrap();
        let change = database.transaction().unwrap();
        let doomed = Doomed::Room {
            room: 1,
            last: 2 * messages,
        };
        assert_eq!(
            erase(&change, doomed).unwrap(),
            usize::try_from(messages).unwrap()
        );
        change.commit().unwrap();
        assert!(forget(&database, &place).unwrap());
        let bytes = fs::read(&path).unwrap();
        let held = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        assert!(held(b"stays") && !held(b"goes"), "{messages}");
        let words = "CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, message_fts, row)";
        database.execute_batch(words).unwrap();
        // A word a message, the word they share, and the room.
        let left = database.query_row("SELECT count(*) FROM temp.word", (), |row| row.get(0));
        assert_eq!(left, Ok(messages + 2));
        let secure = "SELECT v FROM message_fts_config WHERE k = 'secure-delete'";
        assert_eq!(database.query_row(secure, (), |row| row.get(0)), Ok(1));
        check(&path, &mut |_, _| {}).unwrap();
    }

    #[test]
    fn few() {
        nothing_stays(50);
    }

    #[test]
    fn many() {
        nothing_stays(BULK_MIN + 300);
    }

    #[test]
    fn the_index_forgets_many_by_one_author() {
        let database = open(&Place::Memory, Durability::Full).unwrap();
        let add = "INSERT INTO event (number, time, kind, author, nick, text) VALUES (?1, 0, 'message', 3, 'a', 'tea')";
        for number in 1..=BULK_MIN {
            database.execute(add, (number,)).unwrap();
        }
        let changed = usize::try_from(BULK_MIN).unwrap();
        assert_eq!(erase_author(&database, 3), Ok(changed));
        let sound = "INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)";
        database.execute(sound, ()).unwrap();
        for (matching, found) in [("author : a3", 0), ("text : tea", BULK_MIN)] {
            let count = "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?1";
            let count = database.query_row(count, (matching,), |row| row.get(0));
            assert_eq!(count, Ok(found), "{matching}");
        }
    }

    #[test]
    fn everything_before() {
        let database = open(&Place::Memory, Durability::Full).unwrap();
        let add = "INSERT INTO event (number, time, kind, nick) VALUES (?1, 0, 'online', 'a')";
        for number in 1..=5 {
            database.execute(add, (number,)).unwrap();
        }
        assert_eq!(erase(&database, Doomed::Before { last: 3 }), Ok(3));
    }
}
