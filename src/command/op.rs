//! OP: makes somebody an operator of a room.

use super::prelude::*;
use super::rank::Ranking;
use crate::model::Rank;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Op(Ranking);

impl Verb for Op {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self(Ranking::read(args))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        self.0.decide(context, Rank::Operator, true)
    }
}
