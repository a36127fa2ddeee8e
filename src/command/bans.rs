//! BANS: who is kept out of a room, or silent there, at this moment.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;
use crate::policy::room as policy;
use crate::reply::Row;

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
        let me = context.me()?;
        let room = at_room::known(context, self.room.as_ref())?;
        if !policy::may_list(context.state(), &me, room) {
            let room = room.name.clone();
            return Err(Reply::NotInRoom { room });
        }
        let in_force = |until| until > context.now;
        let bans = room.bans.iter();
        let rows: Vec<_> = bans
            .filter(|(_, ban)| ban.until.is_none_or(in_force))
            .map(|((kind, mask), ban)| Row::Ban {
                room: room.name.clone(),
                kind: *kind,
                mask: mask.clone(),
                ban: ban.clone(),
            })
            .collect();
        let count = rows.len() as u64;
        for row in rows {
            context.row(row);
        }
        let noun = if count == 1 { "ban" } else { "bans" };
        Ok(Reply::Rows { count, noun }.into())
    }
}
