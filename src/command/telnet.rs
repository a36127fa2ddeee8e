//! TELNET: the client is asked about its window; the connection's own side does that when it sees the answer.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telnet;

impl Verb for Telnet {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(_args: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, _context: &mut Context<'_>) -> Outcome {
        Ok(Reply::TelnetAsked.into())
    }
}
