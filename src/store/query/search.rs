//! Messages with certain words, among those that somebody may read.

use chinwag_grammar::Folded;
use rusqlite::{Connection, OptionalExtension, params};

use super::moment::first_at;
use super::page::{is_left_out, left_out_words, noun};
use super::{facts, page, replied, rows};
use crate::effect::{Answered, Kind, Order, Query};
use crate::model::Place;
use crate::reply::Reply;
use crate::store::row::{Stored, number};
use crate::store::sql;

pub(super) fn search(database: &Connection, query: &Query) -> rusqlite::Result<Answered> {
    let Query::Search {
        reader,
        places,
        words,
        from,
        before,
        after,
        order,
        facts: as_facts,
    } = query
    else {
        return Ok(Answered::default());
    };
    if places.is_empty() {
        let kind = if *as_facts { Kind::Search } else { Kind::Rows };
        return Ok(Answered {
            kind,
            ..replied(page(0, 0, None))
        });
    }
    let author = from
        .as_ref()
        .map(|from| account_named(database, from))
        .transpose()?
        .flatten();
    // Of a name that is no account's, what guests of that name said.
    let guest = from.as_ref().filter(|_| author.is_none());
    let first = after.map(|after| first_at(database, after)).transpose()?;
    let end = before
        .map(|before| first_at(database, before))
        .transpose()?;
    let first = first.unwrap_or_default();
    let end = end
        .unwrap_or(i64::MAX)
        .min(number(reader.upto).saturating_add(1));
    let matching = expression(words, places, author);
    let mut statement = database.prepare_cached(match order {
        Order::Newest => sql::SEARCH,
        Order::Oldest => sql::SEARCH_OLDEST,
    })?;
    // No limit of SQL's: rows are taken one by one until there are enough.
    let mut found = match order {
        Order::Newest => statement.query(params![matching, end, -1])?,
        Order::Oldest => statement.query(params![matching, first, -1])?,
    };
    let (mut kept, mut left_out) = (Vec::new(), 0);
    // One more than is shown tells that there is more.
    while kept.len() <= reader.limit {
        let Some(row) = found.next()? else {
            break;
        };
        let stored = Stored::read(row)?;
        if !(first..end).contains(&number(stored.number)) {
            break;
        }
        let is_guest =
            |name: &&Folded| stored.author.is_none() && Folded::of(&stored.nick) == **name;
        if !guest.is_none_or(|name| is_guest(&name)) || !is_readable(&stored, places) {
            continue;
        }
        match is_left_out(reader, &stored) {
            // Beyond what is shown nobody was left out.
            true if kept.len() < reader.limit => left_out += 1,
            true => {}
            false => kept.push(stored),
        }
    }
    let is_more = kept.len() > reader.limit;
    kept.truncate(reader.limit);
    if *order == Order::Newest {
        kept.reverse();
    }
    let count = kept.len() as u64;
    let reply = if is_more {
        Reply::SearchMore {
            count,
            noun: noun(count),
            left_out: left_out_words(left_out),
        }
    } else {
        page(count, left_out, None)
    };
    if *as_facts {
        return Ok(Answered {
            kind: Kind::Search,
            facts: facts(database, kept)?,
            ..replied(reply)
        });
    }
    Ok(Answered {
        rows: rows(database, kept, reader.account)?,
        ..replied(reply)
    })
}

fn is_readable(stored: &Stored, places: &[(Place, chinwag_grammar::Number)]) -> bool {
    places
        .iter()
        .any(|(place, floor)| stored.place == Some(*place) && stored.number > *floor)
}

fn account_named(database: &Connection, name: &Folded) -> rusqlite::Result<Option<i64>> {
    database
        .prepare_cached("SELECT id FROM account WHERE folded = ?1")?
        .query_row(params![name.as_str()], |row| row.get(0))
        .optional()
}

/// An expression of FTS5, in which nothing that was typed stands outside of quotes.
fn expression(
    words: &[String],
    places: &[(Place, chinwag_grammar::Number)],
    author: Option<i64>,
) -> String {
    let mut parts = Vec::new();
    if !words.is_empty() {
        let quoted: Vec<_> = words.iter().map(|word| quoted(word)).collect();
        parts.push(format!("text : ({})", quoted.join(" AND ")));
    }
    let places: Vec<_> = places
        .iter()
        .map(|(place, _)| match place {
            Place::Pair(low, high) => format!("\"p{} p{}\"", low.0, high.0),
            Place::Room(room) => format!("r{}", room.0),
        })
        .collect();
    parts.push(format!("place : ({})", places.join(" OR ")));
    if let Some(author) = author {
        parts.push(format!("author : a{author}"));
    }
    parts.join(" AND ")
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\0', "").replace('"', "\"\""))
}
