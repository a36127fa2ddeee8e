//! STATS: since when the server runs, who is kept out of it, and who runs it.

use super::numeric;
use crate::command::prelude::*;
use crate::model::{Account, BanTarget};
use crate::policy::{operator, server_ban};
use crate::reply::Row;

/// RFC 2812, section 3.4.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// What: `u` for everybody, `d`, `k` and `o` for operators.
    pub letter: char,
}

impl Verb for Stats {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn gate(&self) -> Gate {
        match self.letter {
            'd' | 'k' | 'o' => Gate {
                needs: Needs::Operator,
                token: TokenUse::Everywhere,
                ..Self::GATE
            },
            _ => Self::GATE,
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let rows = match self.letter {
            'd' => bans(context, 225, |target| {
                matches!(target, BanTarget::Network(_))
            }),
            'k' => bans(context, 216, |target| {
                !matches!(target, BanTarget::Network(_))
            }),
            'o' => operators(context),
            'u' => vec![uptime(context)],
            _ => Vec::new(),
        };
        rows.into_iter().for_each(|row| context.row(row));
        let letter = self.letter.to_string();
        context.row(numeric(219, [letter], "End of /STATS report"));
        Ok(Reply::Ok.into())
    }
}

/// Who is kept out: `D` an address, `K` a mask, `A` an account.
fn bans(context: &Context<'_>, code: u16, wanted: fn(&BanTarget) -> bool) -> Vec<Row> {
    let bans = context.state().durable().server_bans.iter();
    let bans = bans.filter(|(target, ban)| wanted(target) && ban.is_in_force(context.now));
    let row = |(target, ban): (&BanTarget, &crate::model::ServerBan)| {
        let letter = match target {
            BanTarget::Account(_) => "A",
            BanTarget::Mask(_) => "K",
            BanTarget::Network(_) => "D",
        };
        let target = target.to_string();
        let words = [letter, target.as_str(), "*", ban.by.as_str()];
        numeric(code, words, server_ban::words(ban).as_str())
    };
    bans.map(row).collect()
}

/// Who runs the server and is here, with the name that OPER was given.
fn operators(context: &Context<'_>) -> Vec<Row> {
    let state = context.state();
    let accounts = state.live().present.keys();
    let accounts = accounts.filter_map(|id| state.account(*id).map(Account::who));
    let guests = state.live().guests.values();
    let people = accounts.chain(guests.filter_map(|conn| state.who(*conn)));
    let operators = people.filter(|who| operator::is_shown_as(state, who));
    operators
        .map(|who| {
            let mut conns = state.conns_of(&who).into_iter();
            let name = conns.find_map(|conn| state.live().operators.get(&conn));
            let name = name.map_or("admin", Text::as_str);
            numeric(243, ["O", "*", "*", who.nick.as_str()], name)
        })
        .collect()
}

fn uptime(context: &Context<'_>) -> Row {
    let started = context.state().live().started.unwrap_or(context.now);
    let seconds = context.now.since(started).secs();
    let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
    let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
    let words = format!("Server Up {days} days {hours}:{minutes:02}:{seconds:02}");
    numeric::<&str>(242, [], &words)
}
