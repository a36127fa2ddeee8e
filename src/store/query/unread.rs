//! What is unread, place by place: a line each, or the messages. One's own are never unread.

use chinwag_grammar::Number;
use rusqlite::{Connection, params};

use super::page::is_left_out;
use super::{count_said, event, oldest, page, replied, rows};
use crate::effect::{Answered, Reader, UnreadPlace};
use crate::model::Place;
use crate::reply::Row;
use crate::store::row::{SAID, Stored, account_id, number, place_columns};

pub(super) fn summary(
    database: &Connection,
    reader: &Reader,
    places: &[UnreadPlace],
    personal: &[Number],
) -> rusqlite::Result<Answered> {
    let mut answered = Answered::default();
    for unread in places {
        let after = number(unread.after);
        let count = count_unread(database, reader, unread.place, after)?;
        if count > 0 {
            answered.rows.push(Row::Unread {
                place: unread.name.clone(),
                count,
                // Some may be of ignored people, who are not counted.
                mentions: unread.mentions.min(count),
                since: unread.after,
            });
        }
    }
    let personal = events(database, personal)?;
    answered
        .rows
        .extend(rows(database, personal, reader.account)?);
    Ok(answered)
}

/// Without those of oneself, and of people one ignores: asked for by name, since few ignore anybody.
fn count_unread(
    database: &Connection,
    reader: &Reader,
    place: Place,
    after: i64,
) -> rusqlite::Result<u64> {
    let upto = number(reader.upto);
    if reader.ignored.is_empty() {
        return count_said(database, place, after, upto, reader.account);
    }
    let (room, low, high) = place_columns(place);
    let (here, first, second) = match room {
        Some(room) => ("room = ?1 AND ?2 IS NULL", Some(room), None),
        None => ("low = ?1 AND high = ?2", low, high),
    };
    let sql = format!(
        "SELECT nick, count(*) FROM event WHERE {here} AND number > ?3 AND number <= ?4
         AND kind IN ({SAID}) AND (?5 IS NULL OR author IS NOT ?5) GROUP BY nick"
    );
    let own = reader.account.map(account_id);
    let mut statement = database.prepare_cached(&sql)?;
    let mut people = statement.query(params![first, second, after, upto, own])?;
    let mut count = 0;
    while let Some(row) = people.next()? {
        if !reader.ignores(&row.get::<_, String>(0)?) {
            count += row.get::<_, i64>(1)?.cast_unsigned();
        }
    }
    Ok(count)
}

pub(super) fn messages(
    database: &Connection,
    reader: &Reader,
    places: &[UnreadPlace],
    personal: &[Number],
) -> rusqlite::Result<Answered> {
    let personal = events(database, personal)?;
    let (mut shown, mut left_out) = (Vec::new(), 0);
    let mut more = None;
    'places: for unread in places {
        let mut after = unread.after;
        loop {
            let found = oldest(database, unread.place, number(after), reader.limit.max(1))?;
            let Some(last) = found.last() else {
                break;
            };
            let last = last.number;
            for stored in found {
                let own = reader.account.is_some() && stored.author == reader.account;
                if stored.number > reader.upto || own || !stored.is_said() {
                    continue;
                }
                if is_left_out(reader, &stored) {
                    left_out += 1;
                    continue;
                }
                if shown.len() == reader.limit {
                    more = Some(format!("HISTORY {} SINCE {after}", unread.name));
                    break 'places;
                }
                after = stored.number;
                shown.push(stored);
            }
            if last >= reader.upto {
                break;
            }
            after = last;
        }
    }
    let count = shown.len() as u64;
    let mut told = rows(database, personal, reader.account)?;
    told.extend(rows(database, shown, reader.account)?);
    Ok(Answered {
        rows: told,
        ..replied(page(count, left_out, more))
    })
}

/// Those of the events that have not expired.
fn events(database: &Connection, numbers: &[Number]) -> rusqlite::Result<Vec<Stored>> {
    let found = numbers.iter().map(|at| event(database, *at));
    found.filter_map(Result::transpose).collect()
}
