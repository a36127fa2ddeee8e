//! REHASH: the server reads its configuration and certificates again, as on SIGHUP.

use super::numeric;
use crate::command::prelude::*;
use crate::effect::Effect;

/// RFC 2812, section 4.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehash;

impl Verb for Rehash {
    const GATE: Gate = Gate {
        needs: Needs::Operator,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        context.audit("REHASH");
        context.row(numeric(
            382,
            ["configuration"],
            "Rehashing; mistakes are told in the log",
        ));
        context.after(Effect::Reload);
        Ok(Reply::Ok.into())
    }
}
