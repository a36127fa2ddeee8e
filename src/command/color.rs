//! COLOR: whether nicks are coloured.

use super::choose;
use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Color {
    /// Absent, it is shown.
    on: Option<bool>,
}

impl Verb for Color {
    const GATE: Gate = choose::gate(true);

    fn gate(&self) -> Gate {
        choose::gate(self.on.is_some())
    }

    fn read(args: &Args<'_>) -> Self {
        Self {
            on: choose::switch(args),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        choose::choose(
            context,
            "color",
            self.on,
            |settings, on| settings.color = on,
            |settings| choose::switch_word(settings.color),
        )
    }
}
