//! UNREAD: shows what one has not read yet, place by place; then it is read.

use super::arrive::unread;
use super::prelude::*;
use crate::effect::{Query, Reader};
use crate::policy::history as policy;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread;

impl Verb for Unread {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Read,
    };
    const WAITS: bool = true;

    fn read(_: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_ask(context.state())?;
        let account = context.account()?.id;
        let places = unread(context, account);
        let seen = places.iter().map(|one| one.place).collect();
        let reader = Reader {
            account: Some(account),
            upto: context.state().last(),
            limit: context.rules().max_query,
        };
        let conn = context.conn;
        context.emit(Event::Seen {
            conn,
            places: seen,
        });
        Ok(Query::Unread {
            reader,
            places,
            rows: true,
        }
        .into())
    }
}
