//! MUTE: somebody stays in a room and does not speak there.

use chinwag_grammar::{Nick, RoomName, Span};

use super::ban_list::{self, Listing};
use super::prelude::*;
use crate::model::BanKind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mute {
    nick: Nick,
    room: Option<RoomName>,
    span: Option<Span>,
    why: Option<Text>,
}

impl Verb for Mute {
    const GATE: Gate = ban_list::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            room: args.room("room"),
            span: args.duration("duration"),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.person(&self.nick)?;
        let listing = Listing {
            kind: BanKind::Mute,
            mask: ban_list::mask_of(&who.nick)?,
            span: self.span,
            why: self.why,
        };
        let number = ban_list::put(context, self.room.as_ref(), listing)?;
        Ok(Reply::Numbered { number }.into())
    }
}
