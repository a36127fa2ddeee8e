//! TZ: sets one's time zone.

use super::prelude::*;
use super::setting;
use crate::model::Settings;
use crate::model::screen::Zone;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChooseZone {
    zone: Option<Text>,
}

impl Verb for ChooseZone {
    const GATE: Gate = setting::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            zone: args.text("zone").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let zone = match self.zone {
            None => None,
            Some(name) => match Zone::parse(name.as_str()) {
                Some(zone) => Some(zone),
                None => return Err(Reply::UnknownZone { zone: name }),
            },
        };
        let change = zone.map(|zone| move |settings: &mut Settings| settings.zone = zone);
        setting::choose(context, "tz", change, |settings| settings.zone.name())
    }
}
