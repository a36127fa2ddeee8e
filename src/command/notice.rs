//! NOTICE: says something that no script may answer.

use chinwag_grammar::RoomName;

use super::prelude::*;
use super::speak::{self, Speaking};
use crate::model::event::Speech;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    room: Option<RoomName>,
    text: Text,
}

impl Verb for Notice {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Post,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            text: args.text("text").unwrap_or_default().into(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let speaking = Speaking {
            speech: Speech::Notice,
            reply_to: None,
            tags: Vec::new(),
            text: self.text,
        };
        speak::in_room(context, self.room.as_ref(), speaking)
    }
}
