//! LOGOUT: the connection stays, and is nobody's.

use super::depart::log_out;
use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logout;

impl Verb for Logout {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(_args: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        log_out(context, context.conn, None);
        Ok(Reply::LoggedOut.into())
    }
}
