//! BELL: what the bell rings for.

use super::choose;
use super::prelude::*;
use crate::model::Bell as Rings;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bell {
    /// Absent, it is shown.
    rings: Option<Rings>,
}

impl Verb for Bell {
    const GATE: Gate = choose::gate(true);

    fn gate(&self) -> Gate {
        choose::gate(self.rings.is_some())
    }

    fn read(args: &Args<'_>) -> Self {
        let words = [
            ("ALL", Rings::All),
            ("MENTIONS", Rings::Mentions),
            ("OFF", Rings::Off),
        ];
        let chosen = words.iter().find(|(word, _)| args.has_keyword(word));
        Self {
            rings: chosen.map(|(_, rings)| *rings),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        choose::choose(
            context,
            "bell",
            self.rings,
            |settings, rings| settings.bell = rings,
            |settings| word(settings.bell),
        )
    }
}

const fn word(rings: Rings) -> &'static str {
    match rings {
        Rings::All => "all",
        Rings::Mentions => "mentions",
        Rings::Off => "off",
    }
}
