//! AUDIT: who did what: the newest acts of staff.

use super::prelude::*;
use crate::effect::Query;

/// Without a number.
const DEFAULT: u32 = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    count: u32,
}

impl Verb for Audit {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: false,
        token: TokenUse::Everywhere,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            count: args.count("count").unwrap_or(DEFAULT),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let count = (self.count as usize).min(context.rules().max_query);
        Ok(Query::Audit { count }.into())
    }
}
