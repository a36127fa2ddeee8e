//! REACT: puts a reaction on a message.

use chinwag_grammar::Number;

use super::prelude::*;
use crate::policy::room as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct React {
    pub number: Number,
    pub reaction: Text,
}

impl Verb for React {
    const GATE: Gate = Gate {
        needs: Needs::Person,
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

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        react(context, self.number, self.reaction, true)
    }
}

/// Puts a reaction on a message, or takes it back: who may speak there may.
///
/// # Errors
/// Where there is no such message, or they may not.
pub fn react(
    context: &mut Context<'_>,
    number: Number,
    reaction: Text,
    added: bool,
) -> Outcome {
    let meta = context.message(number)?;
    let by = context.me()?;
    if reaction.is_blank() {
        return Err(Reply::TextEmpty);
    }
    let spot = context
        .spot(&meta, &by)
        .ok_or(Reply::UnknownMessage { number })?;
    match &spot {
        Spot::Ranked { room, .. } | Spot::Room(room) => {
            policy::may_use_token(context.session(), room.id)?;
            if let Some(room) = context.state().room(room.id) {
                policy::may_speak(context.state(), &by, room, context.now)?;
            }
        }
        Spot::Private { with } => {
            policy::may_write_to(context.state(), context.session(), &by, with)?;
        }
    }
    let mut known = meta.reactions.iter();
    let stands = known.any(|(known, whose)| *known == reaction && whose.contains(&by.nick));
    if stands == added {
        let message = number;
        if added {
            return Ok(Reply::ReactionStands { message, reaction }.into());
        }
        return Err(Reply::NoSuchReaction { message, reaction });
    }
    let number = context.emit(Event::Reacted {
        spot,
        by,
        message: number,
        reaction,
        added,
    });
    Ok(Reply::Numbered { number }.into())
}
