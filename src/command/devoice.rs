//! DEVOICE: takes that back.

use super::prelude::*;
use super::rank::Ranking;
use crate::model::Rank;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Devoice(Ranking);

impl Verb for Devoice {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self(Ranking::read(args))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        self.0.decide(context, Rank::Voice, false)
    }
}
