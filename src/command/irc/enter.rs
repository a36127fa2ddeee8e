//! The end of IRC's registration: whoever has shown whose account they are comes in.

use crate::command::arrive;
use crate::command::prelude::*;

/// Comes in as the account that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enter;

impl Verb for Enter {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        arrive::enter_authenticated(context)
    }
}
