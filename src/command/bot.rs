//! BOT: the same as FORMAT line.

use super::format;
use super::prelude::*;
use crate::model::Format;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bot;

impl Verb for Bot {
    const GATE: Gate = format::Format::GATE;
    const WAITS: bool = true;

    fn read(_args: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        format::choose(context, Format::Line)
    }
}
