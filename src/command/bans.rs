//! BANS: lists who is kept out of a room or kept silent there.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::model::BanKind;
use crate::reply::{Row, noun};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bans {
    room: Option<RoomName>,
}

impl Verb for Bans {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (room, now) = (context.seen_room(self.room.as_ref())?, context.now);
        let in_force = room
            .bans
            .iter()
            .filter(|((kind, _), _)| kind.letter() == BanKind::Ban.letter())
            .filter(|(_, ban)| ban.until.is_none_or(|until| until > now));
        let rows: Vec<Row> = in_force
            .map(|((kind, mask), ban)| Row::Ban {
                room: room.name.clone(),
                kind: *kind,
                mask: mask.clone(),
                ban: ban.clone(),
            })
            .collect();
        let count = rows.len() as u64;
        rows.into_iter().for_each(|row| context.row(row));
        let noun = noun(count, "ban", "bans");
        Ok(Reply::Rows { count, noun }.into())
    }
}
