//! NUMBERS: whether the number stands before each message.

use super::choose;
use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// Absent, it is shown.
    on: Option<bool>,
}

impl Verb for Numbers {
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
            "numbers",
            self.on,
            |settings, on| settings.numbers = on,
            |settings| choose::switch_word(settings.numbers),
        )
    }
}
