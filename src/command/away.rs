//! AWAY: tells others that one is away and why, or without a reason that one is back.

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    pub why: Option<Text>,
}

impl Verb for Away {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Everywhere,
    };

    fn read(args: &Args<'_>) -> Self {
        let why = args.text("why").map(Text::from);
        Self {
            why: why.filter(|why| !why.is_blank()),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.account()?.who();
        let Some(why) = self.why else {
            let away = &context.state().live().away;
            if who.account.is_some_and(|id| away.contains_key(&id)) {
                context.emit(Event::CameBack { who });
            }
            return Ok(Reply::BackSet.into());
        };
        let limit = context.rules().topic_len;
        if why.as_str().len() > limit {
            return Err(Reply::TextTooLong { limit });
        }
        context.emit(Event::WentAway { who, why });
        Ok(Reply::AwaySet.into())
    }
}
