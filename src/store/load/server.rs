//! What is kept of the server itself.

use std::collections::BTreeMap;

use chinwag_grammar::{Nick, Time};
use rusqlite::{Connection, Row};

use super::{each, optional, time};
use crate::model::{BanTarget, ServerBan, Text};
use crate::store::row::bad;

/// Bans of the whole server.
pub(super) fn bans(database: &Connection) -> rusqlite::Result<BTreeMap<BanTarget, ServerBan>> {
    let mut found = BTreeMap::new();
    let sql = "SELECT kind, target, nick, at, till, why FROM server_ban";
    each(database, sql, (), |row| {
        found.insert(target(row)?, ban(row)?);
        Ok(())
    })?;
    Ok(found)
}

fn target(row: &Row<'_>) -> rusqlite::Result<BanTarget> {
    let (kind, word): (String, String) = (row.get(0)?, row.get(1)?);
    BanTarget::parse(&kind, &word).ok_or_else(|| bad(1, "nobody that a ban could be against"))
}

fn ban(row: &Row<'_>) -> rusqlite::Result<ServerBan> {
    Ok(ServerBan {
        by: Nick::parse(&row.get::<_, String>(2)?).map_err(|error| bad(2, error))?,
        at: time(row, 3)?,
        until: optional(row, 4, Time::from_millis)?,
        why: optional(row, 5, |why: String| Text::new(&why))?,
    })
}
