//! NAMES: who is in a room; and what whoever enters one is shown.

use chinwag_grammar::RoomName;

use crate::command::prelude::*;
use crate::model::{ConnId, Hidden, Room, RoomId};
use crate::policy::room::{may_look_in, may_see, may_use_token};
use crate::reply::{Entered, Named, Row};

/// RFC 2812, section 3.2.5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Which room.
    pub room: RoomName,
}

impl Verb for Names {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let room = context.state().room_named(&self.room);
        let known = room.filter(|room| {
            let listed = may_look_in(context.state(), Some(&me), room);
            listed && may_use_token(context.session(), room.id).is_ok()
        });
        let row = match known {
            Some(room) => Row::Names(Box::new(view(context, &me, room))),
            // Whether there is one is nobody's to learn: an end without names.
            None => super::numeric(366, [self.room.as_str()], "End of /NAMES list"),
        };
        context.row(row);
        Ok(Reply::Ok.into())
    }
}

/// What a session is shown of a room that it is in from now on.
#[must_use]
pub fn entered(context: &Context<'_>, conn: ConnId, room: RoomId) -> Option<Row> {
    let who = context.state().who(conn)?;
    let room = context.state().room(room)?;
    Some(Row::Entered(Box::new(view(context, &who, room))))
}

fn view(context: &Context<'_>, who: &Who, room: &Room) -> Entered {
    Entered {
        who: who.clone(),
        real_name: context.state().real_name(who),
        room: room.to_ref(),
        at: context.now,
        topic: room.topic.clone(),
        is_hidden: room.modes.hidden != Hidden::No,
        people: people(context, who, room),
    }
}

/// Members who are here, and guests. A member who is not here is nobody's to see in IRC.
fn people(context: &Context<'_>, viewer: &Who, room: &Room) -> Vec<Named> {
    let state = context.state();
    let members = room.members.iter().filter(|(id, _)| state.is_present(**id));
    let members = members.filter_map(|(id, member)| {
        let (who, ranks) = (state.account(*id)?.who(), member.ranks);
        Some(Named { who, ranks })
    });
    let guests = state.live().room_guests.get(&room.id);
    let guests = guests.into_iter().flatten().filter_map(|(conn, ranks)| {
        let (who, ranks) = (state.who(*conn)?, *ranks);
        Some(Named { who, ranks })
    });
    let people = members.chain(guests);
    people
        .filter(|person| may_see(state, viewer, &person.who, room))
        .collect()
}
