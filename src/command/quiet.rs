//! QUIET: whether those who come and go are left out.

use super::choose;
use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// Absent, it is shown.
    on: Option<bool>,
}

impl Verb for Quiet {
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
            "quiet",
            self.on,
            |settings, on| settings.quiet = on,
            |settings| choose::switch_word(settings.quiet),
        )
    }
}
