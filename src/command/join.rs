//! JOIN: enters a room; a member stays one when the connection ends.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::model::{Ranks, RoomRef};
use crate::policy::room as policy;
use crate::secret::Secret;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    pub room: RoomName,
    pub key: Option<Secret>,
    /// Whether a room that is not there is made, for as long as somebody is in it.
    pub make: bool,
}

impl Verb for Join {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            key: args.text("key").map(Secret::from),
            make: false,
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.me()?;
        if self.make && context.state().room_named(&self.room).is_none() {
            return make(context, self.room, who);
        }
        let room = context.room(&self.room)?;
        let name = room.name.clone();
        if context.state().is_in(&who, room) {
            return Ok(Reply::AlreadyIn { room: name }.into());
        }
        policy::may_join(context.state(), &who, room, self.key.as_ref(), context.now)?;
        policy::may_join_more(context.state(), &who)?;
        let ranks = policy::joins_as(context.state(), &who, room);
        let room = room.to_ref();
        let number = context.emit(Event::Joined { room, who, ranks });
        Ok(Reply::Joined { number, room: name }.into())
    }
}

/// A temporary room, whose maker is its operator.
fn make(context: &mut Context<'_>, name: RoomName, who: Who) -> Outcome {
    let state = context.state();
    let id = state.next_room();
    // A token for certain rooms is for none that is yet to be made.
    policy::may_use_token(context.session(), id)?;
    policy::may_create(state, &who)?;
    policy::may_name(state, &name)?;
    policy::may_create_more(state, &who)?;
    policy::may_join_more(state, &who)?;
    let room = RoomRef { id, name };
    let name = room.name.clone();
    context.emit(Event::RoomCreated {
        room: room.clone(),
        by: Some(who.clone()),
        description: "".into(),
        permanent: false,
    });
    let ranks = Ranks::OPERATOR;
    let number = context.emit(Event::Joined { room, who, ranks });
    let room = name;
    Ok(Reply::Joined { number, room }.into())
}
