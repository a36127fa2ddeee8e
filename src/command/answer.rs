//! ANSWER: answers the last private message that one got.

use super::prelude::*;
use super::speak::{self, Speaking};
use crate::model::event::Speech;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLast {
    text: Text,
}

impl Verb for AnswerLast {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Post,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            text: args.text("text").unwrap_or_default().into(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let last = context.session().last_private.clone();
        let nick = last.ok_or(Reply::NoLastPrivate)?;
        let speaking = Speaking {
            speech: Speech::Message,
            reply_to: None,
            tags: Vec::new(),
            text: self.text,
        };
        speak::to_person(context, &nick, speaking)
    }
}
