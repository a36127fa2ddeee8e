//! WHO: who is in a room, or everybody who is here.

use chinwag_grammar::{Nick, RoomName};

use super::prelude::*;
use crate::model::{AccountId, BanKind, Rank, Ranks, Room};
use crate::policy::person::may_find;
use crate::policy::room as policy;
use crate::reply::{Presence, Row, noun};

type Person = (Nick, &'static str, Presence);

/// The order in which people are shown.
const RANKS: &[&str] = &[
    "founder",
    "protected",
    "operator",
    "halfop",
    "voice",
    "admin",
    "user",
    "member",
    "guest",
    "muted",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoVerb {
    room: Option<RoomName>,
}

impl Verb for WhoVerb {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let rows = match &self.room {
            Some(name) => {
                let room = context.room(name)?;
                policy::may_use_token(context.session(), room.id)?;
                if !policy::may_look_in(context.state(), Some(&me), room) {
                    let room = room.name.clone();
                    return Err(Reply::NotInRoom { room });
                }
                in_room(context, &me, room)
            }
            None => everybody(context)?,
        };
        let count = rows.len() as u64;
        for row in rows {
            context.row(row);
        }
        let noun = noun(count, "person", "people");
        Ok(Reply::Rows { count, noun }.into())
    }
}

/// Operators, then those with voice, then the others, each by name.
fn in_room(context: &Context<'_>, me: &Who, room: &Room) -> Vec<Row> {
    let state = context.state();
    let sees = |who: &Who| policy::may_see(state, me, who, room);
    let members = room.members.iter().filter_map(|(id, member)| {
        let who = Some(state.account(*id)?.who()).filter(sees)?;
        let rank = rank(context, room, &who, member.ranks).unwrap_or("member");
        Some((who.nick, rank, presence(context, *id)))
    });
    let guests = state.live().room_guests.get(&room.id);
    let guests = guests.into_iter().flatten().filter_map(|(conn, ranks)| {
        let who = state.who(*conn).filter(sees)?;
        let rank = rank(context, room, &who, *ranks).unwrap_or("guest");
        Some((who.nick, rank, Presence::Online))
    });
    by_rank(members.chain(guests).collect())
}

/// The highest; a mute weighs more than voice.
fn rank(context: &Context<'_>, room: &Room, who: &Who, ranks: Ranks) -> Option<&'static str> {
    match ranks.highest() {
        Some(rank) if rank < Rank::Voice => Some(rank.as_str()),
        Some(_) | None if is_muted(context, room, who) => Some("muted"),
        Some(rank) => Some(rank.as_str()),
        None => None,
    }
}

/// But for those whom the asker does not find.
fn everybody(context: &Context<'_>) -> Result<Vec<Row>, Reply> {
    let (state, me) = (context.state(), context.me()?);
    let found = |who: &Who| may_find(state, &me, who);
    let accounts = state.live().present.keys().filter_map(|id| {
        let account = state.account(*id).filter(|account| found(&account.who()))?;
        let rank = account.role.as_str();
        Some((account.name.clone(), rank, presence(context, *id)))
    });
    let guests = state.live().guests.values().filter_map(|conn| {
        let who = state.who(*conn).filter(found)?;
        Some((who.nick, "guest", Presence::Online))
    });
    Ok(by_rank(accounts.chain(guests).collect()))
}

fn by_rank(mut people: Vec<Person>) -> Vec<Row> {
    people.sort_by_cached_key(|(nick, rank, _)| {
        let place = RANKS.iter().position(|one| one == rank);
        (place, nick.folded())
    });
    let rows = people.into_iter();
    rows.map(|(nick, rank, presence)| Row::Person {
        nick,
        rank,
        presence,
    })
    .collect()
}

fn is_muted(context: &Context<'_>, room: &Room, who: &Who) -> bool {
    let muted = |marks| room.banned(BanKind::Mute, &marks, context.now).is_some();
    !room.bans.is_empty() && muted(context.state().marks(who))
}

/// Whether an account is there.
pub fn presence(context: &Context<'_>, id: AccountId) -> Presence {
    let state = context.state();
    if !state.is_present(id) {
        return Presence::Absent;
    }
    let away = state.live().away.get(&id);
    away.map_or(Presence::Online, |away| Presence::Away {
        span: context.now.since(away.since).rough(),
        why: away.why.clone(),
    })
}
