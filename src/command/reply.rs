//! REPLY: answers a message by its number, where it stands.

use chinwag_grammar::Number;

use super::prelude::*;
use super::speak::{self, Speaking};
use crate::model::event::Speech;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Respond {
    pub number: Number,
    pub text: Text,
}

impl Verb for Respond {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Post,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            number: args.number("number").expect("the rule has a number"),
            text: args.text("text").unwrap_or_default().into(),
        }
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let meta = context.message(self.number)?;
        let me = context.me()?;
        let speaking = Speaking {
            speech: Speech::Message,
            reply_to: Some(self.number),
            tags: Vec::new(),
            text: self.text,
        };
        match context.spot(&meta, &me) {
            Some(Spot::Private { with }) => speak::to_person(context, &with.nick, speaking),
            Some(Spot::Ranked { room, .. } | Spot::Room(room)) => speak::in_room(context, Some(&room.name), speaking),
            None => Err(Reply::UnknownMessage {
                number: self.number,
            }),
        }
    }
}
