//! The way back: a row of the history as the fact that it was, for showing. Rooms have the names that they have now.

use std::fmt::Display;

use chinwag_grammar::{Mask, Nick, Number, RoomName, Time};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};

use super::About;
use crate::model::event::Speech;
use crate::model::person::Block;
use crate::model::{
    AccountId, BanKind, Event, Fact, Modes, Place, Rank, Ranks, RoomId, RoomRef, Spot, Text, Who,
};

/// A row of `event`, column by column.
pub(in crate::store) struct Stored {
    pub number: Number,
    pub at: Time,
    pub kind: String,
    pub place: Option<Place>,
    pub author: Option<AccountId>,
    pub nick: String,
    about: About,
    target: Option<Number>,
    text: String,
}

impl Stored {
    /// Reads the columns of `sql::ADD_EVENT`, in that order.
    pub fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let id = |at| {
            row.get::<_, Option<i64>>(at)
                .map(|id| id.map(i64::cast_unsigned))
        };
        let room = id(3)?.map(|room| Place::Room(RoomId(room)));
        let (low, high) = (id(4)?, id(5)?);
        let pair = low
            .zip(high)
            .map(|(low, high)| Place::Pair(AccountId(low), AccountId(high)));
        let about: Option<String> = row.get(8)?;
        Ok(Self {
            number: number(row.get(0)?),
            at: Time::from_millis(row.get(1)?),
            kind: row.get(2)?,
            place: room.or(pair),
            author: id(6)?.map(AccountId),
            nick: row.get(7)?,
            about: match about {
                Some(json) => serde_json::from_str(&json).map_err(|error| bad(8, error))?,
                None => About::default(),
            },
            target: row.get::<_, Option<i64>>(9)?.map(number),
            text: row.get(10)?,
        })
    }

    /// Whether it has a row of its own where history is shown: reactions are shown with their message.
    pub fn is_shown(&self) -> bool {
        !matches!(self.kind.as_str(), "deleted" | "reacted")
    }

    /// Whether it is something that somebody said and nobody deleted.
    pub fn is_said(&self) -> bool {
        matches!(self.kind.as_str(), "action" | "message" | "notice")
    }
}

/// A number as SQLite has it.
pub(in crate::store) fn number(stored: i64) -> Number {
    Number::new(stored.cast_unsigned()).unwrap_or_default()
}

/// A value that only somebody else than chinwag can have put there.
pub(in crate::store) fn bad(column: usize, why: impl Display) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, why.to_string().into())
}

/// The fact; nothing of a message whose text was deleted.
pub(in crate::store) fn decode(
    database: &Connection,
    row: Stored,
) -> rusqlite::Result<Option<Fact>> {
    if row.kind == "deleted" {
        return Ok(None);
    }
    let (at, number) = (row.at, Some(row.number));
    let event = event(database, row)?;
    Ok(Some(Fact { number, at, event }))
}

fn event(database: &Connection, row: Stored) -> rusqlite::Result<Event> {
    let kind = row.kind.as_str();
    let why = || (!row.text.is_empty()).then(|| Text::formatted(&row.text));
    let text = Text::formatted(&row.text);
    let given = row.about.given.unwrap_or_default();
    Ok(match kind {
        "action" => said(database, &row, Speech::Action)?,
        "banned" => Event::Banned {
            room: room(database, &row)?,
            by: by(&row)?,
            kind: ban_kind(&row),
            mask: mask(&row)?,
            until: row.about.until.map(Time::from_millis),
            why: why(),
        },
        "blocked" => {
            let by = by(&row)?;
            let block = Block {
                until: row.about.until.map(Time::from_millis),
                by: by.nick.clone(),
                why: why(),
            };
            Event::Blocked {
                who: who(&row)?,
                by,
                block,
            }
        }
        "cleared" => Event::Cleared {
            room: room(database, &row)?,
            by: by(&row)?,
        },
        "deletion" => Event::Deleted {
            spot: spot(database, &row)?,
            by: by(&row)?,
            message: target(&row)?,
            author: nick(row.about.name.as_deref().unwrap_or_default())?,
            why: why(),
        },
        "invited" => Event::Invited {
            room: room(database, &row)?,
            who: who(&row)?,
            by: by(&row)?,
        },
        "joined" => Event::Joined {
            room: room(database, &row)?,
            who: by(&row)?,
            ranks: ranks(&row),
        },
        "kicked" => Event::Kicked {
            room: room(database, &row)?,
            who: who(&row)?,
            by: by(&row)?,
            why: why(),
        },
        "left" => Event::Left {
            room: room(database, &row)?,
            who: by(&row)?,
            why: why(),
            gone: row.about.gone.unwrap_or_default(),
        },
        "message" => said(database, &row, Speech::Message)?,
        "modes_set" => Event::ModesSet {
            room: room(database, &row)?,
            by: by(&row)?,
            modes: Modes::default(),
            change: row.about.change.clone().unwrap_or_else(|| "".into()),
        },
        "notice" => said(database, &row, Speech::Notice)?,
        "ranked" => Event::Ranked {
            room: room(database, &row)?,
            who: who(&row)?,
            by: by(&row)?,
            rank: match (row.about.rank, row.about.operator) {
                (Some(rank), _) => rank,
                (None, Some(true)) => Rank::Operator,
                (None, Some(false) | None) => Rank::Voice,
            },
            given,
        },
        "reacted" => Event::Reacted {
            spot: spot(database, &row)?,
            by: by(&row)?,
            message: target(&row)?,
            reaction: text,
            added: given,
        },
        "role_set" => Event::RoleSet {
            who: who(&row)?,
            by: by(&row)?,
            role: row.about.role.ok_or_else(|| bad(8, "no role"))?,
        },
        "room_created" => Event::RoomCreated {
            room: room(database, &row)?,
            by: anybody(&row)?,
            description: text,
            permanent: given,
        },
        "room_dropped" => Event::RoomDropped {
            room: old_room(&row)?,
            by: anybody(&row)?,
        },
        "room_renamed" => Event::RoomRenamed {
            room: old_room(&row)?,
            by: by(&row)?,
            name: room_name(row.about.name.as_deref().unwrap_or_default())?,
        },
        "topic_set" => Event::TopicSet {
            room: room(database, &row)?,
            by: by(&row)?,
            text,
        },
        "unbanned" => Event::Unbanned {
            room: room(database, &row)?,
            by: by(&row)?,
            kind: ban_kind(&row),
            mask: mask(&row)?,
        },
        "unblocked" => Event::Unblocked {
            who: who(&row)?,
            by: by(&row)?,
        },
        other => return Err(bad(2, format!("unknown kind {other}"))),
    })
}

fn said(database: &Connection, row: &Stored, speech: Speech) -> rusqlite::Result<Event> {
    Ok(Event::Said {
        spot: spot(database, row)?,
        by: by(row)?,
        speech,
        reply_to: row.target,
        tags: Vec::new(),
        text: Text::formatted(&row.text),
    })
}

fn spot(database: &Connection, row: &Stored) -> rusqlite::Result<Spot> {
    match row.place {
        Some(Place::Room(_)) => room(database, row).map(Spot::Room),
        Some(Place::Pair(..)) | None => Ok(Spot::Private { with: who(row)? }),
    }
}

fn room(database: &Connection, row: &Stored) -> rusqlite::Result<RoomRef> {
    let Some(Place::Room(id)) = row.place else {
        return Err(bad(3, "no room"));
    };
    let mut named = database.prepare_cached("SELECT name FROM room WHERE id = ?1")?;
    let name: Option<String> = named
        .query_row((super::room_id(id),), |row| row.get(0))
        .optional()?;
    let name = room_name(&name.ok_or_else(|| bad(3, "a room that is not there"))?)?;
    Ok(RoomRef { id, name })
}

fn old_room(row: &Stored) -> rusqlite::Result<RoomRef> {
    let (id, name) = row.about.room.as_ref().ok_or_else(|| bad(8, "no room"))?;
    Ok(RoomRef {
        id: *id,
        name: room_name(name)?,
    })
}

fn anybody(row: &Stored) -> rusqlite::Result<Option<Who>> {
    (!row.nick.is_empty()).then(|| by(row)).transpose()
}

fn by(row: &Stored) -> rusqlite::Result<Who> {
    Ok(Who {
        account: row.author,
        nick: nick(&row.nick)?,
    })
}

fn who(row: &Stored) -> rusqlite::Result<Who> {
    let (account, name) = row.about.who.as_ref().ok_or_else(|| bad(8, "nobody"))?;
    Ok(Who {
        account: *account,
        nick: nick(name)?,
    })
}

fn target(row: &Stored) -> rusqlite::Result<Number> {
    row.target.ok_or_else(|| bad(9, "no target"))
}

/// Version 1 did not write them.
fn ranks(row: &Stored) -> Ranks {
    let letters = row.about.ranks.as_deref().unwrap_or_default();
    Ranks::parse(letters).unwrap_or_default()
}

fn ban_kind(row: &Stored) -> BanKind {
    match (row.about.kind, row.about.mute) {
        (Some(kind), _) => kind,
        (None, Some(true)) => BanKind::Mute,
        (None, Some(false) | None) => BanKind::Ban,
    }
}

fn mask(row: &Stored) -> rusqlite::Result<Mask> {
    Mask::parse(row.about.mask.as_deref().unwrap_or_default()).map_err(|error| bad(8, error))
}

/// A stored nick.
pub(in crate::store) fn nick(stored: &str) -> rusqlite::Result<Nick> {
    Nick::parse(stored).map_err(|error| bad(7, error))
}

/// A stored name of a room.
pub(in crate::store) fn room_name(stored: &str) -> rusqlite::Result<RoomName> {
    RoomName::parse(stored).map_err(|error| bad(8, error))
}
