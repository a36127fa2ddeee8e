//! UNREACT: takes a reaction back.

use chinwag_grammar::Number;

use super::prelude::*;
use super::react::react;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreact {
    pub number: Number,
    pub reaction: Text,
}

impl Verb for Unreact {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Post,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            number: args.number("number").expect("the rule has a number"),
            reaction: args.text("reaction").unwrap_or_default().into(),
        }
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        react(context, self.number, self.reaction, false)
    }
}
