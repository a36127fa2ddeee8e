//! Who may try to log in, and who may come in after the password was right.

use chinwag_grammar::{Folded, Time};

use crate::model::{AccountId, Session, Text};
use crate::policy::server_ban;
use crate::reply::Reply;
use crate::state::State;

/// May somebody on this connection try a secret for that name?
///
/// # Errors
/// After too many failures of the name or the network, or where the line is not encrypted and has to be.
pub fn may_try(state: &State, session: &Session, name: &Folded, now: Time) -> Result<(), Reply> {
    let open = !session.origin.tls && !session.origin.loopback;
    if open && state.rules().cleartext_refused {
        return Err(Reply::CleartextRefused);
    }
    let wait = state.login_wait(name, &session.origin.network, now);
    if wait > 0 {
        return Err(Reply::RateLimited { retry: wait });
    }
    Ok(())
}

/// What is counted where no account's name is tried: only the network. The mark keeps it from being anybody's nick.
#[must_use]
pub fn counted_alone(session: &Session) -> Folded {
    Folded::of(&format!("={}", session.origin.network))
}

/// May this account come in here? It has shown its password, so it may be told why not; all but one thing: that the
/// password every server begins with does not open from elsewhere.
///
/// # Errors
/// Why not.
pub fn may_enter(state: &State, session: &Session, id: AccountId, now: Time) -> Result<(), Reply> {
    let account = state.account(id).ok_or(Reply::InvalidCredentials)?;
    if account.initial_password && !(session.origin.loopback && state.rules().loopback_only) {
        return Err(Reply::InvalidCredentials);
    }
    if let Some(block) = account.blocked(now) {
        return Err(Reply::AccountBlocked {
            until: until_words(block.until, block.why.as_ref()),
        });
    }
    server_ban::may_be_here(state, session, Some(&account.who()), now)
}

/// May anybody be a guest here?
///
/// # Errors
/// Where the operator allows none.
pub fn may_be_guest(state: &State) -> Result<(), Reply> {
    if state.rules().guests {
        Ok(())
    } else {
        Err(Reply::GuestsOff)
    }
}

/// May this account set a new password with a right code? Not while it is blocked.
///
/// # Errors
/// That it is.
pub fn may_recover(state: &State, id: AccountId, now: Time) -> Result<(), Reply> {
    let account = state.account(id).ok_or(Reply::CodeWrong)?;
    match account.blocked(now) {
        Some(block) => Err(Reply::AccountBlocked {
            until: until_words(block.until, block.why.as_ref()),
        }),
        None => Ok(()),
    }
}

/// `until 2026-09-26T14:02:11.123Z: why`, or `for good`.
#[must_use]
pub fn until_words(until: Option<Time>, why: Option<&Text>) -> Text {
    let until = until.map_or_else(|| "for good".to_owned(), |until| format!("until {until}"));
    match why {
        Some(why) => format!("{until}: {why}").into(),
        None => until.into(),
    }
}
