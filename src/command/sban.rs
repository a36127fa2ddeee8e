//! SBAN: keeps somebody out of the whole server, and ends the connections of those whom it fits.

use chinwag_grammar::Span;

use super::depart::end_noted;
use super::prelude::*;
use crate::effect::Note;
use crate::model::{BanTarget, ConnId};
use crate::policy::login::until_words;
use crate::policy::room::may_give;
use crate::policy::{operator, server_ban};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sban {
    pub target: BanTarget,
    pub duration: Option<Span>,
    pub why: Option<Text>,
}

impl Verb for Sban {
    const GATE: Gate = Gate {
        needs: Needs::Operator,
        writes: true,
        token: TokenUse::Everywhere,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            target: read_target(args),
            duration: args.duration("duration"),
            why: args.text("why").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        may_give(context.state(), self.why.as_ref())?;
        let by = context.me()?;
        let target = known(context, self.target);
        let (state, now) = (context.state(), context.now);
        server_ban::may_stand(state, context.session(), &target, now)?;
        lift_expired(context);
        // For no time at all would be no ban.
        let span = self.duration.filter(|span| !span.is_zero());
        let until = span.map(|span| now.plus(span));
        let words = until_words(until, self.why.as_ref());
        context.emit(Event::ServerBanned {
            target: target.clone(),
            by,
            until,
            why: self.why.clone(),
        });
        context.audit(&format!("SBAN {target} {words}"));
        let conns = fitting(context, &target);
        for conn in &conns {
            let (until, at) = (words.clone(), now);
            let note = Note::Banned { until, at };
            let why = Some("banned from the server".into());
            end_noted(context, *conn, note, (why, None));
        }
        Ok(Reply::ServerBanStands {
            target: target.to_string().into(),
            until: words,
            count: conns.len() as u64,
        }
        .into())
    }
}

/// Whom the word of a rule means.
pub fn read_target(args: &Args<'_>) -> BanTarget {
    let word = args.word("banned");
    let target = word.and_then(BanTarget::meant);
    target.expect("a mask is one, where it is nothing else")
}

/// An account is called as it is written itself.
pub fn known(context: &Context<'_>, target: BanTarget) -> BanTarget {
    let BanTarget::Account(nick) = &target else {
        return target;
    };
    match context.state().account_named(&nick.folded()) {
        Some(account) => BanTarget::Account(account.name.clone()),
        None => target,
    }
}

/// The connections that it fits, but for those of operators.
fn fitting(context: &Context<'_>, target: &BanTarget) -> Vec<ConnId> {
    let state = context.state();
    let sessions = state.live().sessions.values();
    let fitting = sessions.filter(|session| {
        let who = state.who(session.conn);
        server_ban::fits(target, session, who.as_ref())
            && !who.is_some_and(|who| operator::is_shown_as(state, &who))
    });
    fitting.map(|session| session.conn).collect()
}

/// What has run out makes room for others.
fn lift_expired(context: &mut Context<'_>) {
    let bans = &context.state().durable().server_bans;
    if bans.len() < context.rules().server_bans {
        return;
    }
    let over = bans.iter().filter(|(_, ban)| !ban.is_in_force(context.now));
    let over: Vec<BanTarget> = over.map(|(target, _)| target.clone()).collect();
    for target in over {
        let by = Who {
            account: None,
            nick: super::console_nick(),
        };
        context.emit(Event::ServerUnbanned { target, by });
    }
}
