//! Writing batches: what the state did with each event, done to the tables, in one transaction a batch.

mod account;
mod room;
mod server;

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior, params};

use super::row::{self, Columns, encode};
use super::{Doomed, Fault, Place, erase, forget, sql};
use crate::effect::{Batch, Effect};
use crate::model::event::Kept;
use crate::model::{Event, Fact, Place as Spot};

/// The one connection that writes.
pub struct Writer {
    database: Connection,
    place: Place,
    /// Whether text was deleted that the WAL may still hold.
    owes_forgetting: bool,
}

/// What one batch has done so far, beside its rows.
#[derive(Default)]
struct Progress {
    /// Places where something was said, with the last of it: written once a batch.
    last: BTreeMap<Spot, i64>,
    next_number: i64,
    next_account: i64,
    next_room: i64,
    /// Whether text was deleted.
    erased: bool,
}

impl Writer {
    /// Takes a database that was opened to write.
    #[must_use]
    pub fn new(database: Connection, place: Place) -> Self {
        // Twice the statements below.
        database.set_prepared_statement_cache_capacity(128);
        Self {
            database,
            place,
            owes_forgetting: false,
        }
    }

    /// The connection, for a database in memory, which has no other to read from.
    #[must_use]
    pub const fn database(&self) -> &Connection {
        &self.database
    }

    /// Writes everything of these batches that is kept, in one transaction, or nothing.
    ///
    /// # Errors
    /// When the database cannot be written: it is then as it was before, unless only what was deleted could not be
    /// taken out of the WAL.
    pub fn commit(&mut self, batches: &[&Batch]) -> Result<(), Fault> {
        if facts(batches).next().is_none() {
            return Ok(());
        }
        let progress = self
            .write_batches(batches)
            .map_err(Fault::of(self.place.path()))?;
        self.owes_forgetting |= progress.erased;
        if self.owes_forgetting {
            // A reader may stand in the way; then the next batch asks again.
            self.owes_forgetting = !forget(&self.database, &self.place)?;
        }
        Ok(())
    }

    fn write_batches(&mut self, batches: &[&Batch]) -> rusqlite::Result<Progress> {
        let mut progress = Progress::default();
        // Dropped before its commit, a transaction is rolled back.
        let change = self
            .database
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for fact in facts(batches) {
            write(&change, fact, &mut progress)?;
        }
        let applied = batches.iter().map(|batch| batch.applied).max();
        finish(&change, applied.unwrap_or_default(), &progress)?;
        change.commit()?;
        Ok(progress)
    }
}

fn facts<'a>(batches: &'a [&Batch]) -> impl Iterator<Item = &'a Fact> {
    let effects = batches.iter().flat_map(|batch| &batch.effects);
    effects.filter_map(|effect| match effect {
        Effect::Fact { fact, .. } if fact.event.kept() != Kept::Live => Some(fact.as_ref()),
        _ => None,
    })
}

fn write(database: &Connection, fact: &Fact, progress: &mut Progress) -> rusqlite::Result<()> {
    // What is erased goes first: a dropped room can have no rows, the clearing itself has one.
    if let Event::RoomDropped { room, .. } = &fact.event {
        room::dropped(database, room.id, progress)?;
    }
    if let Some(number) = fact.number {
        let columns = encode(&fact.event).expect("what has a number has a row");
        add_event(database, row::number(number), fact.at.millis(), &columns)?;
        progress.next_number = row::number(number) + 1;
    }
    if room::write(database, fact, progress)?
        || account::write(database, fact, progress)?
        || server::write(database, fact)?
    {
        return Ok(());
    }
    match &fact.event {
        Event::Audited { by, door, text } => run(
            database,
            "INSERT INTO audit (time, nick, door, text) VALUES (?1, ?2, ?3, ?4)",
            params![fact.at.millis(), by.as_str(), door.as_str(), text.as_str()],
        ),
        Event::Configured { rules } => {
            let json = serde_json::to_string(rules).expect("rules are always JSON");
            run(database, "UPDATE meta SET rules = ?1", params![json])
        }
        Event::Deleted { message, .. } => {
            progress.erased = true;
            run(database, sql::DELETE_TEXT, params![row::number(*message)])
        }
        Event::Expired { before } => expired(database, before.millis(), progress),
        Event::Said { spot, by, .. } => {
            if let (Some(place), Some(number)) = (spot.place(by), fact.number) {
                progress.last.insert(place, row::number(number));
            }
            Ok(())
        }
        Event::SecretMade { secret } => {
            let set = "UPDATE meta SET secret = ?1";
            run(database, set, params![secret.expose()])
        }
        // The row of the history is all there is to it.
        _ => Ok(()),
    }
}

fn add_event(
    database: &Connection,
    number: i64,
    time: i64,
    columns: &Columns<'_>,
) -> rusqlite::Result<()> {
    let (low, high) = columns.pair.unzip();
    run(
        database,
        sql::ADD_EVENT,
        params![
            number,
            time,
            columns.kind,
            columns.room,
            low,
            high,
            columns.author,
            columns.nick,
            columns.about.json(),
            columns.target,
            columns.text,
        ],
    )
}

/// Times never run backwards, so what is older than a moment has lower numbers than the rest.
fn expired(database: &Connection, before: i64, progress: &mut Progress) -> rusqlite::Result<()> {
    let last =
        "SELECT coalesce((SELECT number FROM event WHERE time >= ?1 ORDER BY number LIMIT 1) - 1,
                                (SELECT max(number) FROM event), 0)";
    let last = database
        .prepare_cached(last)?
        .query_row(params![before], |row| row.get(0))?;
    if erase(database, Doomed::Before { last })? > 0 {
        progress.erased = true;
    }
    Ok(())
}

/// What is written once a batch.
fn finish(database: &Connection, applied: u64, progress: &Progress) -> rusqlite::Result<()> {
    for (place, last) in &progress.last {
        match place {
            Spot::Pair(low, high) => run(
                database,
                "INSERT INTO conversation (low, high, last_number) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET last_number = excluded.last_number",
                params![row::account_id(*low), row::account_id(*high), last],
            )?,
            Spot::Room(room) => run(
                database,
                "UPDATE room SET last_number = ?2 WHERE id = ?1",
                params![row::room_id(*room), last],
            )?,
        }
    }
    run(
        database,
        "UPDATE meta SET applied = ?1, next_number = max(next_number, ?2),
                         next_account = max(next_account, ?3), next_room = max(next_room, ?4)",
        params![
            applied.cast_signed(),
            progress.next_number,
            progress.next_account,
            progress.next_room,
        ],
    )
}

/// Runs a statement that is prepared once.
fn run(database: &Connection, sql: &str, params: impl rusqlite::Params) -> rusqlite::Result<()> {
    database.prepare_cached(sql)?.execute(params).map(|_| ())
}

#[cfg(test)]
mod tests;
