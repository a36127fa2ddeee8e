//! UNSBAN: lifts a ban of the server.

use super::prelude::*;
use super::sban::{known, read_target};
use crate::model::BanTarget;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsban {
    pub target: BanTarget,
}

impl Verb for Unsban {
    const GATE: Gate = Gate {
        needs: Needs::Operator,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            target: read_target(args),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        let target = known(context, self.target);
        let word = Text::from(target.to_string());
        let bans = &context.state().durable().server_bans;
        // Masks are the same in any case.
        let stands = bans.iter().find(|(one, ban)| {
            one.kind() == target.kind()
                && one.to_string().eq_ignore_ascii_case(word.as_str())
                && ban.is_in_force(context.now)
        });
        let Some(target) = stands.map(|(target, _)| target.clone()) else {
            return Err(Reply::NoSuchServerBan { target: word });
        };
        context.audit(&format!("UNSBAN {target}"));
        context.emit(Event::ServerUnbanned { target, by });
        Ok(Reply::ServerBanLifted { target: word }.into())
    }
}
