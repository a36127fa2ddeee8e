//! Answering what commands ask of the history. Whether it may be asked was decided before; nothing is written here.

mod chathistory;
mod history;
mod missed;
mod moment;
mod page;
mod replay;
mod search;
mod show;
mod targets;
mod unread;

use std::path::Path;
use std::sync::Arc;

use chinwag_grammar::{Number, Time};
use rusqlite::{Connection, OptionalExtension, params};

use self::page::page;
use super::Fault;
use super::row::{self, SAID, Stored, decode, number, to_number};
use crate::command::errand::{Errand, Found};
use crate::effect::{Answered, Query};
use crate::model::{AccountId, Door, Event, Fact, Meta, Place, Text};
use crate::reply::{Reply, Row, noun};

/// Answers a query, all of it as of one moment.
///
/// # Errors
/// When the database cannot be read, or holds what chinwag does not write.
pub fn answer(database: &Connection, query: &Query) -> Result<Answered, Fault> {
    let answer = || {
        let moment = database.unchecked_transaction()?;
        answer_in(&moment, query)
    };
    answer().map_err(fault(database))
}

/// What came of an errand of the store.
///
/// # Errors
/// When the database cannot be read, or holds what chinwag does not write.
///
/// # Panics
/// For an errand that is no lookup.
pub fn look_up(database: &Connection, errand: &Errand) -> Result<Found, Fault> {
    match errand {
        Errand::Message { number } => {
            let meta = message(database, *number)?;
            Ok(Found::Message { meta })
        }
        Errand::NumberAt { time } => {
            let number = moment::last_upto(database, *time).map_err(fault(database))?;
            Ok(Found::NumberAt {
                number: Some(to_number(number)),
            })
        }
        Errand::Change { .. }
        | Errand::Code { .. }
        | Errand::Hash { .. }
        | Errand::Oper { .. }
        | Errand::Recover { .. }
        | Errand::ScramBegin { .. }
        | Errand::ScramFinish { .. }
        | Errand::ServerPassword { .. }
        | Errand::Token { .. }
        | Errand::Verify { .. } => unreachable!("whoever asks has looked at is_lookup"),
    }
}

/// What is known of a message, if it is one: said, and not deleted.
fn message(database: &Connection, number: Number) -> Result<Option<Meta>, Fault> {
    let meta = || {
        let Some(stored) = said(database, number)? else {
            return Ok(None);
        };
        let nick = row::nick(&stored.nick)?;
        let reactions = show::reactions(database, number, Number::MAX)?;
        Ok(stored.place.map(|place| Meta {
            number,
            place,
            author: stored.author,
            nick,
            reactions,
        }))
    };
    meta().map_err(fault(database))
}

fn fault(database: &Connection) -> impl Fn(rusqlite::Error) -> Fault {
    Fault::of(Path::new(database.path().unwrap_or(":memory:")))
}

fn answer_in(database: &Connection, query: &Query) -> rusqlite::Result<Answered> {
    match query {
        Query::Audit { count } => audit(database, *count),
        Query::ChatHistory { .. } => chathistory::chathistory(database, query),
        Query::ClearCount { room, place, code } => {
            let count = count_said(database, *place, 0, i64::MAX, None)?;
            Ok(replied(Reply::ClearOffered {
                room: room.clone(),
                code: *code,
                count,
                noun: page::noun(count),
            }))
        }
        Query::Export { account } => export(database, *account),
        Query::History {
            reader,
            place,
            after,
            page,
            name,
        } => history::history(database, reader, *place, *after, *page, name),
        Query::Missed {
            reader,
            nick,
            places,
            since,
        } => missed::missed(database, reader, nick, places, *since),
        Query::Replay {
            reader,
            places,
            limit_each,
        } => replay::replay(database, reader, places, *limit_each),
        Query::Search { .. } => search::search(database, query),
        Query::Show { reader, number } => show::show(database, reader, *number),
        Query::Targets {
            reader,
            places,
            from,
            to,
        } => targets::targets(database, reader, places, *from, *to),
        Query::Unread {
            reader,
            places,
            personal,
            rows: true,
        } => unread::messages(database, reader, places, personal),
        Query::Unread {
            reader,
            places,
            personal,
            rows: false,
        } => unread::summary(database, reader, places, personal),
    }
}

fn audit(database: &Connection, count: usize) -> rusqlite::Result<Answered> {
    let sql = "SELECT time, nick, door, text FROM audit ORDER BY id DESC LIMIT ?1";
    let mut statement = database.prepare_cached(sql)?;
    let found = statement.query_map(params![limit(count)], |row| {
        Ok(Row::Audit {
            at: Time::from_millis(row.get(0)?),
            by: row::nick(&row.get::<_, String>(1)?)?,
            door: door(&row.get::<_, String>(2)?)?,
            text: Text::new(&row.get::<_, String>(3)?),
        })
    })?;
    let mut rows = found.collect::<Result<Vec<_>, _>>()?;
    rows.reverse();
    let count = rows.len() as u64;
    let noun = noun(count, "act", "acts");
    let reply = Reply::Rows { count, noun };
    Ok(Answered {
        rows,
        ..replied(reply)
    })
}

fn door(word: &str) -> rusqlite::Result<Door> {
    [Door::Console, Door::Irc, Door::Netcat, Door::Web]
        .into_iter()
        .find(|door| door.as_str() == word)
        .ok_or_else(|| row::bad(2, format!("unknown door {word}")))
}

/// All of it, so without a limit.
fn export(database: &Connection, account: AccountId) -> rusqlite::Result<Answered> {
    let sql = format!(
        "SELECT number, time, kind, room, low, high, author, nick, about, target, text FROM event
         WHERE author = ?1 AND kind IN ({SAID}) ORDER BY number"
    );
    let found = stored(database, &sql, params![row::account_id(account)])?;
    let rows = rows(database, found, Some(account))?;
    let count = rows.len() as u64;
    Ok(Answered {
        rows,
        ..replied(Reply::Exported {
            count,
            noun: page::noun(count),
        })
    })
}

fn replied(reply: Reply) -> Answered {
    Answered {
        reply: Some(reply),
        ..Answered::default()
    }
}

/// What people see of those rows: not what was deleted, nor reactions, which SHOW shows with their message.
fn rows(
    database: &Connection,
    found: Vec<Stored>,
    reader: Option<AccountId>,
) -> rusqlite::Result<Vec<Row>> {
    let mut rows = Vec::with_capacity(found.len());
    for fact in facts(database, found)? {
        if !matches!(fact.event, Event::Reacted { .. }) {
            rows.push(Row::Message { fact, reader });
        }
    }
    Ok(rows)
}

fn facts(database: &Connection, found: Vec<Stored>) -> rusqlite::Result<Vec<Arc<Fact>>> {
    let decoded = found.into_iter().map(|stored| decode(database, stored));
    decoded
        .filter_map(Result::transpose)
        .map(|fact| fact.map(Arc::new))
        .collect()
}

fn count_messages(found: &[Stored]) -> u64 {
    found.iter().filter(|stored| stored.is_said()).count() as u64
}

/// The rows of a statement that names the columns in the order of `sql::ADD_EVENT`.
fn stored(
    database: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<Vec<Stored>> {
    let mut statement = database.prepare_cached(sql)?;
    statement.query_map(params, Stored::read)?.collect()
}

/// A message that was said and not deleted.
fn said(database: &Connection, message: Number) -> rusqlite::Result<Option<Stored>> {
    let found = event(database, message)?;
    Ok(found.filter(Stored::is_said))
}

/// The event with a number, unless it has expired.
fn event(database: &Connection, at: Number) -> rusqlite::Result<Option<Stored>> {
    let sql = "SELECT number, time, kind, room, low, high, author, nick, about, target, text
               FROM event WHERE number = ?1";
    database
        .prepare_cached(sql)?
        .query_row(params![number(at)], Stored::read)
        .optional()
}

/// The newest before a number, newest first.
fn newest(
    database: &Connection,
    place: Place,
    before: i64,
    count: usize,
) -> rusqlite::Result<Vec<Stored>> {
    let count = limit(count);
    match row::place_columns(place) {
        (Some(room), _, _) => {
            let sql = super::sql::ROOM_BEFORE;
            stored(database, sql, params![room, before, count])
        }
        (None, low, high) => {
            let sql = super::sql::PRIVATE_BEFORE;
            stored(database, sql, params![low, high, before, count])
        }
    }
}

/// The oldest after a number, oldest first.
fn oldest(
    database: &Connection,
    place: Place,
    after: i64,
    count: usize,
) -> rusqlite::Result<Vec<Stored>> {
    let mut found = Vec::new();
    oldest_while(database, place, after, count, |stored| {
        found.push(stored);
        true
    })?;
    Ok(found)
}

/// The same one by one, until `more` wants no more.
fn oldest_while(
    database: &Connection,
    place: Place,
    after: i64,
    count: usize,
    mut more: impl FnMut(Stored) -> bool,
) -> rusqlite::Result<()> {
    let count = limit(count);
    let (room, low, high) = row::place_columns(place);
    let sql = match room {
        Some(_) => super::sql::ROOM_AFTER,
        None => super::sql::PRIVATE_AFTER,
    };
    let mut statement = database.prepare_cached(sql)?;
    let mut rows = match room {
        Some(room) => statement.query(params![room, after, count])?,
        None => statement.query(params![low, high, after, count])?,
    };
    while let Some(row) = rows.next()? {
        if !more(Stored::read(row)?) {
            break;
        }
    }
    Ok(())
}

/// How many messages stand in a place after one number and up to another, but for those of one account.
fn count_said(
    database: &Connection,
    place: Place,
    after: i64,
    upto: i64,
    but: Option<AccountId>,
) -> rusqlite::Result<u64> {
    let (room, low, high) = row::place_columns(place);
    // Two statements, so that each uses its index.
    let (here, first, second) = match room {
        Some(room) => ("room = ?1 AND ?2 IS NULL", Some(room), None),
        None => ("low = ?1 AND high = ?2", low, high),
    };
    let sql = format!(
        "SELECT count(*) FROM event WHERE {here} AND number > ?3 AND number <= ?4
         AND kind IN ({SAID}) AND (?5 IS NULL OR author IS NOT ?5)"
    );
    let but = but.map(row::account_id);
    database
        .prepare_cached(&sql)?
        .query_row(params![first, second, after, upto, but], |row| {
            row.get::<_, i64>(0)
        })
        .map(i64::cast_unsigned)
}

fn limit(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
