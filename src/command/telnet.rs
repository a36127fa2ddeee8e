//! TELNET: asks a telnet client about its window. The asking is the connection's, which knows by the answer.

use super::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telnet;

impl Verb for Telnet {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(_: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, _: &mut Context<'_>) -> Outcome {
        Ok(Reply::TelnetAsked.into())
    }
}
