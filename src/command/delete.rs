//! DELETE: a message is removed for everybody; its place shows who did.

use chinwag_grammar::Number;

use super::at_message;
use super::at_room;
use super::prelude::*;
use crate::policy::history as policy;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delete {
    number: Number,
    why: Option<Text>,
}

impl Verb for Delete {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            number: args.number("number").expect("the rule has a number"),
            why: args.text("why").map(Text::from),
        }
    }

    fn errand(&mut self, _before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let number = self.number;
        Ok(Some(Errand::Message { number }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        at_room::check_why(context, self.why.as_ref())?;
        let meta = context.message_to_delete(self.number)?;
        let by = context.me()?;
        policy::may_delete(context.state(), &by, &meta)?;
        let spot = at_message::spot(context, &meta)?;
        let own = policy::is_author(&by, &meta);
        let place = match &spot {
            Spot::Private { with } => with.nick.as_str().to_owned(),
            Spot::Room(room) => room.name.as_str().to_owned(),
        };
        let number = context.emit(Event::Deleted {
            spot,
            by,
            message: meta.number,
            author: meta.nick,
            why: self.why.clone(),
        });
        if !own {
            let act = format!("DELETE {} {place}", self.number);
            at_room::audit(context, &act, self.why.as_ref());
        }
        Ok(Reply::Numbered { number }.into())
    }
}
