//! How tests make writing fail: at the nth batch, or at the nth page that is one too many.

use rusqlite::Connection;

/// From the batch that records this entry of the log on, COMMIT itself fails, after every statement went well.
pub(super) fn commit_fails_at(database: &Connection, applied: i64) {
    // A membership of nobody nowhere, which nothing minds before the foreign keys are looked at.
    database
        .execute_batch(&format!(
            "CREATE TEMP TRIGGER commit_fails AFTER UPDATE OF applied ON main.meta WHEN new.applied >= {applied} BEGIN
                 INSERT OR REPLACE INTO member (room, account, joined_number, joined) VALUES (-1, -1, 0, 0);
             END"
        ))
        .unwrap();
}

/// The file may grow by so many pages; the next is SQLITE_FULL, as on a full disk. Raised from 0 until everything
/// goes well, it meets every place where a disk can become full.
pub(super) fn full_after(database: &Connection, pages: u32) {
    let count = "SELECT page_count FROM pragma_page_count";
    let count: u32 = database.query_row(count, (), |row| row.get(0)).unwrap();
    let limit = format!("PRAGMA max_page_count = {}", count + pages);
    database.query_row(&limit, (), |_| Ok(())).unwrap();
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Durability;
    use crate::store::{Fault, Place, open, sql};

    /// A batch of one long message, the entry of that number in the log.
    fn batch(database: &mut Connection, number: i64) -> Result<(), Fault> {
        let failed = Fault::of(Path::new("chinwag.db"));
        let change = database.transaction().map_err(&failed)?;
        let text = "word ".repeat(10_000);
        let none = None::<i64>;
        let row = rusqlite::params![
            number, 0, "message", none, none, none, none, "bob", none, none, text
        ];
        change.execute(sql::ADD_EVENT, row).map_err(&failed)?;
        change
            .execute(
                "UPDATE meta SET applied = ?1, next_number = ?1 + 1",
                (number,),
            )
            .map_err(&failed)?;
        change.commit().map_err(&failed)
    }

    fn count(database: &Connection) -> i64 {
        let count = "SELECT count(*) FROM event";
        database.query_row(count, (), |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_third_commit_fails_whole() {
        let mut database = open(&Place::Memory, Durability::Full).unwrap();
        commit_fails_at(&database, 3);
        batch(&mut database, 1).unwrap();
        batch(&mut database, 2).unwrap();
        let fault = batch(&mut database, 3).unwrap_err();
        assert!(fault.to_string().contains("FOREIGN KEY"), "{fault}");
        assert_eq!(count(&database), 2);
    }

    #[test]
    fn wherever_the_disk_is_full_nothing_is_half_written() {
        let mut failures = 0;
        for pages in 0.. {
            let mut database = open(&Place::Memory, Durability::Full).unwrap();
            full_after(&database, pages);
            match batch(&mut database, 1) {
                Ok(()) => break,
                Err(fault) => assert!(matches!(fault, Fault::Full { .. }), "{fault:?}"),
            }
            assert_eq!(count(&database), 0, "{pages}");
            failures += 1;
        }
        assert!(failures > 10, "{failures}");
    }
}
