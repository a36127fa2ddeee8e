//! One message whole, with the reactions that are on it now.

use chinwag_grammar::{Nick, Number};
use rusqlite::{Connection, params};

use super::{facts, page, replied, rows, said, stored};
use crate::effect::{Answered, Reader};
use crate::model::{Event, Text};
use crate::reply::{Reply, Row};
use crate::store::row::number as stored_number;

const REACTIONS: &str = "\
    SELECT number, time, kind, room, low, high, author, nick, about, target, text FROM event
    WHERE target = ?1 AND kind = 'reacted' AND number <= ?2 ORDER BY number";

pub(super) fn show(
    database: &Connection,
    reader: &Reader,
    number: Number,
) -> rusqlite::Result<Answered> {
    let Some(message) = said(database, number)? else {
        return Ok(replied(Reply::UnknownMessage { number }));
    };
    let mut rows = rows(database, vec![message], reader.account)?;
    for (reaction, by) in reactions(database, number, reader.upto)? {
        rows.push(Row::Reaction { reaction, by });
    }
    Ok(Answered {
        rows,
        ..replied(page(1, 0, None))
    })
}

/// Each reaction that somebody still stands by, in the order in which it first came.
pub(super) fn reactions(
    database: &Connection,
    message: Number,
    upto: Number,
) -> rusqlite::Result<Vec<(Text, Vec<Nick>)>> {
    let params = params![stored_number(message), stored_number(upto)];
    let mut found: Vec<(Text, Vec<Nick>)> = Vec::new();
    for fact in facts(database, stored(database, REACTIONS, params)?)? {
        let Event::Reacted {
            by,
            reaction,
            added,
            ..
        } = &fact.event
        else {
            continue;
        };
        let at = found.iter().position(|(known, _)| known == reaction);
        let at = at.unwrap_or_else(|| {
            found.push((reaction.clone(), Vec::new()));
            found.len() - 1
        });
        let nicks = &mut found[at].1;
        nicks.retain(|nick| !nick.same(by.nick.as_str()));
        if *added {
            nicks.push(by.nick.clone());
        }
    }
    found.retain(|(_, nicks)| !nicks.is_empty());
    Ok(found)
}
