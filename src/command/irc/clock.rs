//! TIME: what the server's clock says.

use super::numeric;
use crate::command::prelude::*;

/// RFC 2812, section 3.4.6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock;

impl Verb for Clock {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let server = context.rules().server_name.clone();
        context.row(numeric(391, [server], &context.now.to_string()));
        Ok(Reply::Ok.into())
    }
}
