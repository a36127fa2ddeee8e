//! MSG: something is said in a room; without a room, where every line is said, or in the lobby.

use chinwag_grammar::RoomName;

use super::prelude::*;
use super::speak::{self, Speaking};
use crate::model::event::Speech;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Msg {
    room: Option<RoomName>,
    text: Text,
}

impl Msg {
    /// What a line is while every line is speech.
    #[must_use]
    pub fn to(room: RoomName, text: &str) -> Self {
        Self {
            room: Some(room),
            text: text.into(),
        }
    }
}

impl Verb for Msg {
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

    fn body(&mut self, text: Text) {
        self.text = text;
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let speaking = Speaking {
            speech: Speech::Message,
            reply_to: None,
            text: self.text,
        };
        speak::in_room(context, self.room.as_ref(), speaking)
    }
}
