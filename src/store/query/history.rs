//! Pages of a place, oldest first, each with the line that leads to the next.

use chinwag_grammar::Number;
use rusqlite::Connection;

use super::page::leave_out;
use super::{count_messages, newest, oldest_while, page, replied, rows};
use crate::effect::{Answered, Page, Reader};
use crate::model::{Place, Text};
use crate::store::row::{Stored, number};

pub(super) fn history(
    database: &Connection,
    reader: &Reader,
    place: Place,
    after: Number,
    which: Page,
    name: &Text,
) -> rusqlite::Result<Answered> {
    let (limit, end) = (reader.limit.max(1), number(reader.upto).saturating_add(1));
    let older = |before: i64, limit| before_page(database, place, before.min(end), after, limit);
    let (mut found, more) = match which {
        Page::Around(middle) => {
            let (mut found, more) = older(number(middle), limit / 2)?;
            let rest = limit - found.len();
            let from = number(middle.max(after)) - 1;
            let mut later = after_page(database, place, from, reader.upto, rest)?;
            later.retain(|stored| stored.number > after);
            let first = found.first().or(later.first());
            let more = more.then_some(first).flatten().map(before_words(name));
            found.append(&mut later);
            (found, more)
        }
        Page::Before(before) => {
            let (found, more) = older(number(before), limit)?;
            let more = more.then(|| found.first().map(before_words(name)));
            (found, more.flatten())
        }
        Page::Latest => {
            let (found, more) = older(end, limit)?;
            let more = more.then(|| found.first().map(before_words(name)));
            (found, more.flatten())
        }
        Page::Since(since) => {
            let from = number(since.max(after));
            let mut found = after_page(database, place, from, reader.upto, limit + 1)?;
            let is_more = found.len() > limit;
            found.truncate(limit);
            let last = is_more.then(|| found.last()).flatten();
            let more = last.map(|last| format!("HISTORY {name} SINCE {}", last.number));
            (found, more)
        }
    };
    // What leads on is the edge of the page as it was found: pages of nothing else are still passed.
    let left_out = leave_out(reader, &mut found);
    let count = count_messages(&found);
    Ok(Answered {
        rows: rows(database, found, reader.account)?,
        ..replied(page(count, left_out, more))
    })
}

/// The newest before a number, oldest first, and whether there is more before them.
fn before_page(
    database: &Connection,
    place: Place,
    before: i64,
    after: Number,
    limit: usize,
) -> rusqlite::Result<(Vec<Stored>, bool)> {
    let mut found = newest(database, place, before, limit + 1)?;
    found.retain(|stored| stored.number > after);
    let more = found.len() > limit;
    found.truncate(limit);
    found.reverse();
    Ok((found, more))
}

/// The oldest after a number and up to another, as far as they have a row of their own: the statement is also that of
/// what was missed, where reactions are told.
fn after_page(
    database: &Connection,
    place: Place,
    from: i64,
    upto: Number,
    count: usize,
) -> rusqlite::Result<Vec<Stored>> {
    let mut found = Vec::new();
    oldest_while(database, place, from, usize::MAX, |stored| {
        let is_more = found.len() < count && stored.number <= upto;
        if is_more && stored.is_shown() {
            found.push(stored);
        }
        is_more
    })?;
    Ok(found)
}

fn before_words(name: &Text) -> impl Fn(&Stored) -> String {
    move |first| format!("HISTORY {name} BEFORE {}", first.number)
}
