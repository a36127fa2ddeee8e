//! BOT: an alias of FORMAT line.

use super::format::choose;
use super::prelude::*;
use crate::model::Format;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bot;

impl Verb for Bot {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(_: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        choose(context, Some(Format::Line))
    }
}
