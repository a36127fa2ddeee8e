//! Whom a ban of the server keeps out, and which bans may stand.
//!
//! Nobody on this machine itself is kept out, and no ban ends the session of an operator: whoever runs the server can
//! always lift it. From a banned network nobody new comes, though, since nobody has said who they are by then.

use chinwag_grammar::Time;

use crate::model::session::Person;
use crate::model::{BanTarget, Role, ServerBan, Session, Who};
use crate::policy::login::until_words;
use crate::policy::operator;
use crate::reply::Reply;
use crate::state::State;

/// May this connection be here, as that person, or before it has said who it is?
///
/// # Errors
/// The ban that stands against it.
pub fn may_be_here(
    state: &State,
    session: &Session,
    who: Option<&Who>,
    now: Time,
) -> Result<(), Reply> {
    let bans = &state.durable().server_bans;
    if bans.is_empty() || who.is_some_and(|who| operator::is_shown_as(state, who)) {
        return Ok(());
    }
    let mut standing = bans.iter().filter(|(_, ban)| ban.is_in_force(now));
    match standing.find(|(target, _)| fits(target, session, who)) {
        Some((_, ban)) => Err(Reply::ServerBanned { until: words(ban) }),
        None => Ok(()),
    }
}

/// Does it fit this connection, as that person?
#[must_use]
pub fn fits(target: &BanTarget, session: &Session, who: Option<&Who>) -> bool {
    let origin = &session.origin;
    match (target, who) {
        (BanTarget::Account(nick), Some(who)) => {
            who.account.is_some() && who.nick.same(nick.as_str())
        }
        (BanTarget::Mask(mask), Some(who)) if !origin.loopback => {
            let mark = if who.account.is_some() { "" } else { "~" };
            let shown = match who.account {
                Some(_) => format!("user/{}", who.nick),
                None => "guest".to_owned(),
            };
            let named = format!("{nick}!{mark}{nick}", nick = who.nick);
            [&origin.host, &shown]
                .iter()
                .any(|host| mask.matches(&format!("{named}@{host}")))
        }
        (BanTarget::Network(block), _) => !origin.loopback && block.has_host(&origin.host),
        (BanTarget::Account(_) | BanTarget::Mask(_), _) => false,
    }
}

/// May it stand? Not against oneself, an admin, this machine, or everybody; nor may more than there may be.
///
/// # Errors
/// Why not.
pub fn may_stand(
    state: &State,
    session: &Session,
    target: &BanTarget,
    now: Time,
) -> Result<(), Reply> {
    let word = || target.to_string().into();
    match target {
        BanTarget::Account(nick) => {
            let account = state.account_named(&nick.folded());
            let account = account.ok_or_else(|| Reply::NoSuchAccount { nick: nick.clone() })?;
            if account.role == Role::Admin {
                return Err(Reply::ServerBanAccount { nick: nick.clone() });
            }
        }
        BanTarget::Mask(mask) => {
            let wide = |part: &str| part.chars().all(|found| "*?.:".contains(found));
            if mask.as_str().split(['!', '@']).all(wide) {
                return Err(Reply::WrongMask { mask: mask.clone() });
            }
        }
        BanTarget::Network(block) => {
            if block.is_huge() || block.is_loopback() {
                return Err(Reply::ServerBanWide { target: word() });
            }
        }
    }
    if is_mine(state, session, target) {
        return Err(Reply::ServerBanOwn { target: word() });
    }
    let (bans, limit) = (&state.durable().server_bans, state.rules().server_bans);
    let in_force = bans.values().filter(|ban| ban.is_in_force(now)).count();
    if in_force >= limit && !bans.contains_key(target) {
        return Err(Reply::TooManyServerBans { limit });
    }
    Ok(())
}

/// `until 2026-09-26T14:02:11.123Z: why`, or `for good`.
#[must_use]
pub fn words(ban: &ServerBan) -> crate::model::Text {
    until_words(ban.until, ban.why.as_ref())
}

/// Whether it fits whoever puts it there: this session, or another of the same person.
fn is_mine(state: &State, session: &Session, target: &BanTarget) -> bool {
    let who = state.who(session.conn);
    let mine = match &session.person {
        Person::Account { id, .. } => state.sessions_of(*id).collect(),
        Person::Guest { .. } | Person::Nobody => vec![session],
    };
    mine.iter()
        .any(|session| fits(target, session, who.as_ref()))
}

#[cfg(test)]
mod tests;
