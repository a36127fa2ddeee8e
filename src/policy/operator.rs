//! Who runs the server beside its admins, and what that means: whoever gave OPER a name and password of the configuration.
//!
//! An operator is an admin for ending sessions, bans of the server, telling the other operators, reading the configuration
//! again, and what SAMODE, SAJOIN and SAPART do. Roles, blocks, codes and the audit log stay the admins', and nothing is
//! done against an admin. It is the session that is an operator's: other sessions of the same person are not.

use crate::model::{Session, Who};
use crate::policy::gate;
use crate::policy::room::is_admin;
use crate::reply::Reply;
use crate::state::State;

/// Is this the session of an operator? Every admin is one.
#[must_use]
pub fn is_operator(state: &State, session: &Session) -> bool {
    let opered = state.live().operators.contains_key(&session.conn);
    opered || is_admins(state, session)
}

/// May this session run the server?
///
/// # Errors
/// Why not.
pub fn may_operate(state: &State, session: &Session) -> Result<(), Reply> {
    if is_operator(state, session) {
        return Ok(());
    }
    if let Some(account) = session.account().and_then(|id| state.account(id)) {
        // An admin who has to change the password first is told so.
        let may = gate::may_administer(account.role, account.initial_password);
        if let Err(Reply::PasswordInitial) = may {
            return may;
        }
    }
    Err(Reply::NoPermission {
        need: "only operators of the server may do that",
    })
}

/// May this session act against somebody? Only admins against admins.
///
/// # Errors
/// Where they are one.
pub fn may_act_on(state: &State, session: &Session, whom: &Who) -> Result<(), Reply> {
    if is_admin(state, whom) && !is_admins(state, session) {
        return Err(Reply::NoPermission {
            need: "only admins may do that to an admin",
        });
    }
    Ok(())
}

/// Is somebody shown as an operator? Who is an admin, or has a session that is an operator's.
#[must_use]
pub fn is_shown_as(state: &State, who: &Who) -> bool {
    let operators = &state.live().operators;
    let mut conns = state.conns_of(who).into_iter();
    is_admin(state, who) || conns.any(|conn| operators.contains_key(&conn))
}

fn is_admins(state: &State, session: &Session) -> bool {
    let who = state.who(session.conn);
    who.is_some_and(|who| is_admin(state, &who))
}

#[cfg(test)]
mod tests;
