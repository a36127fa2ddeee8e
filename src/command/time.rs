//! TIME: how the time stands before a line.

use super::choose;
use super::prelude::*;
use crate::model::TimeStyle;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Absent, it is shown.
    style: Option<TimeStyle>,
}

impl Verb for Time {
    const GATE: Gate = choose::gate(true);

    fn gate(&self) -> Gate {
        choose::gate(self.style.is_some())
    }

    fn read(args: &Args<'_>) -> Self {
        let words = [
            ("FULL", TimeStyle::Full),
            ("OFF", TimeStyle::Off),
            ("SHORT", TimeStyle::Short),
        ];
        let chosen = words.iter().find(|(word, _)| args.has_keyword(word));
        Self {
            style: chosen.map(|(_, style)| *style),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        choose::choose(
            context,
            "time",
            self.style,
            |settings, style| settings.time = style,
            |settings| word(settings.time),
        )
    }
}

const fn word(style: TimeStyle) -> &'static str {
    match style {
        TimeStyle::Full => "full",
        TimeStyle::Off => "off",
        TimeStyle::Short => "short",
    }
}
