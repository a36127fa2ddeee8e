//! QUIT: goodbye, and the connection is closed.

use super::depart::end_session;
use super::prelude::*;
use crate::policy::room::may_give;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quit {
    pub why: Option<Text>,
}

impl Verb for Quit {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        Self {
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), self.why.as_ref())?;
        end_session(context, context.conn, self.why);
        Ok(Reply::Bye.into())
    }
}
