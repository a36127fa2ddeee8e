//! VOICE: somebody may speak in a room although it is moderated.

use chinwag_grammar::RoomName;

use super::prelude::*;
use super::rank::{self, Ranking};
use crate::model::Rank;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    room: Option<RoomName>,
    ranking: Ranking,
}

impl Verb for Voice {
    const GATE: Gate = rank::GATE;

    fn read(args: &Args<'_>) -> Self {
        let ranking = Ranking {
            nick: args.nick("nick").expect("the rule has a nick"),
            rank: Rank::Voice,
            given: true,
        };
        Self {
            room: args.room("room"),
            ranking,
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        rank::rank(context, self.room.as_ref(), &self.ranking)
    }
}
