//! WHOIS: shows one person: role, presence and the rooms one shares; to admins, also where they come from.

use chinwag_grammar::Nick;

use super::prelude::*;
use crate::policy::room as policy;
use crate::reply::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whois {
    nick: Nick,
}

impl Verb for Whois {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick").expect("the rule has a nick"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (me, who) = (context.me()?, context.person(&self.nick)?);
        let mut lines = vec![described(context, &who)];
        let shared = shared(context, &me, &who);
        if !shared.is_empty() {
            lines.push(format!("shares {} with you", shared.join(" ")));
        }
        if policy::is_admin(context.state(), &me) {
            lines.extend(sessions(context, &who));
        }
        for line in lines {
            context.row(Row::Text { text: line.into() });
        }
        Ok(Reply::WhoisEnd { nick: who.nick }.into())
    }
}

fn described(context: &Context<'_>, who: &Who) -> String {
    let state = context.state();
    let Some(account) = who.account.and_then(|id| state.account(id)) else {
        return format!("{} guest online", who.nick);
    };
    let presence = match (state.is_present(account.id), state.live().away.get(&account.id)) {
        (false, _) => "not here".to_owned(),
        (true, None) => "online".to_owned(),
        (true, Some(away)) => format!("away: {}", away.why),
    };
    let (role, since) = (account.role.as_str(), account.created);
    let day = &since.to_string()[..10];
    format!("{} {role} {presence}, registered {day}", who.nick)
}

fn shared(context: &Context<'_>, me: &Who, who: &Who) -> Vec<String> {
    let state = context.state();
    let mine = state.rooms_of(me);
    let both = state.rooms_of(who).into_iter().filter(|id| mine.contains(id));
    both.filter_map(|id| Some(state.room(id)?.name.to_string()))
        .collect()
}

fn sessions(context: &Context<'_>, who: &Who) -> Vec<String> {
    let Some(id) = who.account else {
        return vec![context.state().hostmask(who)];
    };
    let sessions = context.state().sessions_of(id);
    sessions
        .map(|session| {
            let origin = &session.origin;
            format!("{} from {}", origin.door.as_str(), origin.host)
        })
        .collect()
}
