//! WHOIS: one person: who, where, since when.

use chinwag_grammar::Nick;

use super::numeric;
use super::who::since;
use crate::command::prelude::*;
use crate::model::{Rank, Session, UserMode};
use crate::policy::operator::is_shown_as;
use crate::policy::person::may_see_connections;
use crate::policy::room::may_list;
use crate::reply::Row;

/// modern IRC, WHOIS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoisIrc {
    /// Whom.
    pub nick: Nick,
}

impl Verb for WhoisIrc {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let asked = self.nick.as_str().to_owned();
        let rows = match context.person(&self.nick) {
            Ok(who) if is_here(context, &who) => about(context, &who)?,
            Ok(_) | Err(_) => vec![numeric(401, [&*asked], "No such nick/channel")],
        };
        rows.into_iter().for_each(|row| context.row(row));
        context.row(numeric(318, [asked], "End of /WHOIS list"));
        Ok(Reply::Ok.into())
    }
}

/// So many rooms in one line.
const ROOMS_A_LINE: usize = 5;

fn is_here(context: &Context<'_>, who: &Who) -> bool {
    who.account.is_none_or(|id| context.state().is_present(id))
}

fn about(context: &Context<'_>, who: &Who) -> Result<Vec<Row>, Reply> {
    let (state, me) = (context.state(), context.me()?);
    let nick = who.nick.as_str();
    let sessions = sessions(context, who);
    let (user, host) = (who.user(), who.host());
    let mut rows = vec![numeric(
        311,
        [nick, &user, &host, "*"],
        state.real_name(who).as_str(),
    )];
    let rooms = rooms(context, &me, who);
    // As many lines as are needed: each holds few of the longest names.
    for some in rooms.chunks(ROOMS_A_LINE) {
        rows.push(numeric(319, [nick], &some.join(" ")));
    }
    let server = &context.rules().server_name;
    rows.push(numeric(312, [nick, server], "chinwag"));
    if is_shown_as(state, who) {
        rows.push(numeric(313, [nick], "is a server operator"));
    }
    if let Some(away) = who.account.and_then(|id| state.live().away.get(&id)) {
        rows.push(numeric(301, [nick], away.why.as_str()));
    }
    if who.account.is_some() {
        rows.push(numeric(330, [nick, nick], "is logged in as"));
    }
    if sessions.iter().all(|session| session.origin.tls) {
        rows.push(numeric(671, [nick], "is using a secure connection"));
    }
    if state.user_modes(who).has(UserMode::Bot) {
        rows.push(numeric(335, [nick], "is a bot"));
    }
    if may_see_connections(state, context.session(), &me, who) {
        let from = |session: &&Session| session.origin.host.clone();
        let hosts: Vec<String> = sessions.iter().map(from).collect();
        rows.push(numeric(
            378,
            [nick],
            &format!("is connecting from {}", hosts.join(", ")),
        ));
    }
    if let Some(since) = since(&sessions) {
        let seconds = (since.millis() / 1_000).to_string();
        let idle = ((context.now.millis() - since.millis()) / 1_000).to_string();
        rows.push(numeric(
            317,
            [nick, &idle, &seconds],
            "seconds idle, signon time",
        ));
    }
    Ok(rows)
}

/// The rooms that the asker may know of, with the rank there.
fn rooms(context: &Context<'_>, me: &Who, who: &Who) -> Vec<String> {
    let (state, session) = (context.state(), context.session());
    let rooms = state
        .rooms_of(who)
        .into_iter()
        .filter_map(|id| state.room(id));
    let known = rooms.filter(|room| may_list(state, session, me, room));
    known
        .map(|room| {
            let sign = state.ranks(who, room).highest().map(Rank::prefix);
            format!(
                "{}{}",
                sign.map_or_else(String::new, String::from),
                room.name
            )
        })
        .collect()
}

fn sessions<'a>(context: &'a Context<'_>, who: &Who) -> Vec<&'a Session> {
    let state = context.state();
    match who.account {
        Some(id) => state.sessions_of(id).collect(),
        None => {
            let conn = state.guest_conn(&who.nick.folded());
            conn.and_then(|conn| state.session(conn))
                .into_iter()
                .collect()
        }
    }
}
