//! CREATE: a room is made, its maker's to run; or one that was temporary becomes permanent.

use chinwag_grammar::RoomName;

use super::at_room;
use super::prelude::*;
use crate::model::{AccountId, Room, RoomRef};
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    room: RoomName,
    description: Option<Text>,
}

impl Verb for Create {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            description: args.text("text").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (me, id) = (context.me()?, context.account()?.id);
        let state = context.state();
        policy::may_use_token(context.session(), &self.room)?;
        policy::may_create(state, &me)?;
        policy::may_be_called(state, &self.room)?;
        at_room::check_why(context, self.description.as_ref())?;
        let known = state.room_named(&self.room);
        let (room, description) = match known {
            Some(room) => (room.to_ref(), room.description.clone()),
            None => (
                RoomRef {
                    id: state.next_room(),
                    name: self.room,
                },
                "".into(),
            ),
        };
        if let Some(known) = known
            && !(at_hand(context, &me, known))
        {
            let room = known.name.clone();
            return Err(Reply::RoomExists { room });
        }
        let is_in = known.is_some_and(|room| context.state().is_in(&me, room));
        check_rooms(context, &me, id, is_in)?;
        let name = room.name.clone();
        let mut number = context.emit(Event::RoomCreated {
            room: room.clone(),
            by: Some(me.clone()),
            description: self.description.unwrap_or(description),
            permanent: true,
        });
        if !is_in {
            number = context.emit(Event::Joined { room, who: me });
        }
        Ok(Reply::Created { number, room: name }.into())
    }
}

/// Whether the room is temporary and theirs to make permanent.
fn at_hand(context: &Context<'_>, me: &Who, room: &Room) -> bool {
    !room.permanent && policy::may_run(context.state(), me, room).is_ok()
}

/// Rooms that somebody made and left still count: they stay.
fn check_rooms(
    context: &Context<'_>,
    me: &Who,
    id: AccountId,
    is_in: bool,
) -> Result<(), Reply> {
    let limit = context.rules().rooms_per_account;
    let rooms = context.state().durable().rooms.values();
    let made = rooms.filter(|room| room.creator == Some(id)).count();
    let within = context.state().rooms_of(me).len();
    if made >= limit || !is_in && within >= limit {
        return Err(Reply::TooManyRooms { limit });
    }
    Ok(())
}
