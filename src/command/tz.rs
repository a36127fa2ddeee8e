//! TZ: the zone in which times are shown.

use super::choose;
use super::prelude::*;
use crate::model::screen::Zone;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tz {
    /// Absent, the zone is shown.
    name: Option<String>,
}

impl Verb for Tz {
    const GATE: Gate = choose::gate(true);

    fn gate(&self) -> Gate {
        choose::gate(self.name.is_some())
    }

    fn read(args: &Args<'_>) -> Self {
        Self {
            name: args.word("zone").map(str::to_owned),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let zone = self.name.as_deref().map(zone).transpose()?;
        choose::choose(
            context,
            "tz",
            zone,
            |settings, zone| settings.zone = zone,
            |settings| settings.zone.name(),
        )
    }
}

fn zone(name: &str) -> Result<Zone, Reply> {
    Zone::parse(name).ok_or_else(|| Reply::UnknownZone { zone: name.into() })
}
