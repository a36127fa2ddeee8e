//! MUTE: lets somebody stay in a room without speaking there.

use chinwag_grammar::{Mask, Nick, RoomName, Span};

use super::bar;
use super::prelude::*;
use crate::model::BanKind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mute {
    nick: Nick,
    room: Option<RoomName>,
    duration: Option<Span>,
    why: Option<Text>,
}

impl Verb for Mute {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            room: args.room("room"),
            duration: args.duration("duration"),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let nick = context.person(&self.nick)?.nick;
        bar::put(
            context,
            BanKind::Mute,
            of_nick(&nick),
            self.room.as_ref(),
            self.duration,
            self.why,
        )
    }
}

/// The mask of one name, wherever they come from.
///
/// # Panics
/// Never: no nick holds a letter that means something in a mask.
pub fn of_nick(nick: &Nick) -> Mask {
    Mask::parse(nick.as_str()).expect("a nick is a mask")
}
