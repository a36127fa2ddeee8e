//! UNMUTE: a muted person speaks again.

use chinwag_grammar::{Nick, RoomName};

use super::ban_list;
use super::prelude::*;
use crate::model::BanKind;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmute {
    nick: Nick,
    room: Option<RoomName>,
}

impl Verb for Unmute {
    const GATE: Gate = ban_list::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let mask = ban_list::mask_of(&self.nick)?;
        let room = ban_list::lift(context, self.room.as_ref(), BanKind::Mute, &mask)?;
        let nick = self.nick;
        Ok(Reply::MuteLifted { nick, room }.into())
    }
}
