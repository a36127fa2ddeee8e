//! BELL: rings the bell for private messages and mentions, for everything, or never.

use super::prelude::*;
use super::setting;
use crate::model::{Bell, Settings};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChooseBell {
    bell: Option<Bell>,
}

impl Verb for ChooseBell {
    const GATE: Gate = setting::GATE;

    fn read(args: &Args<'_>) -> Self {
        let bells = [
            ("OFF", Bell::Off),
            ("MENTIONS", Bell::Mentions),
            ("ALL", Bell::All),
        ];
        let chosen = bells.iter().find(|(word, _)| args.has_keyword(word));
        Self {
            bell: chosen.map(|(_, bell)| *bell),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let change = self.bell.map(|bell| move |settings: &mut Settings| settings.bell = bell);
        setting::choose(context, "bell", change, |settings| match settings.bell {
            Bell::All => "all",
            Bell::Mentions => "mentions",
            Bell::Off => "off",
        })
    }
}
