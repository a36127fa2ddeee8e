//! The newest messages of each place, told as if they came now to somebody who cannot ask for history.

use chinwag_grammar::Number;
use rusqlite::Connection;

use super::chathistory::{End, Span, take};
use super::{facts, page, replied};
use crate::effect::{Answered, Kind, Reader};
use crate::model::Place;
use crate::store::row::number;

pub(super) fn replay(
    database: &Connection,
    reader: &Reader,
    places: &[(Place, Number)],
    limit_each: usize,
) -> rusqlite::Result<Answered> {
    let mut told = Vec::new();
    let before = number(reader.upto).saturating_add(1);
    for (place, after) in places {
        let span = Span {
            after: number(*after),
            before,
        };
        let limit = limit_each.min(reader.limit - told.len());
        let found = take(database, reader, *place, span, false, End::Newest, limit)?;
        told.extend(facts(database, found)?);
    }
    let count = told.len() as u64;
    Ok(Answered {
        kind: Kind::Missed,
        facts: told,
        ..replied(page(count, 0, None))
    })
}
