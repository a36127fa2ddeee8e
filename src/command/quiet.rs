//! QUIET: hides who comes and goes.

use super::prelude::*;
use super::setting;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    on: Option<bool>,
}

impl Verb for Quiet {
    const GATE: Gate = setting::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            on: setting::switch(args),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let change = self.on.map(|on| move |settings: &mut crate::model::Settings| settings.quiet = on);
        setting::choose(context, "quiet", change, |settings| setting::word(settings.quiet))
    }
}
