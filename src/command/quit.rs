//! QUIT: says goodbye and closes the connection.

use super::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quit;

impl Verb for Quit {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(_: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let conn = context.conn;
        context.close(conn);
        Ok(Reply::Bye.into())
    }
}
