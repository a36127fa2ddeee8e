//! Who may run a command at all: data at each command, asked in one place.

use chinwag_grammar::Time;

use crate::model::person::Scope;
use crate::model::session::Person;
use crate::model::{Role, Session};
use crate::policy::login::until_words;
use crate::policy::operator;
use crate::reply::Reply;
use crate::state::State;

/// What a command demands of whoever runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Who one has to be.
    pub needs: Needs,
    /// Whether it may change what is stored: refused when the disk is full.
    pub writes: bool,
    /// Which tokens allow it.
    pub token: TokenUse,
}

/// Who one has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Logged in.
    Account,
    /// An admin.
    Admin,
    /// Anybody, even before the connection password.
    Anybody,
    /// Anybody who has given the connection password.
    Admitted,
    /// An operator of the server, as every admin is.
    Operator,
    /// Logged in, or a guest.
    Person,
}

/// Which tokens allow a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUse {
    /// Every token.
    Any,
    /// Those without a scope and for every room: it is about the whole server.
    Everywhere,
    /// None: it is about the account itself.
    Never,
    /// Those without a scope.
    Full,
    /// Those that may post.
    Post,
    /// Those that may read.
    Read,
}

/// May this session run such a command?
///
/// # Errors
/// The first reason why not.
pub fn may_run(
    state: &State,
    session: &Session,
    gate: Gate,
    now: Time,
    full: bool,
) -> Result<(), Reply> {
    shut_out(state, session, now)?;
    if gate.needs != Needs::Anybody && !session.admitted {
        return Err(Reply::NotAdmitted);
    }
    match (gate.needs, &session.person) {
        (Needs::Anybody | Needs::Admitted, _)
        | (Needs::Person, Person::Account { .. } | Person::Guest { .. })
        | (Needs::Account, Person::Account { .. }) => {}
        (Needs::Account | Needs::Admin | Needs::Operator | Needs::Person, Person::Nobody) => {
            return Err(Reply::NotLoggedIn);
        }
        (Needs::Account | Needs::Admin, Person::Guest { .. }) => return Err(Reply::NeedAccount),
        (Needs::Operator, Person::Account { .. } | Person::Guest { .. }) => {
            operator::may_operate(state, session)?;
        }
        (Needs::Admin, Person::Account { id, .. }) => {
            let account = state.account(*id).ok_or(Reply::NotLoggedIn)?;
            may_administer(account.role, account.initial_password)?;
        }
    }
    token_allows(session, gate.token)?;
    if full && gate.writes {
        return Err(Reply::StorageFull);
    }
    Ok(())
}

/// What a blocked account has sent before its connection closed is not done.
fn shut_out(state: &State, session: &Session, now: Time) -> Result<(), Reply> {
    let account = session.account().and_then(|id| state.account(id));
    match account.and_then(|account| account.blocked(now)) {
        Some(block) => Err(Reply::AccountBlocked {
            until: until_words(block.until, block.why.as_ref()),
        }),
        None => Ok(()),
    }
}

/// May somebody with this role act as an admin? Not before the password that every server begins with is changed.
///
/// # Errors
/// Why not.
pub fn may_administer(role: Role, initial_password: bool) -> Result<(), Reply> {
    match role {
        Role::User => Err(Reply::NoPermission {
            need: "only admins may do that",
        }),
        Role::Admin if initial_password => Err(Reply::PasswordInitial),
        Role::Admin => Ok(()),
    }
}

fn token_allows(session: &Session, token: TokenUse) -> Result<(), Reply> {
    let Person::Account {
        limits: Some(limits),
        ..
    } = &session.person
    else {
        return Ok(());
    };
    let allowed = match (token, limits.scope) {
        (TokenUse::Any, _)
        | (TokenUse::Full | TokenUse::Post | TokenUse::Read, Scope::All)
        | (TokenUse::Post, Scope::Post)
        | (TokenUse::Read, Scope::Read) => true,
        (TokenUse::Everywhere, Scope::All) => limits.is_everywhere(),
        (TokenUse::Everywhere | TokenUse::Full, Scope::Post | Scope::Read)
        | (TokenUse::Post, Scope::Read)
        | (TokenUse::Read, Scope::Post)
        | (TokenUse::Never, _) => false,
    };
    if allowed {
        return Ok(());
    }
    Err(Reply::TokenMayNot)
}
