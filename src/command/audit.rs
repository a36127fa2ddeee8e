//! AUDIT: shows who did what: the newest acts of staff.

use super::prelude::*;
use crate::effect::Query;

const COUNT_DEFAULT: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    count: Option<u32>,
}

impl Verb for Audit {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: false,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            count: args.count("count"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let count = self.count.map_or(COUNT_DEFAULT, |count| count as usize);
        let count = count.clamp(1, context.rules().max_query);
        Ok(Query::Audit { count }.into())
    }
}
