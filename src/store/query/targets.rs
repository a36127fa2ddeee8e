//! Places that have a history, by when something was said there last.

use chinwag_grammar::{Number, Time};
use rusqlite::Connection;

use super::chathistory::last_said;
use super::replied;
use crate::effect::{Answered, Kind, Reader};
use crate::model::{Place, Text};
use crate::reply::{Reply, Row, noun};
use crate::store::row::number;

/// As with messages between two moments: counted from the first, which may be the later one; neither is included.
pub(super) fn targets(
    database: &Connection,
    reader: &Reader,
    places: &[(Place, Number, Text)],
    from: Time,
    to: Time,
) -> rusqlite::Result<Answered> {
    let (low, high) = (from.min(to), from.max(to));
    let mut found = Vec::new();
    for (place, cleared, name) in places {
        let last = last_said(database, reader, *place, number(*cleared))?;
        if let Some(last) = last.filter(|last| low < *last && *last < high) {
            found.push((last, name));
        }
    }
    found.sort_unstable();
    if from > to {
        found.drain(..found.len().saturating_sub(reader.limit));
    } else {
        found.truncate(reader.limit);
    }
    let rows: Vec<Row> = found
        .into_iter()
        .map(|(last, name)| Row::HistoryTarget {
            name: name.clone(),
            last,
        })
        .collect();
    let count = rows.len() as u64;
    let noun = noun(count, "place", "places");
    Ok(Answered {
        kind: Kind::Targets,
        rows,
        ..replied(Reply::Rows { count, noun })
    })
}
