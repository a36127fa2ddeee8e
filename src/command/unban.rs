//! UNBAN: a ban is lifted.

use chinwag_grammar::{Mask, RoomName};

use super::ban_list;
use super::prelude::*;
use crate::model::BanKind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unban {
    mask: Mask,
    room: Option<RoomName>,
}

impl Verb for Unban {
    const GATE: Gate = ban_list::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            mask: args.mask("ban-mask").expect("the rule has a mask"),
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let room = ban_list::lift(context, self.room.as_ref(), BanKind::Ban, &self.mask)?;
        let mask = self.mask.as_str().into();
        Ok(Reply::BanLifted { mask, room }.into())
    }
}
