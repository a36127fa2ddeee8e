//! NUMBERS: shows the number before each message.

use super::prelude::*;
use super::setting;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    on: Option<bool>,
}

impl Verb for Numbers {
    const GATE: Gate = setting::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            on: setting::switch(args),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let change = self.on.map(|on| move |settings: &mut crate::model::Settings| settings.numbers = on);
        setting::choose(context, "numbers", change, |settings| setting::word(settings.numbers))
    }
}
