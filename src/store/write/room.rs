//! What events do to the tables of rooms.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Progress, run};
use crate::model::{AccountId, Event, Fact, Modes, Place, Rank, Ranks, RoomId, Who};
use crate::store::row::{account_id, number, room_id};
use crate::store::{Doomed, erase};

/// Writes an event if it is about a room, and says whether it was.
pub(super) fn write(
    database: &Connection,
    fact: &Fact,
    progress: &mut Progress,
) -> rusqlite::Result<bool> {
    let at = fact.at.millis();
    let stored = fact.number.map(number).unwrap_or_default();
    match &fact.event {
        Event::Banned {
            room,
            by,
            kind,
            mask,
            until,
            why,
        } => run(
            database,
            "INSERT OR REPLACE INTO ban (room, kind, mask, nick, at, till, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                room_id(room.id),
                kind.as_str(),
                mask.as_str(),
                by.nick.as_str(),
                at,
                until.map(chinwag_grammar::Time::millis),
                why.as_ref().map(crate::model::Text::as_str),
            ],
        )?,
        Event::Cleared { room, .. } => cleared(database, room.id, stored, progress)?,
        Event::Invited { room, who, .. } => {
            if let Some(account) = who.account {
                let add = "INSERT OR IGNORE INTO room_invite (room, account) VALUES (?1, ?2)";
                run(
                    database,
                    add,
                    params![room_id(room.id), account_id(account)],
                )?;
            }
        }
        Event::Joined { room, who, ranks } => {
            if let Some(account) = who.account {
                joined(database, room.id, account, *ranks, [stored, at])?;
            }
        }
        Event::Kicked { room, who, .. } | Event::Left { room, who, .. } => {
            left(database, room.id, who)?;
        }
        Event::ModesSet { room, modes, .. } => modes_set(database, room.id, modes)?,
        Event::Ranked {
            room,
            who,
            rank,
            given,
            ..
        } => {
            if let Some(account) = who.account {
                ranked(database, room.id, account, *rank, *given)?;
            }
        }
        Event::RoomCreated {
            room,
            by,
            description,
            permanent,
        } => {
            progress.next_room = progress.next_room.max(room_id(room.id) + 1);
            run(
                database,
                "INSERT INTO room (id, name, folded, description, creator, created, permanent)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO UPDATE SET description = excluded.description,
                     creator = excluded.creator, permanent = excluded.permanent",
                params![
                    room_id(room.id),
                    room.name.as_str(),
                    room.name.folded().as_str(),
                    description.as_str(),
                    by.as_ref().and_then(|by| by.account).map(account_id),
                    at,
                    permanent,
                ],
            )?;
        }
        // Done before its row was added.
        Event::RoomDropped { .. } => {}
        Event::RoomRenamed { room, name, .. } => run(
            database,
            "UPDATE room SET name = ?2, folded = ?3 WHERE id = ?1",
            params![room_id(room.id), name.as_str(), name.folded().as_str()],
        )?,
        Event::TopicSet { room, by, text } => {
            let (text, by, at) = if text.is_blank() {
                ("", None, None)
            } else {
                (text.as_str(), Some(by.nick.as_str()), Some(at))
            };
            let set = "UPDATE room SET topic = ?2, topic_by = ?3, topic_at = ?4 WHERE id = ?1";
            run(database, set, params![room_id(room.id), text, by, at])?;
        }
        Event::Unbanned {
            room, kind, mask, ..
        } => run(
            database,
            "DELETE FROM ban WHERE room = ?1 AND kind = ?2 AND mask = ?3",
            params![room_id(room.id), kind.as_str(), mask.as_str()],
        )?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Removes a room with its history; what hangs on it goes by itself.
pub(super) fn dropped(
    database: &Connection,
    room: RoomId,
    progress: &mut Progress,
) -> rusqlite::Result<()> {
    let id = room_id(room);
    progress.last.remove(&Place::Room(room));
    progress.erased |= erase(
        database,
        Doomed::Room {
            room: id,
            last: i64::MAX,
        },
    )? > 0;
    run(
        database,
        "DELETE FROM notification WHERE room = ?1",
        params![id],
    )?;
    run(database, "DELETE FROM room WHERE id = ?1", params![id])
}

fn cleared(
    database: &Connection,
    room: RoomId,
    number: i64,
    progress: &mut Progress,
) -> rusqlite::Result<()> {
    let id = room_id(room);
    progress.last.remove(&Place::Room(room));
    progress.erased |= erase(
        database,
        Doomed::Room {
            room: id,
            last: number - 1,
        },
    )? > 0;
    run(
        database,
        "DELETE FROM notification WHERE room = ?1",
        params![id],
    )?;
    let set = "UPDATE room SET cleared_to = ?2, last_number = 0 WHERE id = ?1";
    run(database, set, params![id, number])
}

fn joined(
    database: &Connection,
    room: RoomId,
    account: AccountId,
    ranks: Ranks,
    [number, at]: [i64; 2],
) -> rusqlite::Result<()> {
    let (room, account) = (room_id(room), account_id(account));
    run(
        database,
        "INSERT OR REPLACE INTO member (room, account, joined_number, joined, ranks)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![room, account, number, at, ranks.to_string()],
    )?;
    let used = "DELETE FROM room_invite WHERE room = ?1 AND account = ?2";
    run(database, used, params![room, account])
}

/// The letters stay in their order, so that the table says what the state says.
fn ranked(
    database: &Connection,
    room: RoomId,
    account: AccountId,
    rank: Rank,
    given: bool,
) -> rusqlite::Result<()> {
    let (room, account) = (room_id(room), account_id(account));
    let get = "SELECT ranks FROM member WHERE room = ?1 AND account = ?2";
    let mut get = database.prepare_cached(get)?;
    let letters: Option<String> = get
        .query_row(params![room, account], |row| row.get(0))
        .optional()?;
    let Some(letters) = letters else {
        return Ok(());
    };
    let ranks = Ranks::parse(&letters).unwrap_or_default().with(rank, given);
    let set = "UPDATE member SET ranks = ?3 WHERE room = ?1 AND account = ?2";
    run(database, set, params![room, account, ranks.to_string()])
}

fn left(database: &Connection, room: RoomId, who: &Who) -> rusqlite::Result<()> {
    let Some(account) = who.account else {
        return Ok(());
    };
    let gone = params![room_id(room), account_id(account)];
    let member = "DELETE FROM member WHERE room = ?1 AND account = ?2";
    run(database, member, gone)?;
    let marker = "DELETE FROM room_marker WHERE room = ?1 AND account = ?2";
    run(database, marker, gone)
}

fn modes_set(database: &Connection, room: RoomId, modes: &Modes) -> rusqlite::Result<()> {
    run(
        database,
        "UPDATE room SET invite_only = ?2, room_key = ?3, member_limit = ?4, moderated = ?5,
             members_only = ?6, hidden = ?7, topic_protected = ?8, auditorium = ?9, no_ctcp = ?10,
             op_moderated = ?11, registered_only = ?12, registered_speech = ?13, flood = ?14
         WHERE id = ?1",
        params![
            room_id(room),
            modes.invite_only,
            modes.key,
            modes.limit,
            modes.moderated,
            modes.members_only,
            modes.hidden.as_str(),
            modes.topic_protected,
            modes.auditorium,
            modes.no_ctcp,
            modes.op_moderated,
            modes.registered_only,
            modes.registered_speech,
            modes.flood.map(|flood| flood.to_string()),
        ],
    )
}
