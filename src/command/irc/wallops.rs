//! WALLOPS: an operator tells something to the others, and to those who want to hear it.

use crate::command::prelude::*;
use crate::policy::room::may_give;

/// RFC 2812, section 4.7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallops {
    /// What.
    pub text: Text,
}

impl Verb for Wallops {
    const GATE: Gate = Gate {
        needs: Needs::Operator,
        writes: false,
        token: TokenUse::Everywhere,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), Some(&self.text))?;
        let (by, text) = (context.me()?, self.text);
        context.emit(Event::OperatorsTold { by, text });
        Ok(Reply::Ok.into())
    }
}
