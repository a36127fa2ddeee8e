//! The statements that run often, in the forms that the indexes of schema.sql were made for. With 1,000,000 events,
//! pages take under 0.5 ms and searches under 10 ms.
//!
//! `?1` of a search is an expression of FTS5, built from quoted words and ids, never text as somebody typed it:
//! `text : ("kettle" AND "on")`, and for what somebody may read `AND place : (p5 OR r1 OR r2)`; for one room
//! `AND place : r2`, for a conversation `AND place : "p5 p9"` (the lower first), for an author `AND author : a9`.
//! A quote in a word is written twice. Prefixes (`"ke" *`) are not to be used: a short one takes 400 ms.

/// The columns of an event, in the order of `ADD_EVENT`.
macro_rules! columns {
    () => {
        "number, time, kind, room, low, high, author, nick, about, target, text"
    };
}

/// What has a row of its own in a page: not what was deleted, nor reactions. Left out here, no page is made of nothing.
macro_rules! shown {
    () => {
        "kind NOT IN ('deleted', 'reacted')"
    };
}

/// Adds an event; the search index follows by itself.
pub const ADD_EVENT: &str = concat!(
    "INSERT INTO event (",
    columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
);

/// Deletes what was said, and leaves a tombstone; the search index follows by itself, and `forget` once committed.
pub const DELETE_TEXT: &str = "UPDATE event SET kind = 'deleted', text = '' WHERE number = ?1";

/// A page of the conversation of ?1 and ?2, the lower first, before the number ?3, newest first, ?4 rows.
pub const PRIVATE_BEFORE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM event WHERE low = ?1 AND high = ?2 AND number < ?3 AND ",
    shown!(),
    " ORDER BY number DESC LIMIT ?4"
);

/// A page of that conversation after the number ?3, oldest first, ?4 rows.
pub const PRIVATE_AFTER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM event WHERE low = ?1 AND high = ?2 AND number > ?3 ORDER BY number LIMIT ?4"
);

/// A page of the room ?1 before the number ?2, newest first, ?3 rows.
pub const ROOM_BEFORE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM event WHERE room = ?1 AND number < ?2 AND ",
    shown!(),
    " ORDER BY number DESC LIMIT ?3"
);

/// A page of the room ?1 after the number ?2, oldest first, ?3 rows.
pub const ROOM_AFTER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM event WHERE room = ?1 AND number > ?2 ORDER BY number LIMIT ?3"
);

/// What matches ?1 before the number ?2, newest first, ?3 rows. FTS5 walks its lists backwards, and stops at the limit.
pub const SEARCH: &str = "\
    SELECT event.number, time, kind, room, low, high, event.author, nick, about, target, event.text
    FROM message_fts JOIN event ON event.number = message_fts.rowid
    WHERE message_fts MATCH ?1 AND message_fts.rowid < ?2
    ORDER BY message_fts.rowid DESC LIMIT ?3";

/// The same from the number ?2 on, oldest first.
pub const SEARCH_OLDEST: &str = "\
    SELECT event.number, time, kind, room, low, high, event.author, nick, about, target, event.text
    FROM message_fts JOIN event ON event.number = message_fts.rowid
    WHERE message_fts MATCH ?1 AND message_fts.rowid >= ?2
    ORDER BY message_fts.rowid LIMIT ?3";

#[cfg(test)]
mod tests {
    use rusqlite::types::Null;

    use super::*;
    use crate::config::Durability;
    use crate::store::{Place, open};

    #[test]
    fn each_uses_its_index() {
        let database = open(&Place::Memory, Durability::Full).unwrap();
        for (sql, index) in [
            (
                PRIVATE_AFTER,
                "INDEX event_private (low=? AND high=? AND number>?)",
            ),
            (
                PRIVATE_BEFORE,
                "INDEX event_private (low=? AND high=? AND number<?)",
            ),
            (ROOM_AFTER, "INDEX event_room (room=? AND number>?)"),
            (ROOM_BEFORE, "INDEX event_room (room=? AND number<?)"),
            (SEARCH, "event USING INTEGER PRIMARY KEY (rowid=?)"),
            (SEARCH_OLDEST, "event USING INTEGER PRIMARY KEY (rowid=?)"),
        ] {
            let mut plan = database
                .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
                .unwrap();
            let params = vec![Null; plan.parameter_count()];
            let rows = plan
                .query_map(rusqlite::params_from_iter(params), |row| row.get(3))
                .unwrap();
            let plan: Vec<String> = rows.map(Result::unwrap).collect();
            let plan = plan.join("\n");
            assert!(
                plan.contains(index) && !plan.contains("TEMP B-TREE"),
                "{plan}"
            );
        }
    }

    #[test]
    fn found_by_word_place_and_author() {
        let database = open(&Place::Memory, Durability::Full).unwrap();
        let named =
            "INSERT INTO room (id, name, folded, created, permanent) VALUES (7, '#a', '#a', 0, 1)";
        database.execute(named, ()).unwrap();
        for (number, room, pair, author, text) in [
            (1, Some(7), None, Some(3), "Crème brûlée"),
            (2, None, Some((3, 9)), Some(9), "creme"),
            (3, None, Some((3, 3)), Some(3), "note: creme"),
            (4, Some(7), None, None, "a guest's creme"),
        ] {
            let (low, high) = pair.unzip();
            let row = rusqlite::params![
                number, 0, "message", room, low, high, author, "nick", Null, Null, text
            ];
            database.execute(ADD_EVENT, row).unwrap();
        }
        database.execute(DELETE_TEXT, (4,)).unwrap();
        for (matching, numbers) in [
            ("text : \"creme\"", vec![3, 2, 1]),
            ("text : \"creme\" AND place : r7", vec![1]),
            ("text : \"creme\" AND place : (p9 OR r7)", vec![2, 1]),
            ("text : \"creme\" AND place : \"p3 p9\"", vec![2]),
            ("text : \"creme\" AND place : \"p3 p3\"", vec![3]),
            ("text : \"creme\" AND author : a3", vec![3, 1]),
            // The words of places and authors are no words that somebody said.
            ("text : \"r7\"", vec![]),
        ] {
            let mut search = database.prepare(SEARCH).unwrap();
            let rows = search
                .query_map((matching, i64::MAX, 10), |row| row.get(0))
                .unwrap();
            let found: Vec<i64> = rows.map(Result::unwrap).collect();
            assert_eq!(found, numbers, "{matching}");
        }
    }
}
