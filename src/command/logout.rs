//! LOGOUT: ends the login and keeps the connection.

use super::depart::depart;
use super::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logout;

impl Verb for Logout {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(_: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        depart(context, None);
        let conn = context.conn;
        context.emit(Event::LoggedOut { conn });
        Ok(Reply::LoggedOut.into())
    }
}
