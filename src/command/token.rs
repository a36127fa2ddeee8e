//! TOKEN: passwords for scripts, limited to rooms and to posting or reading: made, listed, revoked.

use chinwag_grammar::RoomName;

use super::depart::end_session;
use super::errand::CodeKind;
use super::prelude::*;
use crate::model::person::{self, Scope};
use crate::model::session::Person;
use crate::model::{ConnId, RoomRef};
use crate::reply::{Row, noun};
use crate::state::State;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    List,
    New {
        label: String,
        rooms: Vec<RoomName>,
        scope: Scope,
    },
    Revoke {
        label: String,
    },
}

impl Verb for Token {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        let label = args.text("label").unwrap_or_default().to_owned();
        if args.has_keyword("NEW") {
            let scope = args.text("scope").unwrap_or_default();
            let is = |one: Scope| scope.eq_ignore_ascii_case(one.as_str());
            return Self::New {
                label,
                rooms: args.rooms("room"),
                scope: [Scope::Post, Scope::Read]
                    .into_iter()
                    .find(|one| is(*one))
                    .unwrap_or(Scope::All),
            };
        }
        if args.has_keyword("REVOKE") {
            return Self::Revoke { label };
        }
        Self::List
    }

    fn errand(&mut self, _before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let kind = CodeKind::Token;
        Ok(matches!(self, Self::New { .. }).then_some(Errand::Code { kind }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        match self {
            Self::List => list(context),
            Self::New {
                label,
                rooms,
                scope,
            } => make(context, label, rooms, scope),
            Self::Revoke { label } => revoke(context, label),
        }
    }
}

fn list(context: &mut Context<'_>) -> Outcome {
    let tokens = context.account()?.tokens.clone();
    let count = tokens.len() as u64;
    for (label, token) in tokens {
        let rooms = token.rooms.unwrap_or_default();
        let rooms = rooms.iter().map(|room| name_now(context.state(), room));
        let rooms = rooms.collect();
        context.row(Row::Token {
            label: label.into(),
            rooms,
            scope: token.scope,
            created: token.created,
        });
    }
    let noun = noun(count, "token", "tokens");
    Ok(Reply::Rows { count, noun }.into())
}

fn make(
    context: &mut Context<'_>,
    label: String,
    rooms: Vec<RoomName>,
    scope: Scope,
) -> Outcome {
    let (account, limit) = (context.account()?, context.rules().tokens_per_account);
    let id = account.id;
    if account.tokens.contains_key(&label) {
        let label = label.into();
        return Err(Reply::TokenExists { label });
    }
    if account.tokens.len() >= limit {
        return Err(Reply::TooManyTokens { limit });
    }
    let rooms = references(context, &rooms)?;
    let Some(Found::Code { digest, shown }) = context.found() else {
        return Err(Reply::Busy { retry: 1 });
    };
    let token = person::Token {
        digest,
        rooms,
        scope,
        created: context.now,
    };
    context.emit(Event::TokenMade {
        account: id,
        label: label.clone(),
        token,
    });
    context.row(Row::Code {
        name: "TOKEN",
        code: shown,
    });
    let label = label.into();
    Ok(Reply::TokenMade { label }.into())
}

/// Nothing, for everywhere, where none is named.
fn references(context: &Context<'_>, names: &[RoomName]) -> Result<Option<Vec<RoomRef>>, Reply> {
    let mut rooms: Vec<RoomRef> = Vec::new();
    for name in names {
        let room = context.room(name)?.to_ref();
        if !rooms.contains(&room) {
            rooms.push(room);
        }
    }
    Ok((!rooms.is_empty()).then_some(rooms))
}

/// A room as it is called now. One that is gone is named as such: another may have its name.
fn name_now(state: &State, room: &RoomRef) -> Text {
    match state.room(room.id) {
        Some(room) => room.name.as_str().into(),
        None => format!("{} (gone)", room.name).into(),
    }
}

/// The sessions that came with it end.
fn revoke(context: &mut Context<'_>, label: String) -> Outcome {
    let account = context.account()?;
    let id = account.id;
    if !account.tokens.contains_key(&label) {
        let label = label.into();
        return Err(Reply::NoSuchToken { label });
    }
    let came_with = |person: &Person| match person {
        Person::Account {
            limits: Some(limits),
            ..
        } => limits.label == label,
        Person::Account { .. } | Person::Guest { .. } | Person::Nobody => false,
    };
    let sessions = context.state().sessions_of(id);
    let conns: Vec<ConnId> = sessions
        .filter(|session| came_with(&session.person))
        .map(|session| session.conn)
        .collect();
    context.emit(Event::TokenRevoked {
        account: id,
        label: label.clone(),
    });
    for conn in conns {
        end_session(context, conn, None);
    }
    let label = label.into();
    Ok(Reply::TokenRevoked { label }.into())
}
