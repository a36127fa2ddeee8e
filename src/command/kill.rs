//! KILL: an admin ends somebody's sessions.

use chinwag_grammar::Nick;

use super::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kill {
    nick: Nick,
    why: Text,
}

impl Verb for Kill {
    const GATE: Gate = Gate {
        needs: Needs::Admin,
        writes: true,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
            why: args.text("why").unwrap_or_default().into(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.person(&self.nick)?;
        let nick = who.nick.clone();
        let count = match who.account {
            Some(id) => {
                let count = context.state().sessions_of(id).count();
                context.end_sessions(id, false);
                count
            }
            None => {
                let conn = context.state().guest_conn(&nick.folded());
                conn.into_iter().for_each(|conn| context.close(conn));
                usize::from(conn.is_some())
            }
        };
        context.audit(&format!("KILL {nick}: {}", self.why));
        let count = count as u64;
        Ok(Reply::SessionsEnded { count, nick }.into())
    }
}
