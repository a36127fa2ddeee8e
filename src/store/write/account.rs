//! What events do to the tables of accounts.

use chinwag_grammar::{Number, Time};
use rusqlite::{Connection, params};

use super::{Progress, run};
use crate::model::credential::ScramKeys;
use crate::model::person::{Block, Notification, Reset, Token};
use crate::model::{AccountId, Event, Fact, Marked, Text, Who};
use crate::store::erase::erase_author;
use crate::store::row::{account_id, number, place_columns};
use crate::store::{Doomed, erase};

/// Writes an event if it is about an account, and says whether it was.
pub(super) fn write(
    database: &Connection,
    fact: &Fact,
    progress: &mut Progress,
) -> rusqlite::Result<bool> {
    let at = fact.at.millis();
    match &fact.event {
        Event::AccountDeleted { who } => deleted(database, who, progress)?,
        Event::Blocked { who, block, .. } => blocked(database, who, Some(block))?,
        Event::CertificateAdded { account, digest } => run(
            database,
            "INSERT OR REPLACE INTO certificate (digest, account, created) VALUES (?1, ?2, ?3)",
            params![digest.as_bytes(), account_id(*account), at],
        )?,
        Event::CertificateRemoved { digest, .. } => {
            let remove = "DELETE FROM certificate WHERE digest = ?1";
            run(database, remove, params![digest.as_bytes()])?;
        }
        Event::EmailSet { account, email } => {
            let set = "UPDATE account SET email = ?2 WHERE id = ?1";
            let email = email.as_ref().map(Text::as_str);
            run(database, set, params![account_id(*account), email])?;
        }
        Event::Ignored {
            account,
            nick,
            ignored,
        } => {
            let folded = nick.folded();
            let (id, folded) = (account_id(*account), folded.as_str());
            if *ignored {
                let add =
                    "INSERT OR REPLACE INTO ignored (account, folded, nick) VALUES (?1, ?2, ?3)";
                run(database, add, params![id, folded, nick.as_str()])?;
            } else {
                let remove = "DELETE FROM ignored WHERE account = ?1 AND folded = ?2";
                run(database, remove, params![id, folded])?;
            }
        }
        Event::InvitationMade { by, digest } => run(
            database,
            "INSERT OR REPLACE INTO invitation (digest, inviter, created) VALUES (?1, ?2, ?3)",
            params![digest.as_bytes(), account_id(*by), at],
        )?,
        Event::InvitationUsed { digest } => {
            let remove = "DELETE FROM invitation WHERE digest = ?1";
            run(database, remove, params![digest.as_bytes()])?;
        }
        Event::Notified {
            account,
            number,
            notification,
        } => {
            notified(database, *account, *number, *notification)?;
        }
        Event::PasswordSet {
            account, hashed, ..
        } => run(
            database,
            "UPDATE account SET verifier = ?2, scram = ?3, initial_password = 0 WHERE id = ?1",
            params![
                account_id(*account),
                hashed.verifier.phc(),
                hashed.scram.as_ref().map(ScramKeys::to_text)
            ],
        )?,
        Event::ReadMarked {
            account,
            marks,
            personal,
        } => {
            read_marked(database, *account, marks, *personal)?;
        }
        Event::RecoveryUsed { account, digest } => run(
            database,
            "DELETE FROM recovery_code WHERE account = ?1 AND digest = ?2",
            params![account_id(*account), digest.as_bytes()],
        )?,
        Event::Registered { .. } => registered(database, &fact.event, at, progress)?,
        Event::ResetSet { account, reset } => reset_set(database, *account, *reset)?,
        Event::RoleSet { who, role, .. } => {
            let set = "UPDATE account SET role = ?2 WHERE id = ?1";
            run(
                database,
                set,
                params![who.account.map(account_id), role.as_str()],
            )?;
        }
        Event::SettingsChosen { account, settings } => {
            let json = serde_json::to_string(settings).expect("settings are always JSON");
            let set = "UPDATE account SET settings = ?2 WHERE id = ?1";
            run(database, set, params![account_id(*account), json])?;
        }
        Event::TokenMade {
            account,
            label,
            token,
        } => token_made(database, *account, label, token)?,
        Event::TokenRevoked { account, label } => run(
            database,
            "DELETE FROM token WHERE account = ?1 AND label = ?2",
            params![account_id(*account), label],
        )?,
        Event::Unblocked { who, .. } => blocked(database, who, None)?,
        Event::Visited { account } => {
            let set = "UPDATE account SET visited = 1 WHERE id = ?1";
            run(database, set, params![account_id(*account)])?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn registered(
    database: &Connection,
    event: &Event,
    at: i64,
    progress: &mut Progress,
) -> rusqlite::Result<()> {
    let Event::Registered {
        who,
        hashed,
        email,
        role,
        initial_password,
        recovery,
    } = event
    else {
        return Ok(());
    };
    let id = account_id(who.account.expect("who registers has a number"));
    progress.next_account = progress.next_account.max(id + 1);
    run(
        database,
        "INSERT INTO account (id, name, folded, verifier, scram, email, role, created, initial_password)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            id,
            who.nick.as_str(),
            who.nick.folded().as_str(),
            hashed.verifier.phc(),
            hashed.scram.as_ref().map(ScramKeys::to_text),
            email.as_ref().map(Text::as_str),
            role.as_str(),
            at,
            initial_password,
        ],
    )?;
    for digest in recovery {
        let add = "INSERT OR IGNORE INTO recovery_code (account, digest) VALUES (?1, ?2)";
        run(database, add, params![id, digest.as_bytes()])?;
    }
    Ok(())
}

/// What hangs on it goes by itself, but for what only names it.
fn deleted(database: &Connection, who: &Who, progress: &mut Progress) -> rusqlite::Result<()> {
    let Some(account) = who.account else {
        return Ok(());
    };
    let id = account_id(account);
    progress
        .last
        .retain(|place, _| place.other(account).is_none());
    erase(database, Doomed::Private { account: id })?;
    // The address and the verifier go as well, whether they wrote anything or not.
    progress.erased = true;
    erase_author(database, id)?;
    for sql in [
        "UPDATE room SET creator = NULL WHERE creator = ?1",
        "DELETE FROM conversation WHERE low = ?1 OR high = ?1",
        "DELETE FROM private_marker WHERE other = ?1",
        "DELETE FROM notification WHERE low = ?1 OR high = ?1",
        "DELETE FROM account WHERE id = ?1",
    ] {
        run(database, sql, params![id])?;
    }
    Ok(())
}

fn blocked(database: &Connection, who: &Who, block: Option<&Block>) -> rusqlite::Result<()> {
    run(
        database,
        "UPDATE account SET blocked = ?2, block_until = ?3, block_why = ?4, block_by = ?5 WHERE id = ?1",
        params![
            who.account.map(account_id),
            block.is_some(),
            block.and_then(|block| block.until).map(Time::millis),
            block.and_then(|block| block.why.as_ref()).map(Text::as_str),
            block.map(|block| block.by.as_str()),
        ],
    )
}

/// The oldest go when there are too many; how many that is stands in the rules.
fn notified(
    database: &Connection,
    account: AccountId,
    at: Number,
    what: Notification,
) -> rusqlite::Result<()> {
    let id = account_id(account);
    let (room, low, high) = what.place.map_or((None, None, None), place_columns);
    run(
        database,
        "INSERT OR REPLACE INTO notification (account, number, kind, room, low, high)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            id,
            number(at),
            super::super::load::kind_word(what.kind),
            room,
            low,
            high
        ],
    )?;
    run(
        database,
        "DELETE FROM notification WHERE account = ?1 AND number <= (
             SELECT number FROM notification WHERE account = ?1 ORDER BY number DESC
             LIMIT 1 OFFSET (SELECT json_extract(rules, '$.notifications_per_account') FROM meta))",
        params![id],
    )
}

fn read_marked(
    database: &Connection,
    account: AccountId,
    marks: &[Marked],
    personal: bool,
) -> rusqlite::Result<()> {
    let id = account_id(account);
    for Marked { place, mark, .. } in marks {
        let (read, at) = (number(mark.number), mark.at.millis());
        let (room, low, high) = place_columns(*place);
        if let Some(room) = room {
            run(
                database,
                "INSERT INTO room_marker (account, room, number, time) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET number = max(number, excluded.number),
                                           time = max(time, excluded.time)",
                params![id, room, read, at],
            )?;
            run(
                database,
                "DELETE FROM notification WHERE account = ?1 AND room = ?2 AND number <=
                     (SELECT number FROM room_marker WHERE account = ?1 AND room = ?2)",
                params![id, room],
            )?;
        } else if let Some(other) = place.other(account) {
            let other = account_id(other);
            run(
                database,
                "INSERT INTO private_marker (account, other, number, time) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET number = max(number, excluded.number),
                                           time = max(time, excluded.time)",
                params![id, other, read, at],
            )?;
            run(
                database,
                "DELETE FROM notification WHERE account = ?1 AND low = ?2 AND high = ?3 AND number <=
                     (SELECT number FROM private_marker WHERE account = ?1 AND other = ?4)",
                params![id, low, high, other],
            )?;
        }
    }
    if personal {
        let read = "DELETE FROM notification WHERE account = ?1 AND room IS NULL AND low IS NULL";
        run(database, read, params![id])?;
    }
    Ok(())
}

fn reset_set(
    database: &Connection,
    account: AccountId,
    reset: Option<Reset>,
) -> rusqlite::Result<()> {
    let id = account_id(account);
    let Some(reset) = reset else {
        let remove = "DELETE FROM reset_code WHERE account = ?1";
        return run(database, remove, params![id]);
    };
    let set = "INSERT OR REPLACE INTO reset_code (account, digest, expires) VALUES (?1, ?2, ?3)";
    run(
        database,
        set,
        params![id, reset.digest.as_bytes(), reset.expires.millis()],
    )
}

fn token_made(
    database: &Connection,
    account: AccountId,
    label: &str,
    token: &Token,
) -> rusqlite::Result<()> {
    let rooms = token.rooms.as_ref().map(|rooms| {
        let rooms: Vec<_> = rooms
            .iter()
            .map(|room| (room.id, room.name.as_str()))
            .collect();
        serde_json::to_string(&rooms).expect("numbers and strings are always JSON")
    });
    run(
        database,
        "INSERT OR REPLACE INTO token (account, label, digest, rooms, scope, created)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            account_id(account),
            label,
            token.digest.as_bytes(),
            rooms,
            token.scope.as_str(),
            token.created.millis(),
        ],
    )
}
