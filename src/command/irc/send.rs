//! TAGMSG, and CTCP but ACTION: what passes by between those who are there.

use super::say::To;
use crate::command::prelude::*;
use crate::model::event::Signal;
use crate::policy::room as policy;

/// Something that is kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    /// Where or to whom.
    pub to: To,
    /// What.
    pub signal: Signal,
}

impl Verb for Send {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Post,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let spot = match self.to {
            To::Room(name) => {
                let room = context.room(&name)?;
                policy::may_use_token(context.session(), room.id)?;
                policy::may_speak(context.state(), &by, room, context.now)?;
                if matches!(self.signal, Signal::Ctcp { .. }) {
                    policy::may_send_ctcp(room)?;
                }
                Spot::Room(room.to_ref())
            }
            To::Person(nick) => {
                let with = context.person(&nick)?;
                policy::may_write_to(context.state(), context.session(), &by, &with)?;
                Spot::Private { with }
            }
        };
        let signal = self.signal;
        context.emit(Event::Signalled { spot, by, signal });
        Ok(Reply::Ok.into())
    }
}
