//! TOKEN: makes, lists and revokes passwords for scripts.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::command::errand::CodeKind;
use crate::model::person::{self, Scope};
use crate::reply::Row;

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
            return Self::New {
                label,
                rooms: args.rooms("room"),
                scope: match scope.to_ascii_lowercase().as_str() {
                    "post" => Scope::Post,
                    "read" => Scope::Read,
                    _ => Scope::All,
                },
            };
        }
        if args.has_keyword("REVOKE") {
            return Self::Revoke { label };
        }
        Self::List
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
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

fn make(
    context: &mut Context<'_>,
    label: String,
    rooms: Vec<RoomName>,
    scope: Scope,
) -> Outcome {
    let Some(Found::Code { digest, shown }) = context.found() else {
        return Err(Reply::Busy { retry: 1 });
    };
    for name in &rooms {
        context.my_room(Some(name))?;
    }
    let known = context.account()?;
    let (account, limit) = (known.id, context.rules().tokens_per_account);
    if known.tokens.contains_key(&label) {
        let label = label.into();
        return Err(Reply::TokenExists { label });
    }
    if known.tokens.len() >= limit {
        return Err(Reply::TooManyTokens { limit });
    }
    let token = person::Token {
        digest,
        rooms,
        scope,
        created: context.now,
    };
    context.emit(Event::TokenMade {
        account,
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

fn list(context: &mut Context<'_>) -> Outcome {
    let tokens = &context.account()?.tokens;
    let rows: Vec<Row> = tokens
        .iter()
        .map(|(label, token)| Row::Token {
            label: label.as_str().into(),
            rooms: token.rooms.clone(),
            scope: token.scope,
            created: token.created,
        })
        .collect();
    let count = rows.len() as u64;
    rows.into_iter().for_each(|row| context.row(row));
    let noun = "tokens";
    Ok(Reply::Rows { count, noun }.into())
}

/// Sessions that came with it end.
fn revoke(context: &mut Context<'_>, label: String) -> Outcome {
    let known = context.account()?;
    let account = known.id;
    let shown: Text = label.as_str().into();
    if !known.tokens.contains_key(&label) {
        return Err(Reply::NoSuchToken { label: shown });
    }
    context.emit(Event::TokenRevoked {
        account,
        label,
    });
    context.end_token_sessions(account);
    Ok(Reply::TokenRevoked { label: shown }.into())
}
