//! BAN: keeps somebody out of a room, and puts out those whom it fits.

use chinwag_grammar::{Mask, RoomName, Span};

use super::bar;
use super::prelude::*;
use crate::model::person::NotificationKind;
use crate::model::{BanKind, Room};
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ban {
    mask: Mask,
    room: Option<RoomName>,
    duration: Option<Span>,
    why: Option<Text>,
}

impl Verb for Ban {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            mask: args.mask("ban-mask").expect("the rule has a mask"),
            room: args.room("room"),
            duration: args.duration("duration"),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let why = self.why.clone();
        let answer = bar::put(
            context,
            BanKind::Ban,
            self.mask.clone(),
            self.room.as_ref(),
            self.duration,
            why.clone(),
        )?;
        let by = context.me()?;
        let room = match &self.room {
            Some(name) => context.room(name)?,
            None => context.here()?,
        };
        let (id, room_ref) = (room.id, room.to_ref());
        for who in fitting(context, room, &self.mask) {
            let (room, by, why) = (room_ref.clone(), by.clone(), why.clone());
            let account = who.account;
            let number = context.emit(Event::Kicked { room, who, by, why });
            if let Some(account) = account {
                // The room is theirs no longer: it is about the account itself.
                context.notify(account, number, NotificationKind::Kick, None);
            }
        }
        context.end_if_deserted(id);
        Ok(answer)
    }
}

/// Those in the room whom the mask fits, but for those who keep order there. Of those who are away only the name is known.
fn fitting(context: &Context<'_>, room: &Room, mask: &Mask) -> Vec<Who> {
    let state = context.state();
    let members = room.members.keys().filter_map(|id| state.account(*id));
    let guests = state.live().room_guests.get(&room.id).into_iter()        .flat_map(std::collections::BTreeMap::keys);
    let people = members
        .map(crate::model::Account::who)
        .chain(guests.filter_map(|conn| state.who(*conn)));
    people
        .filter(|who| {
            let marks = state.marks(who);
            let excepted = room.listed(BanKind::Exception, &marks, context.now);
            marks.fit(mask) && excepted.is_none()
        })
        .filter(|who| policy::may_keep_order(state, who, room).is_err())
        .collect()
}
