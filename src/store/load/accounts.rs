//! Accounts, and what belongs to each.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::Time;
use rusqlite::{Connection, Row};

use super::{account_id, digest, each, number, optional, place, room_id, time};
use crate::model::credential::{ScramKeys, Verifier};
use crate::model::person::{Block, Notification, NotificationKind, Reset, Scope, Token};
use crate::model::{Account, AccountId, Mark, Place, Role, RoomId, RoomRef, Text};
use crate::store::row::{bad, nick, room_name};

type Accounts = BTreeMap<AccountId, Account>;

pub(super) fn accounts(database: &Connection) -> rusqlite::Result<Accounts> {
    let mut accounts = Accounts::new();
    let sql = "SELECT id, name, verifier, email, role, created, initial_password, visited,
                      blocked, block_until, block_by, block_why, settings, scram FROM account";
    each(database, sql, (), |row| {
        let account = account(row)?;
        accounts.insert(account.id, account);
        Ok(())
    })?;
    secrets(database, &mut accounts)?;
    reading(database, &mut accounts)?;
    Ok(accounts)
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let settings: String = row.get(12)?;
    Ok(Account {
        id: account_id(row, 0)?,
        name: nick(&row.get::<_, String>(1)?)?,
        verifier: row.get(2).map(Verifier::from_phc)?,
        // Keys that cannot be read are none: a password makes them again.
        scram: optional(row, 13, |keys: String| ScramKeys::from_text(&keys))?.flatten(),
        email: optional(row, 3, |email: String| Text::formatted(&email))?,
        role: match row.get::<_, String>(4)?.as_str() {
            "admin" => Role::Admin,
            _ => Role::User,
        },
        created: time(row, 5)?,
        initial_password: row.get(6)?,
        visited: row.get(7)?,
        block: if row.get(8)? { Some(block(row)?) } else { None },
        settings: serde_json::from_str(&settings).map_err(|error| bad(12, error))?,
        ignored: BTreeMap::new(),
        tokens: BTreeMap::new(),
        certificates: BTreeMap::new(),
        recovery: BTreeSet::new(),
        reset: None,
        rooms: BTreeSet::new(),
        read: BTreeMap::new(),
        notifications: BTreeMap::new(),
    })
}

fn block(row: &Row<'_>) -> rusqlite::Result<Block> {
    Ok(Block {
        until: optional(row, 9, Time::from_millis)?,
        by: nick(&row.get::<_, String>(10)?)?,
        why: optional(row, 11, |why: String| Text::formatted(&why))?,
    })
}

fn secrets(database: &Connection, accounts: &mut Accounts) -> rusqlite::Result<()> {
    each(
        database,
        "SELECT account, digest FROM recovery_code",
        (),
        |row| {
            let digest = digest(row, 1)?;
            with(accounts, row, |account| {
                account.recovery.insert(digest);
            })
        },
    )?;
    each(
        database,
        "SELECT account, digest, expires FROM reset_code",
        (),
        |row| {
            let reset = Reset {
                digest: digest(row, 1)?,
                expires: time(row, 2)?,
            };
            with(accounts, row, |account| account.reset = Some(reset))
        },
    )?;
    let sql = "SELECT account, digest, created FROM certificate";
    each(database, sql, (), |row| {
        let (digest, created) = (digest(row, 1)?, time(row, 2)?);
        with(accounts, row, |account| {
            account.certificates.insert(digest, created);
        })
    })?;
    let sql = "SELECT account, label, digest, rooms, scope, created FROM token";
    each(database, sql, (), |row| {
        let (label, token) = (row.get(1)?, token(row)?);
        with(accounts, row, |account| {
            account.tokens.insert(label, token);
        })
    })
}

fn token(row: &Row<'_>) -> rusqlite::Result<Token> {
    let rooms: Option<String> = row.get(3)?;
    let rooms = rooms.map(|json| token_rooms(&json)).transpose()?;
    Ok(Token {
        digest: digest(row, 2)?,
        rooms,
        scope: match row.get::<_, String>(4)?.as_str() {
            "all" => Scope::All,
            "post" => Scope::Post,
            _ => Scope::Read,
        },
        created: time(row, 5)?,
    })
}

fn token_rooms(json: &str) -> rusqlite::Result<Vec<RoomRef>> {
    let rooms: Vec<(RoomId, String)> = serde_json::from_str(json).map_err(|error| bad(3, error))?;
    let rooms = rooms.into_iter().map(|(id, name)| {
        let name = room_name(&name)?;
        Ok(RoomRef { id, name })
    });
    rooms.collect()
}

fn reading(database: &Connection, accounts: &mut Accounts) -> rusqlite::Result<()> {
    each(database, "SELECT account, nick FROM ignored", (), |row| {
        let nick = nick(&row.get::<_, String>(1)?)?;
        with(accounts, row, |account| {
            account.ignored.insert(nick.folded(), nick);
        })
    })?;
    each(
        database,
        "SELECT account, room, number, time FROM room_marker",
        (),
        |row| {
            let (place, read) = (Place::Room(room_id(row, 1)?), mark(row)?);
            with(accounts, row, |account| {
                account.read.insert(place, read);
            })
        },
    )?;
    each(
        database,
        "SELECT account, other, number, time FROM private_marker",
        (),
        |row| {
            let (other, read) = (account_id(row, 1)?, mark(row)?);
            with(accounts, row, |account| {
                account.read.insert(Place::between(account.id, other), read);
            })
        },
    )?;
    let sql = "SELECT account, number, kind, room, low, high FROM notification";
    each(database, sql, (), |row| {
        let number = number(row, 1)?;
        let what = Notification {
            kind: kind(&row.get::<_, String>(2)?)?,
            place: place(row, 3)?,
        };
        with(accounts, row, |account| {
            account.notifications.insert(number, what);
        })
    })
}

fn mark(row: &Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark {
        number: number(row, 2)?,
        at: time(row, 3)?,
    })
}

fn kind(word: &str) -> rusqlite::Result<NotificationKind> {
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};

    let word: StrDeserializer<'_, Error> = word.into_deserializer();
    NotificationKind::deserialize(word).map_err(|error| bad(2, error))
}

/// Changes the account that the first column names.
fn with(
    accounts: &mut Accounts,
    row: &Row<'_>,
    change: impl FnOnce(&mut Account),
) -> rusqlite::Result<()> {
    if let Some(account) = accounts.get_mut(&account_id(row, 0)?) {
        change(account);
    }
    Ok(())
}
