//! Rooms, their members, bans and invitations.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Mask, Time};
use rusqlite::{Connection, Row};

use super::{account_id, each, number, optional, room_id, time};
use crate::model::{
    AccountId, Ban, BanKind, Flood, Hidden, Member, Modes, Ranks, Room, RoomId, Text, Topic,
};
use crate::store::row::{bad, nick, room_name};

type Rooms = BTreeMap<RoomId, Room>;

pub(super) fn rooms(database: &Connection) -> rusqlite::Result<Rooms> {
    let mut rooms = Rooms::new();
    let sql =
        "SELECT id, name, description, topic, topic_by, topic_at, creator, created, permanent,
                      invite_only, room_key, member_limit, moderated, members_only, hidden,
                      topic_protected, last_number, cleared_to, auditorium, no_ctcp, op_moderated,
                      registered_only, registered_speech, flood FROM room";
    each(database, sql, (), |row| {
        let room = room(row)?;
        rooms.insert(room.id, room);
        Ok(())
    })?;
    let sql = "SELECT room, account, ranks, joined_number FROM member";
    each(database, sql, (), |row| {
        let account = account_id(row, 1)?;
        let member = Member {
            ranks: Ranks::parse(&row.get::<_, String>(2)?).ok_or_else(|| bad(2, "no ranks"))?,
            joined: number(row, 3)?,
        };
        with(&mut rooms, row, |room| {
            room.members.insert(account, member);
        })
    })?;
    each(
        database,
        "SELECT room, account FROM room_invite",
        (),
        |row| {
            let account = account_id(row, 1)?;
            with(&mut rooms, row, |room| {
                room.invited.insert(account);
            })
        },
    )?;
    each(
        database,
        "SELECT room, kind, mask, nick, at, till, why FROM ban",
        (),
        |row| {
            let (key, ban) = ban(row)?;
            with(&mut rooms, row, |room| {
                room.bans.insert(key, ban);
            })
        },
    )?;
    Ok(rooms)
}

fn room(row: &Row<'_>) -> rusqlite::Result<Room> {
    Ok(Room {
        id: room_id(row, 0)?,
        name: room_name(&row.get::<_, String>(1)?)?,
        description: Text::formatted(&row.get::<_, String>(2)?),
        topic: topic(row)?,
        creator: optional(row, 6, |id: i64| AccountId(id.cast_unsigned()))?,
        created: time(row, 7)?,
        permanent: row.get(8)?,
        modes: Modes {
            invite_only: row.get(9)?,
            key: row.get(10)?,
            limit: row.get(11)?,
            moderated: row.get(12)?,
            members_only: row.get(13)?,
            hidden: hidden(&row.get::<_, String>(14)?),
            topic_protected: row.get(15)?,
            auditorium: row.get(18)?,
            no_ctcp: row.get(19)?,
            op_moderated: row.get(20)?,
            registered_only: row.get(21)?,
            registered_speech: row.get(22)?,
            flood: row
                .get::<_, Option<String>>(23)?
                .and_then(|word| Flood::parse(&word)),
        },
        bans: BTreeMap::new(),
        invited: BTreeSet::new(),
        members: BTreeMap::new(),
        last: number(row, 16)?,
        cleared_to: number(row, 17)?,
    })
}

/// The schema knows no other words.
fn hidden(word: &str) -> Hidden {
    let mut all = [Hidden::No, Hidden::Private, Hidden::Secret].into_iter();
    all.find(|one| one.as_str() == word).unwrap_or_default()
}

fn topic(row: &Row<'_>) -> rusqlite::Result<Option<Topic>> {
    let Some(by) = row.get::<_, Option<String>>(4)? else {
        return Ok(None);
    };
    Ok(Some(Topic {
        text: Text::formatted(&row.get::<_, String>(3)?),
        by: nick(&by)?,
        at: time(row, 5)?,
    }))
}

fn ban(row: &Row<'_>) -> rusqlite::Result<((BanKind, Mask), Ban)> {
    let kind = match row.get::<_, String>(1)?.as_str() {
        "ban" => BanKind::Ban,
        "exception" => BanKind::Exception,
        "invitation" => BanKind::Invitation,
        _ => BanKind::Mute,
    };
    let mask = Mask::parse(&row.get::<_, String>(2)?).map_err(|error| bad(2, error))?;
    let ban = Ban {
        by: nick(&row.get::<_, String>(3)?)?,
        at: time(row, 4)?,
        until: optional(row, 5, Time::from_millis)?,
        why: optional(row, 6, |why: String| Text::formatted(&why))?,
    };
    Ok(((kind, mask), ban))
}

/// Changes the room that the first column names.
fn with(rooms: &mut Rooms, row: &Row<'_>, change: impl FnOnce(&mut Room)) -> rusqlite::Result<()> {
    if let Some(room) = rooms.get_mut(&room_id(row, 0)?) {
        change(room);
    }
    Ok(())
}
