//! What events do to the tables of the server itself.

use chinwag_grammar::Time;
use rusqlite::{Connection, params};

use super::run;
use crate::model::{Event, Fact, Text};

/// Writes an event if it is about the server, and says whether it was.
pub(super) fn write(database: &Connection, fact: &Fact) -> rusqlite::Result<bool> {
    match &fact.event {
        Event::ServerBanned {
            target,
            by,
            until,
            why,
        } => run(
            database,
            "INSERT OR REPLACE INTO server_ban (kind, target, nick, at, till, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                target.kind(),
                target.to_string(),
                by.nick.as_str(),
                fact.at.millis(),
                until.map(Time::millis),
                why.as_ref().map(Text::as_str),
            ],
        )?,
        Event::ServerUnbanned { target, .. } => run(
            database,
            "DELETE FROM server_ban WHERE kind = ?1 AND target = ?2",
            params![target.kind(), target.to_string()],
        )?,
        _ => return Ok(false),
    }
    Ok(true)
}
