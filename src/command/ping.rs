//! PING: an answer, at once.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ping {
    text: Text,
}

impl Verb for Ping {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            text: args.text("text").unwrap_or("pong").into(),
        }
    }

    fn decide(self, _context: &mut Context<'_>) -> Outcome {
        Ok(Reply::Pong { text: self.text }.into())
    }
}
