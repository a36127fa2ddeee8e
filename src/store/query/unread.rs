//! What is unread, place by place: a line each, or the messages. One's own are never unread.

use chinwag_grammar::Number;
use rusqlite::Connection;

use super::{count_said, event, oldest, page, replied, rows};
use crate::effect::{Answered, Reader, UnreadPlace};
use crate::reply::Row;
use crate::store::row::{Stored, number};

pub(super) fn summary(
    database: &Connection,
    reader: Reader,
    places: &[UnreadPlace],
    personal: &[Number],
) -> rusqlite::Result<Answered> {
    let mut answered = Answered::default();
    let upto = number(reader.upto);
    for unread in places {
        let after = number(unread.after);
        let count = count_said(database, unread.place, after, upto, reader.account)?;
        if count > 0 {
            answered.rows.push(Row::Unread {
                place: unread.name.clone(),
                count,
                mentions: unread.mentions,
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

pub(super) fn messages(
    database: &Connection,
    reader: Reader,
    places: &[UnreadPlace],
    personal: &[Number],
) -> rusqlite::Result<Answered> {
    let personal = events(database, personal)?;
    let mut shown = Vec::new();
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
        ..replied(page(count, more))
    })
}

/// Those of the events that have not expired.
fn events(database: &Connection, numbers: &[Number]) -> rusqlite::Result<Vec<Stored>> {
    let found = numbers.iter().map(|at| event(database, *at));
    found.filter_map(Result::transpose).collect()
}
