//! PRIV: something is said to one person; it waits for a person who is away.

use chinwag_grammar::Nick;

use super::prelude::*;
use super::speak::{self, Speaking};
use crate::model::event::Speech;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priv {
    nick: Nick,
    text: Text,
}

impl Verb for Priv {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Post,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
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
            tags: Vec::new(),
            text: self.text,
        };
        speak::to_person(context, &self.nick, speaking)
    }
}
