//! UNMUTE: lets a muted person speak again.

use chinwag_grammar::{Nick, RoomName};

use super::mute::of_nick;
use super::prelude::*;
use super::bar;
use crate::model::BanKind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmute {
    nick: Nick,
    room: Option<RoomName>,
}

impl Verb for Unmute {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let mask = of_nick(&self.nick);
        bar::lift(context, BanKind::Mute, &mask, self.room.as_ref())
    }
}
