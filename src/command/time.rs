//! TIME: chooses how the time stands before a line.

use super::prelude::*;
use super::setting;
use crate::model::{Settings, TimeStyle};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChooseTime {
    style: Option<TimeStyle>,
}

impl Verb for ChooseTime {
    const GATE: Gate = setting::GATE;

    fn read(args: &Args<'_>) -> Self {
        let styles = [
            ("OFF", TimeStyle::Off),
            ("SHORT", TimeStyle::Short),
            ("FULL", TimeStyle::Full),
        ];
        let chosen = styles.iter().find(|(word, _)| args.has_keyword(word));
        Self {
            style: chosen.map(|(_, style)| *style),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let change = self.style.map(|style| move |settings: &mut Settings| settings.time = style);
        setting::choose(context, "time", change, |settings| match settings.time {
            TimeStyle::Full => "full",
            TimeStyle::Off => "off",
            TimeStyle::Short => "short",
        })
    }
}
