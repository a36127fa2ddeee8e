//! Reading everything back that the state holds: what was there when the process ended.

mod accounts;
mod rooms;
mod server;

use std::collections::BTreeMap;

use chinwag_grammar::Number;
use rusqlite::types::FromSql;
use rusqlite::{Connection, Params, Row};

use super::Fault;
use super::row::{bad, to_number};
use crate::model::credential::{Digest, ServerSecret};
use crate::model::person::NotificationKind;
use crate::model::{AccountId, Place, RoomId, Rules};
use crate::state::{Durable, Invitation};

/// Everything that the state holds as well, and the last entry of the log that is in it.
///
/// # Errors
/// When the database cannot be read, or holds what chinwag does not write.
pub fn load(database: &Connection) -> Result<(Durable, u64), Fault> {
    let path = database.path().unwrap_or(":memory:");
    everything(database).map_err(Fault::of(std::path::Path::new(path)))
}

/// The configuration that decisions read; absent before the first start.
pub(super) fn rules(database: &Connection) -> rusqlite::Result<Option<Box<Rules>>> {
    let json: String = database.query_row("SELECT rules FROM meta", (), |row| row.get(0))?;
    if json == "{}" {
        return Ok(None);
    }
    serde_json::from_str(&json).map_err(|error| bad(0, error))
}

fn secret(database: &Connection) -> rusqlite::Result<Option<ServerSecret>> {
    let sql = "SELECT secret FROM meta";
    database.query_row(sql, (), |row| optional(row, 0, ServerSecret::from_bytes))
}

/// The word of a kind of notification.
pub(super) const fn kind_word(kind: NotificationKind) -> &'static str {
    match kind {
        NotificationKind::Block => "block",
        NotificationKind::Invite => "invite",
        NotificationKind::Kick => "kick",
        NotificationKind::Mention => "mention",
        NotificationKind::Private => "private",
        NotificationKind::Role => "role",
    }
}

fn everything(database: &Connection) -> rusqlite::Result<(Durable, u64)> {
    // One moment, even while somebody writes.
    let database = &database.unchecked_transaction()?;
    let [applied, number, account, room] = database.query_row(
        "SELECT applied, next_number, next_account, next_room FROM meta",
        (),
        |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?]),
    )?;
    let mut durable = Durable {
        rules: rules(database)?,
        secret: secret(database)?,
        last: to_number(number - 1),
        last_account: AccountId((account - 1).cast_unsigned()),
        last_room: RoomId((room - 1).cast_unsigned()),
        accounts: accounts::accounts(database)?,
        rooms: rooms::rooms(database)?,
        conversations: conversations(database)?,
        invitations: invitations(database)?,
        server_bans: server::bans(database)?,
        ..Durable::default()
    };
    for (id, account) in &durable.accounts {
        durable.names.insert(account.name.folded(), *id);
        let digests = account.certificates.keys();
        durable
            .certificates
            .extend(digests.map(|digest| (*digest, *id)));
    }
    for (id, room) in &durable.rooms {
        durable.room_names.insert(room.name.folded(), *id);
        for member in room.members.keys() {
            if let Some(account) = durable.accounts.get_mut(member) {
                account.rooms.insert(*id);
            }
        }
    }
    Ok((durable, applied.cast_unsigned()))
}

fn conversations(
    database: &Connection,
) -> rusqlite::Result<BTreeMap<(AccountId, AccountId), Number>> {
    let mut found = BTreeMap::new();
    each(
        database,
        "SELECT low, high, last_number FROM conversation",
        (),
        |row| {
            let (low, high, last) = (account_id(row, 0)?, account_id(row, 1)?, number(row, 2)?);
            found.insert((low, high), last);
            found.insert((high, low), last);
            Ok(())
        },
    )?;
    Ok(found)
}

fn invitations(database: &Connection) -> rusqlite::Result<BTreeMap<Digest, Invitation>> {
    let mut found = BTreeMap::new();
    each(
        database,
        "SELECT digest, inviter, created FROM invitation",
        (),
        |row| {
            let invitation = Invitation {
                by: account_id(row, 1)?,
                at: time(row, 2)?,
            };
            found.insert(digest(row, 0)?, invitation);
            Ok(())
        },
    )?;
    Ok(found)
}

/// Calls for each row.
fn each(
    database: &Connection,
    sql: &str,
    params: impl Params,
    mut call: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = database.prepare(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        call(row)?;
    }
    Ok(())
}

fn account_id(row: &Row<'_>, at: usize) -> rusqlite::Result<AccountId> {
    row.get::<_, i64>(at)
        .map(|id| AccountId(id.cast_unsigned()))
}

fn room_id(row: &Row<'_>, at: usize) -> rusqlite::Result<RoomId> {
    row.get::<_, i64>(at).map(|id| RoomId(id.cast_unsigned()))
}

fn number(row: &Row<'_>, at: usize) -> rusqlite::Result<Number> {
    row.get(at).map(to_number)
}

fn time(row: &Row<'_>, at: usize) -> rusqlite::Result<chinwag_grammar::Time> {
    row.get(at).map(chinwag_grammar::Time::from_millis)
}

fn digest(row: &Row<'_>, at: usize) -> rusqlite::Result<Digest> {
    row.get(at).map(Digest::from_bytes)
}

/// A value of a column that may be empty, made into one of ours.
fn optional<S: FromSql, T>(
    row: &Row<'_>,
    at: usize,
    make: impl FnOnce(S) -> T,
) -> rusqlite::Result<Option<T>> {
    row.get::<_, Option<S>>(at).map(|stored| stored.map(make))
}

/// Room, low and high from that column on.
fn place(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Place>> {
    if row.get::<_, Option<i64>>(at)?.is_some() {
        return room_id(row, at).map(|room| Some(Place::Room(room)));
    }
    if row.get::<_, Option<i64>>(at + 1)?.is_none() {
        return Ok(None);
    }
    let pair = Place::Pair(account_id(row, at + 1)?, account_id(row, at + 2)?);
    Ok(Some(pair))
}
