//! UNBAN: lifts a ban.

use chinwag_grammar::{Mask, RoomName};

use super::bar;
use super::prelude::*;
use crate::model::BanKind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unban {
    mask: Mask,
    room: Option<RoomName>,
}

impl Verb for Unban {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            mask: args.mask("ban-mask").expect("the rule has a mask"),
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        bar::lift(context, BanKind::Ban, &self.mask, self.room.as_ref())
    }
}
