//! What admins may do to each other.

use crate::model::rules::Registration;
use crate::model::{Account, Role, Who};
use crate::policy::gate;
use crate::reply::Reply;
use crate::state::State;

/// May somebody shut this account out? Not oneself, and not the last admin.
///
/// # Errors
/// Why not.
pub fn may_shut_out(state: &State, by: &Who, who: &Who) -> Result<(), Reply> {
    if by.account == who.account {
        return Err(Reply::NickIsSelf);
    }
    may_lose_admin(state, who)
}

/// May this account stop being an admin? The server keeps one.
///
/// # Errors
/// When it is the last.
pub fn may_lose_admin(state: &State, who: &Who) -> Result<(), Reply> {
    let accounts = state.durable().accounts.values();
    let mut others =
        accounts.filter(|account| account.role == Role::Admin && Some(account.id) != who.account);
    let is_admin = who
        .account
        .and_then(|id| state.account(id))
        .is_some_and(|account| account.role == Role::Admin);
    if is_admin && others.next().is_none() {
        return Err(Reply::LastAdmin);
    }
    Ok(())
}

/// May this account let somebody register? Admins always; everybody where registration is by invitation.
///
/// # Errors
/// Why not.
pub fn may_invite_to_server(state: &State, account: &Account) -> Result<(), Reply> {
    if state.rules().registration == Registration::Invite {
        return Ok(());
    }
    gate::may_administer(account.role, account.initial_password)
}
