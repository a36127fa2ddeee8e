//! PRIVMSG and NOTICE: something is said in a room or to somebody, as an answer perhaps.

use chinwag_grammar::{Nick, Number, RoomName};

use crate::command::prelude::*;
use crate::command::speak::{self, Speaking};
use crate::model::event::Speech;

/// RFC 2812, section 3.3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// Where or to whom.
    pub to: To,
    /// How.
    pub speech: Speech,
    /// The msgid that it answers (+draft/reply).
    pub reply_to: Option<Number>,
    /// Client-only tags, for others.
    pub tags: Vec<(Text, Text)>,
    /// What.
    pub text: Text,
}

/// A room or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// To somebody.
    Person(Nick),
    /// In a room.
    Room(RoomName),
}

impl Verb for Say {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Post,
    };

    /// The answered message is looked up; what is said next must not overtake it.
    fn waits(&self) -> bool {
        self.reply_to.is_some()
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        Ok(self.reply_to.map(|number| Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        // What cannot be read is answered as if it were any message: nobody learns whether it is there.
        let reply_to = self
            .reply_to
            .filter(|number| context.message(*number).is_ok());
        let what = Speaking {
            speech: self.speech,
            reply_to,
            tags: self.tags,
            text: self.text,
        };
        match self.to {
            To::Person(nick) => speak::to_person(context, &nick, what),
            To::Room(room) => speak::in_room(context, Some(&room), what),
        }
    }
}
