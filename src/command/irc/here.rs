//! ISON and USERHOST: who of some people is here.

use chinwag_grammar::Folded;

use crate::command::prelude::*;
use crate::policy::operator::is_shown_as;
use crate::reply::Row;

/// RFC 2812, sections 4.8 and 4.9.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// Of whom.
    pub nicks: Vec<String>,
    /// With their hosts (USERHOST), for five of them at most.
    pub with_hosts: bool,
}

const HOSTS_MAX: usize = 5;

impl Verb for Here {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (state, limit) = (
            context.state(),
            if self.with_hosts {
                HOSTS_MAX
            } else {
                usize::MAX
            },
        );
        let people = self.nicks.iter().take(limit).filter_map(|nick| {
            let who = state.person_named(&Folded::of(nick))?;
            let is_here = who.account.is_none_or(|id| state.is_present(id));
            is_here.then_some(who)
        });
        let shown = people.map(|who| {
            if !self.with_hosts {
                return who.nick.to_string();
            }
            let away = who
                .account
                .is_some_and(|id| state.live().away.contains_key(&id));
            let (star, sign) = (
                if is_shown_as(state, &who) { "*" } else { "" },
                if away { '-' } else { '+' },
            );
            format!("{}{star}={sign}{}@{}", who.nick, who.user(), who.host())
        });
        let shown: Vec<String> = shown.collect();
        let code = if self.with_hosts { 302 } else { 303 };
        let row: Row = super::numeric::<&str>(code, [], &shown.join(" "));
        context.row(row);
        Ok(Reply::Ok.into())
    }
}
