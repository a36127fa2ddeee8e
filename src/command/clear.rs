//! CLEAR: removes the whole history of a room, after a code was repeated.

use chinwag_grammar::{RoomName, Span};

use super::prelude::*;
use crate::effect::Query;
use crate::policy::room as policy;

/// How long the code is worth something.
const OFFER: Span = Span::seconds(60);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clear {
    pub room: RoomName,
    pub code: Option<Text>,
}

impl Verb for Clear {
    /// It frees room, so a full disk does not refuse it.
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Never,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room").expect("the rule has a room"),
            code: args.text("code").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let room = context.room(&self.room)?;
        policy::may_clear(context.state(), &by, room)?;
        let account = context.account()?.id;
        let room = room.to_ref();
        let Some(code) = self.code else {
            let (now, last) = (context.now, context.state().last());
            let code = code_of(now.millis(), last.get(), room.id.0, account.0);
            context.emit(Event::ClearOffered {
                room: room.id,
                by: account,
                code,
                expires: now.plus(OFFER),
            });
            return Ok(Query::ClearCount {
                room: room.name,
                place: Place::Room(room.id),
                code,
            }
            .into());
        };
        let offers = &context.state().live().clears;
        let offered = offers.get(&(room.id, account)).is_some_and(|offer| {
            offer.expires > context.now && offer.code.to_string() == code.as_str()
        });
        if !offered {
            return Err(Reply::CodeWrong);
        }
        let name = room.name.clone();
        let number = context.emit(Event::Cleared { room, by });
        context.audit(&format!("CLEAR {name}"));
        Ok(Reply::Cleared { number, room: name }.into())
    }
}

/// Four digits that are another the next time. They guard against a slip, not against a guess.
fn code_of(now: i64, last: u64, room: u64, account: u64) -> u32 {
    let mixed = [now.unsigned_abs(), last, room, account]
        .into_iter()
        .fold(17_u64, |mixed, part| {
            (mixed ^ part).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(13)
        });
    u32::try_from(mixed % 9_000).expect("less than 9000") + 1_000
}
