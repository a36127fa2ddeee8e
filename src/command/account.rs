//! ACCOUNT: everything one wrote, to take along; and the end of an account.

use super::depart::{end_sessions, log_out};
use super::prelude::*;
use crate::effect::Query;
use crate::model::RoomRef;
use crate::policy::{login, staff};
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountVerb {
    Delete { password: Option<Secret> },
    Export,
}

impl Verb for AccountVerb {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        if args.has_keyword("EXPORT") {
            return Self::Export;
        }
        Self::Delete {
            password: args.text("password").map(Secret::from),
        }
    }

    fn asks(&self) -> Option<&'static str> {
        match self {
            Self::Delete { password: None } => Some("password, to delete the account (not shown)"),
            Self::Delete { password: Some(_) } | Self::Export => None,
        }
    }

    fn answer(&mut self, secret: Secret) {
        match self {
            Self::Delete { password } => *password = Some(secret),
            Self::Export => {}
        }
    }

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let Self::Delete { password } = self else {
            return Ok(None);
        };
        let password = password.take().unwrap_or_default();
        let state = before.state;
        let session = state.session(before.conn).ok_or(Reply::NotLoggedIn)?;
        let account = session.account().and_then(|id| state.account(id));
        let account = account.ok_or(Reply::NeedAccount)?;
        login::may_try(state, session, &account.name.folded(), before.now)?;
        staff::may_lose(state, account, before.now)?;
        Ok(Some(Errand::Verify {
            password,
            verifier: Some(account.verifier.clone()),
            // Of an account that is to go none are made.
            has_scram: true,
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        match self {
            Self::Delete { .. } => delete(context),
            Self::Export => {
                let account = context.account()?.id;
                context.audit("ACCOUNT EXPORT");
                Ok(Query::Export { account }.into())
            }
        }
    }
}

/// The connection that asks stays; the account's others end.
fn delete(context: &mut Context<'_>) -> Outcome {
    let account = context.account()?;
    let (id, who, current) = (account.id, account.who(), account.verifier.clone());
    let name = who.nick.folded();
    login::may_try(context.state(), context.session(), &name, context.now)?;
    staff::may_lose(context.state(), account, context.now)?;
    let right = match context.found() {
        Some(Found::Verified { seen, right, .. }) => right && seen.as_ref() == Some(&current),
        _ => return Err(Reply::Busy { retry: 1 }),
    };
    if !right {
        return Err(context.failed(&name, Reply::PasswordWrong));
    }
    context.audit("ACCOUNT DELETE");
    let why = Text::from("the account is deleted");
    for room in rooms(context, &who) {
        let room_id = room.id;
        context.emit(Event::Left {
            room,
            who: who.clone(),
            why: Some(why.clone()),
            gone: false,
        });
        context.end_if_deserted(room_id);
    }
    let own = context.conn;
    end_sessions(context, id, Some(own), Some(&why));
    log_out(context, own, Some(why));
    let nick = who.nick.clone();
    context.emit(Event::AccountDeleted { who });
    Ok(Reply::AccountDeleted { nick }.into())
}

fn rooms(context: &Context<'_>, who: &Who) -> Vec<RoomRef> {
    let state = context.state();
    let rooms = state.rooms_of(who).into_iter();
    rooms
        .filter_map(|id| state.room(id).map(crate::model::Room::to_ref))
        .collect()
}
