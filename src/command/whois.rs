//! WHOIS: one person: role, presence and the rooms that one shares; for admins the connections too.

use chinwag_grammar::Nick;

use super::prelude::*;
use super::who::presence;
use crate::model::Session;
use crate::policy::room::{is_admin, may_list};
use crate::reply::{Presence, Row};

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
        let sessions = sessions(context, &who);
        let mut lines = vec![role(context, &who), here(context, &who, &sessions)];
        let shared = shared(context, &me, &who);
        if !shared.is_empty() {
            lines.push(format!("rooms you share: {}", shared.join(", ")));
        }
        if is_admin(context.state(), &me) {
            lines.extend(sessions.iter().map(|session| {
                let (door, host) = (session.origin.door.as_str(), &session.origin.host);
                format!("connected by {door} from {host}, since {}", session.since)
            }));
        }
        for line in lines {
            let text = line.into();
            context.row(Row::Text { text });
        }
        Ok(Reply::WhoisEnd { nick: who.nick }.into())
    }
}

fn role(context: &Context<'_>, who: &Who) -> String {
    let account = who.account.and_then(|id| context.state().account(id));
    match account {
        Some(account) => {
            let (role, created) = (account.role.as_str(), account.created);
            format!("{}: {role}, registered {created}", who.nick)
        }
        None => format!("{}: guest", who.nick),
    }
}

fn here(context: &Context<'_>, who: &Who, sessions: &[Session]) -> String {
    let since = sessions.iter().map(|session| session.since).min();
    let since = since.map_or_else(String::new, |since| format!("here since {since}"));
    let presence = who.account.map(|id| presence(context, id));
    match presence {
        Some(Presence::Absent) => "not here".to_owned(),
        Some(Presence::Away { span, why }) => {
            format!("away for {span}: {why}; {since}")
        }
        Some(Presence::Online) | None => since,
    }
}

/// Both are in them, so that even a hidden one tells nothing new; but a token knows of its rooms alone.
fn shared(context: &Context<'_>, me: &Who, who: &Who) -> Vec<String> {
    let (state, session) = (context.state(), context.session());
    let mine = state.rooms_of(me);
    let both = state.rooms_of(who).into_iter().filter(|id| mine.contains(id));
    both.filter_map(|id| state.room(id))
        .filter(|room| may_list(state, session, me, room))
        .map(|room| room.name.to_string())
        .collect()
}

fn sessions(context: &Context<'_>, who: &Who) -> Vec<Session> {
    let state = context.state();
    match who.account {
        Some(id) => state.sessions_of(id).cloned().collect(),
        None => {
            let conn = state.guest_conn(&who.nick.folded());
            let session = conn.and_then(|conn| state.session(conn));
            session.cloned().into_iter().collect()
        }
    }
}
