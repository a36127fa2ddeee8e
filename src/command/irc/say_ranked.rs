//! PRIVMSG and NOTICE to `@#room` (STATUSMSG): something is said in a room to those of a rank.

use chinwag_grammar::{Number, RoomName};

use crate::command::prelude::*;
use crate::command::speak::{self, Speaking};
use crate::model::Rank;
use crate::model::event::Speech;

/// Something said in a room to those of a rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SayRanked {
    /// Where.
    pub room: RoomName,
    /// They hear it, and those of a higher rank.
    pub rank: Rank,
    /// How.
    pub speech: Speech,
    /// The number of the message that it answers.
    pub reply_to: Option<Number>,
    /// What.
    pub text: Text,
}

impl Verb for SayRanked {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        // It is recorded nowhere.
        writes: false,
        token: TokenUse::Post,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let speaking = Speaking {
            speech: self.speech,
            reply_to: self.reply_to,
            tags: Vec::new(),
            text: self.text,
        };
        speak::to_ranked(context, &self.room, self.rank, speaking)
    }
}
