//! LUSERS: how many are here.

use super::numeric;
use crate::command::prelude::*;
use crate::model::{Account, UserMode};
use crate::policy::operator::is_shown_as;
use crate::reply::Row;

/// modern IRC, LUSERS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lusers;

impl Verb for Lusers {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        rows(context, 0)
            .into_iter()
            .for_each(|row| context.row(row));
        Ok(Reply::Ok.into())
    }
}

/// The counts; `more` come in at this moment.
pub(super) fn rows(context: &Context<'_>, more: usize) -> Vec<Row> {
    let state = context.state();
    let live = state.live();
    let people = live.present.len() + live.guests.len() + more;
    let accounts = live.present.keys();
    let accounts = accounts.filter_map(|id| state.account(*id).map(Account::who));
    let guests = live.guests.values().filter_map(|conn| state.who(*conn));
    let operators = accounts.chain(guests).filter(|who| is_shown_as(state, who));
    let operators = operators.count();
    let modes = live.user_modes.values();
    let invisible = modes.filter(|modes| modes.has(UserMode::Invisible)).count();
    let visible = people.saturating_sub(invisible);
    let named = live
        .sessions
        .keys()
        .filter(|conn| state.who(**conn).is_some())
        .count();
    let unnamed = (live.sessions.len() - named).saturating_sub(more);
    let rooms = state.durable().rooms.len();
    let all = people.to_string();
    let words = format!("Current local users {people}, max {people}");
    let global = format!("Current global users {people}, max {people}");
    vec![
        numeric::<&str>(
            251,
            [],
            &format!("There are {visible} users and {invisible} invisible on 1 servers"),
        ),
        numeric(252, [operators.to_string()], "operator(s) online"),
        numeric(253, [unnamed.to_string()], "unknown connection(s)"),
        numeric(254, [rooms.to_string()], "channels formed"),
        numeric::<&str>(255, [], &format!("I have {people} clients and 0 servers")),
        numeric(265, [all.as_str(), &all], &words),
        numeric(266, [all.as_str(), &all], &global),
    ]
}
