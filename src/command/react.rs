//! REACT: a reaction is put on a message; putting the same there twice says no more than once.

use chinwag_grammar::Number;

use super::at_message;
use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct React {
    number: Number,
    reaction: Text,
}

impl Verb for React {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Post,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            number: args.number("number").expect("the rule has a number"),
            reaction: args.text("reaction").unwrap_or_default().into(),
        }
    }

    fn errand(&mut self, _before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        react(context, self.number, self.reaction, true)
    }
}

/// Puts a reaction on a message, or takes it back: that may also be done by those who may not speak any more.
///
/// # Errors
/// Where there is no such message, or they may not speak where it stands.
pub fn react(
    context: &mut Context<'_>,
    number: Number,
    reaction: Text,
    added: bool,
) -> Outcome {
    if reaction.is_blank() {
        return Err(Reply::TextEmpty);
    }
    let meta = context.message(number)?;
    let by = context.me()?;
    let spot = at_message::spot(context, &meta)?;
    let state = context.state();
    if let (Spot::Room(room), true) = (&spot, added)
        && let Some(room) = state.room(room.id)
    {
        policy::may_speak(state, &by, room, context.now)?;
    }
    let number = context.emit(Event::Reacted {
        spot,
        by,
        message: meta.number,
        reaction,
        added,
    });
    Ok(Reply::Numbered { number }.into())
}
