//! Numbers and times: times never run backwards, so what came first has the lower number.

use chinwag_grammar::Time;
use rusqlite::{Connection, OptionalExtension, params};

/// The first number that has this time or a later one. Halving finds it.
pub(super) fn first_at(database: &Connection, time: Time) -> rusqlite::Result<i64> {
    let end = "SELECT coalesce(max(number), 0) + 1 FROM event";
    let mut high: i64 = database
        .prepare_cached(end)?
        .query_row((), |row| row.get(0))?;
    let mut low = 0;
    let next = "SELECT number, time FROM event WHERE number >= ?1 ORDER BY number LIMIT 1";
    let mut next = database.prepare_cached(next)?;
    while low < high {
        let middle = low + (high - low) / 2;
        let found: Option<(i64, i64)> = next
            .query_row(params![middle], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match found {
            Some((number, at)) if at < time.millis() => low = number + 1,
            Some(_) | None => high = middle,
        }
    }
    Ok(low)
}

/// The last number that has this time or an earlier one; 0 where there is none.
pub(super) fn last_upto(database: &Connection, time: Time) -> rusqlite::Result<i64> {
    let after = Time::from_millis(time.millis().saturating_add(1));
    Ok((first_at(database, after)? - 1).max(0))
}
