//! What somebody missed after a number, to be told as if it happened now.

use std::collections::BTreeMap;

use chinwag_grammar::{Nick, Number};
use rusqlite::{Connection, params};

use super::page::is_left_out;
use super::{count_messages, facts, limit, oldest_while, page, replied, stored};
use crate::effect::{Answered, Kind, Reader};
use crate::model::Place;
use crate::reply::Reply;
use crate::store::row::{Stored, account_id, number};

/// So many times as many as a page has are told at once; what is left is said, never cut silently.
const PAGES_MAX: usize = 10;

/// What is about an account itself, wherever it happened.
const PERSONAL: &str = "\
    SELECT number, time, kind, room, low, high, author, nick, about, target, text FROM event
    WHERE number > ?2 AND number <= ?3 AND kind IN ('blocked', 'invited', 'kicked', 'role_set', 'unblocked')
        AND json_extract(about, '$.who[0]') = ?1
    ORDER BY number LIMIT ?4";

pub(super) fn missed(
    database: &Connection,
    reader: &Reader,
    nick: &Nick,
    places: &[(Place, Number)],
    since: Number,
) -> rusqlite::Result<Answered> {
    let most = reader.limit.max(1).saturating_mul(PAGES_MAX);
    let mut found = BTreeMap::new();
    for (place, floor) in places {
        let after = number(since.max(*floor));
        // Live they would not have been told either.
        let more =
            |stored| is_left_out(reader, &stored) || keep(&mut found, stored, most, reader.upto);
        oldest_while(database, *place, after, most + 1, more)?;
    }
    if let Some(account) = reader.account {
        let upto = number(reader.upto);
        let most_rows = limit(most + 1);
        let params = params![account_id(account), number(since), upto, most_rows];
        for stored in stored(database, PERSONAL, params)? {
            keep(&mut found, stored, most, reader.upto);
        }
    }
    let is_more = found.len() > most;
    if is_more {
        found.pop_last();
    }
    let last = found.keys().next_back().copied().unwrap_or(since);
    let found: Vec<_> = found.into_values().collect();
    let count = count_messages(&found);
    let reply = if is_more {
        page(count, 0, Some(format!("LOGIN {nick} … SINCE {last}")))
    } else {
        Reply::LoggedIn { nick: nick.clone() }
    };
    Ok(Answered {
        kind: Kind::Missed,
        facts: facts(database, found)?,
        ..replied(reply)
    })
}

/// The oldest of all, and one more than may be told, which tells that there is more. Whether a later one of the same
/// place could be among them.
fn keep(found: &mut BTreeMap<Number, Stored>, stored: Stored, most: usize, upto: Number) -> bool {
    let number = stored.number;
    if number > upto {
        return false;
    }
    found.insert(number, stored);
    if found.len() > most + 1 {
        found.pop_last();
    }
    found.contains_key(&number)
}
