//! AWAY: tells others that one is away and why, or with no reason that one is back.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    why: Option<Text>,
}

impl Verb for Away {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.me()?;
        if let Some(why) = self.why {
            context.emit(Event::WentAway { who, why });
            return Ok(Reply::AwaySet.into());
        }
        let id = context.account()?.id;
        if context.state().live().away.contains_key(&id) {
            context.emit(Event::CameBack { who });
        }
        Ok(Reply::BackSet.into())
    }
}
