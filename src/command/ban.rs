//! BAN: somebody is kept out of a room, by nick or by mask; those in it whom the mask covers are put out.

use chinwag_grammar::{Mask, RoomName, Span};

use super::ban_list::{self, Listing};
use super::prelude::*;
use super::{at_room, kick};
use crate::model::{BanKind, Room};
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BanMask {
    mask: Mask,
    room: Option<RoomName>,
    span: Option<Span>,
    why: Option<Text>,
}

impl Verb for BanMask {
    const GATE: Gate = ban_list::GATE;

    fn read(args: &Args<'_>) -> Self {
        Self {
            mask: args.mask("ban-mask").expect("the rule has a mask"),
            room: args.room("room"),
            span: args.duration("duration"),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let room = at_room::run(context, self.room.as_ref())?;
        let (by, room_ref) = (context.me()?, room.to_ref());
        let covered = covered(context, room, &self.mask);
        let listing = Listing {
            kind: BanKind::Ban,
            mask: self.mask,
            span: self.span,
            why: self.why.clone(),
        };
        let number = ban_list::put(context, self.room.as_ref(), listing)?;
        let id = room_ref.id;
        for who in covered {
            kick::put_out(context, room_ref.clone(), who, by.clone(), self.why.clone());
        }
        context.end_if_deserted(id);
        Ok(Reply::Numbered { number }.into())
    }
}

/// Who is in the room and under the mask, but for those who run it.
fn covered(context: &Context<'_>, room: &Room, mask: &Mask) -> Vec<Who> {
    let state = context.state();
    let members = room.members.keys().filter_map(|id| state.account(*id));
    let members = members.map(crate::model::Account::who);
    let guests = state.live().room_guests.get(&room.id).into_iter().flatten();
    let guests = guests.filter_map(|conn| state.who(*conn));
    members
        .chain(guests)
        .filter(|who| mask.matches(&state.hostmask(who)))
        .filter(|who| !policy::is_spared(state, who, room))
        .collect()
}
