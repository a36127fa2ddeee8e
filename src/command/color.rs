//! COLOR: colours nicks.

use super::prelude::*;
use super::setting;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    on: Option<bool>,
}

impl Verb for Color {
    const GATE: Gate = setting::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            on: setting::switch(args),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let change = self.on.map(|on| move |settings: &mut crate::model::Settings| settings.color = on);
        setting::choose(context, "color", change, |settings| setting::word(settings.color))
    }
}
