//! CLEAR: the whole history of a room is removed, when the code that was given is repeated.

use chinwag_grammar::{RoomName, Span, Time};

use super::at_room;
use super::prelude::*;
use crate::effect::Query;
use crate::model::RoomId;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clear {
    room: RoomName,
    code: Option<String>,
}

/// So long a code is worth something; its reply says so.
const LIFETIME: Span = Span::seconds(60);

impl Verb for Clear {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            code: args.word("code").map(str::to_owned),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let by = context.account()?.id;
        let room = at_room::known(context, Some(&self.room))?;
        policy::may_clear(context.state(), &me, room)?;
        let room = room.to_ref();
        let Some(given) = self.code else {
            let code = code(room.id, context);
            let expires = context.now.plus(LIFETIME);
            context.emit(Event::ClearOffered {
                room: room.id,
                by,
                code,
                expires,
            });
            let place = Place::Room(room.id);
            return Ok(Query::ClearCount {
                room: room.name,
                place,
                code,
            }
            .into());
        };
        let offer = context.state().live().clears.get(&(room.id, by));
        let right = offer
            .is_some_and(|offer| offer.expires > context.now && given.parse() == Ok(offer.code));
        if !right {
            return Err(Reply::CodeWrong);
        }
        let name = room.name.clone();
        let number = context.emit(Event::Cleared { room, by: me });
        at_room::audit(context, &format!("CLEAR {name}"), None);
        Ok(Reply::Cleared { number, room: name }.into())
    }
}

/// Four digits against a slip of the hand, not against an enemy: every node finds the same ones.
fn code(room: RoomId, context: &Context<'_>) -> u32 {
    mixed(context.state().last().get(), room, context.now)
}

/// FNV-1a, written out: no algorithm of a library may change it.
fn mixed(last: u64, room: RoomId, now: Time) -> u32 {
    let words = [last, room.0, now.millis().unsigned_abs()];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.iter().flat_map(|word| word.to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let digits = (hash >> 20) % 9_000 + 1_000;
    u32::try_from(digits).expect("four digits fit")
}
