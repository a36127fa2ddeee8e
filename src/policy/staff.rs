//! What concerns those who run the server: that somebody is left who does, and who lets others in.

use chinwag_grammar::Time;

use crate::model::rules::Registration;
use crate::model::{Account, Role};
use crate::policy::gate;
use crate::reply::Reply;
use crate::state::State;

/// So many invitations of one account may wait to be used.
const INVITATIONS_MAX: usize = 100;

/// May the server lose this account as an admin? Not the last one who can come in.
///
/// # Errors
/// Where nobody would be left.
pub fn may_lose(state: &State, account: &Account, now: Time) -> Result<(), Reply> {
    let is_admin = |one: &Account| one.role == Role::Admin && one.blocked(now).is_none();
    let mut others = state.durable().accounts.values();
    if !is_admin(account) || others.any(|other| other.id != account.id && is_admin(other)) {
        return Ok(());
    }
    Err(Reply::LastAdmin)
}

/// May they make a code with which somebody registers?
///
/// # Errors
/// Why not.
pub fn may_invite(state: &State, account: &Account) -> Result<(), Reply> {
    match state.rules().registration {
        Registration::Closed => return Err(Reply::NotAllowedRegistration),
        Registration::Invite => {}
        Registration::Open => gate::may_administer(account.role, account.initial_password)?,
    }
    let made = state.durable().invitations.values();
    if made.filter(|one| one.by == account.id).count() >= INVITATIONS_MAX {
        return Err(Reply::TooManyInvitations {
            limit: INVITATIONS_MAX,
        });
    }
    Ok(())
}
