//! Pieces of the history of a place, as IRC asks for them: bounds are times or numbers and are not part of the answer.

use chinwag_grammar::Time;
use rusqlite::{Connection, params};

use super::moment::{first_at, last_upto};
use super::page::is_left_out;
use super::{count_messages, facts, page, replied};
use crate::effect::{Answered, Bound, Kind, Query, Range, Reader};
use crate::model::Place;
use crate::store::row::{SAID, Stored, number, place_columns};

/// What belongs to a history beside what was said. Neither acts of the staff nor that a room was made or cleared.
const PLAYED_BACK: &str = "'banned', 'deletion', 'invited', 'joined', 'kicked', 'left', 'modes_set', 'ranked', \
                           'reacted', 'room_renamed', 'topic_set', 'unbanned'";

/// Everything between two numbers, neither of them included.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub after: i64,
    pub before: i64,
}

/// From which end rows are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Newest,
    Oldest,
}

pub(super) fn chathistory(database: &Connection, query: &Query) -> rusqlite::Result<Answered> {
    let Query::ChatHistory {
        reader,
        place,
        after,
        range,
        events,
        name,
    } = query
    else {
        return Ok(Answered::default());
    };
    let all = Span {
        after: number(*after),
        before: number(reader.upto).saturating_add(1),
    };
    let some = |span, end, limit| {
        let span = Span::common(all, span);
        take(database, reader, *place, span, *events, end, limit)
    };
    let limit = reader.limit;
    let found = match *range {
        Range::After(bound) => some(later(database, bound)?, End::Oldest, limit)?,
        Range::Around(bound) => {
            let mut found = some(earlier(database, bound)?, End::Newest, limit / 2)?;
            let rest = Span {
                after: first(database, bound)? - 1,
                ..all
            };
            let rest = some(rest, End::Oldest, limit - found.len())?;
            found.extend(rest);
            found
        }
        Range::Before(bound) => some(earlier(database, bound)?, End::Newest, limit)?,
        Range::Between(from, to) => {
            if first(database, from)? <= first(database, to)? {
                let span = Span::common(later(database, from)?, earlier(database, to)?);
                some(span, End::Oldest, limit)?
            } else {
                let span = Span::common(later(database, to)?, earlier(database, from)?);
                some(span, End::Newest, limit)?
            }
        }
        Range::Latest(None) => some(all, End::Newest, limit)?,
        Range::Latest(Some(bound)) => some(later(database, bound)?, End::Newest, limit)?,
    };
    let count = count_messages(&found);
    Ok(Answered {
        kind: Kind::History {
            target: name.clone(),
        },
        facts: facts(database, found)?,
        ..replied(page(count, 0, None))
    })
}

impl Span {
    fn common(one: Self, other: Self) -> Self {
        Self {
            after: one.after.max(other.after),
            before: one.before.min(other.before),
        }
    }
}

/// What is later than a moment.
fn later(database: &Connection, bound: Bound) -> rusqlite::Result<Span> {
    Ok(Span {
        after: match bound {
            Bound::Number(at) => number(at),
            Bound::Time(at) => last_upto(database, at)?,
        },
        before: i64::MAX,
    })
}

/// What is earlier than a moment.
fn earlier(database: &Connection, bound: Bound) -> rusqlite::Result<Span> {
    Ok(Span {
        after: 0,
        before: first(database, bound)?,
    })
}

/// The first number of a moment.
fn first(database: &Connection, bound: Bound) -> rusqlite::Result<i64> {
    match bound {
        Bound::Number(at) => Ok(number(at)),
        Bound::Time(at) => first_at(database, at),
    }
}

/// So many at most from one end, oldest first. What ignored people said is not counted: rows are taken until there are
/// enough.
pub(super) fn take(
    database: &Connection,
    reader: &Reader,
    place: Place,
    span: Span,
    events: bool,
    end: End,
    limit: usize,
) -> rusqlite::Result<Vec<Stored>> {
    let mut found = Vec::new();
    if limit == 0 || span.after >= span.before {
        return Ok(found);
    }
    let (room, low, high) = place_columns(place);
    let mut statement = database.prepare_cached(&sql(room.is_some(), events, end))?;
    let (first, second) = (room.or(low), high);
    let mut rows = statement.query(params![first, second, span.after, span.before])?;
    while found.len() < limit {
        let Some(row) = rows.next()? else {
            break;
        };
        let stored = Stored::read(row)?;
        let ignored = is_left_out(reader, &stored)
            || stored.kind == "reacted" && reader.ignores(&stored.nick);
        if !ignored {
            found.push(stored);
        }
    }
    if end == End::Newest {
        found.reverse();
    }
    Ok(found)
}

/// Eight statements, so that each uses its index.
fn sql(in_room: bool, events: bool, end: End) -> String {
    let here = if in_room {
        "room = ?1 AND ?2 IS NULL"
    } else {
        "low = ?1 AND high = ?2"
    };
    let kinds = if events {
        format!("{SAID}, {PLAYED_BACK}")
    } else {
        SAID.to_owned()
    };
    let order = match end {
        End::Newest => "DESC",
        End::Oldest => "ASC",
    };
    format!(
        "SELECT number, time, kind, room, low, high, author, nick, about, target, text FROM event
         WHERE {here} AND number > ?3 AND number < ?4 AND kind IN ({kinds}) ORDER BY number {order}"
    )
}

/// The time of the last that was said in a place and may be read.
pub(super) fn last_said(
    database: &Connection,
    reader: &Reader,
    place: Place,
    after: i64,
) -> rusqlite::Result<Option<Time>> {
    let span = Span {
        after,
        before: number(reader.upto).saturating_add(1),
    };
    let found = take(database, reader, place, span, false, End::Newest, 1)?;
    Ok(found.first().map(|stored| stored.at))
}

#[cfg(test)]
mod tests {
    use rusqlite::types::Null;

    use super::*;
    use crate::config::Durability;
    use crate::store::{Place as Where, open};

    #[test]
    fn each_uses_its_index() {
        let database = open(&Where::Memory, Durability::Full).unwrap();
        for (in_room, index) in [
            (true, "INDEX event_room (room=? AND number>? AND number<?)"),
            (
                false,
                "INDEX event_private (low=? AND high=? AND number>? AND number<?)",
            ),
        ] {
            for (events, end) in [
                (false, End::Newest),
                (true, End::Newest),
                (true, End::Oldest),
            ] {
                let sql = format!("EXPLAIN QUERY PLAN {}", sql(in_room, events, end));
                let mut plan = database.prepare(&sql).unwrap();
                let rows = plan.query_map([Null; 4], |row| row.get(3)).unwrap();
                let plan: Vec<String> = rows.map(Result::unwrap).collect();
                let plan = plan.join("\n");
                assert!(
                    plan.contains(index) && !plan.contains("TEMP B-TREE"),
                    "{plan}"
                );
            }
        }
    }
}
