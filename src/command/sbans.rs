//! SBANS: lists the bans of the server.

use super::prelude::*;
use crate::reply::{Row, noun};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sbans;

impl Verb for Sbans {
    const GATE: Gate = Gate {
        needs: Needs::Operator,
        writes: false,
        token: TokenUse::Everywhere,
    };

    fn read(_args: &Args<'_>) -> Self {
        Self
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let bans = context.state().durable().server_bans.iter();
        let in_force = bans.filter(|(_, ban)| ban.is_in_force(context.now));
        let rows: Vec<Row> = in_force
            .map(|(target, ban)| Row::ServerBan {
                target: target.clone(),
                ban: ban.clone(),
            })
            .collect();
        let count = rows.len() as u64;
        rows.into_iter().for_each(|row| context.row(row));
        let noun = noun(count, "ban", "bans");
        Ok(Reply::Rows { count, noun }.into())
    }
}
