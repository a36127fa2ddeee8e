//! WHO: shows who is in a room, or everybody who is there.

use chinwag_grammar::RoomName;

use super::prelude::*;
use crate::model::{AccountId, BanKind, Room};
use crate::reply::{Presence, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPeople {
    room: Option<RoomName>,
}

impl Verb for ListPeople {
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
        let rows = match &self.room {
            Some(name) => in_room(context, context.my_room(Some(name))?),
            None => everybody(context),
        };
        let count = rows.len() as u64;
        rows.into_iter().for_each(|row| context.row(row));
        let noun = "people";
        Ok(Reply::Rows { count, noun }.into())
    }
}

/// Operators, then the others, then guests, each by name.
fn in_room(context: &Context<'_>, room: &Room) -> Vec<Row> {
    let state = context.state();
    let members = room.members.iter().filter_map(|(id, member)| {
        let account = state.account(*id)?;
        let muted = !room.bans.is_empty() && {
            let hostmask = state.hostmask(&account.who());
            room.banned(BanKind::Mute, &hostmask, context.now).is_some()
        };
        let (order, rank) = match (member.operator, member.voice, muted) {
            (true, _, _) => (0, "operator"),
            (false, _, true) => (3, "muted"),
            (false, true, false) => (1, "voice"),
            (false, false, false) => (2, "member"),
        };
        Some((order, account.name.clone(), rank, presence(context, *id)))
    });
    let guests = state.live().room_guests.get(&room.id);
    let guests = guests.into_iter().flatten().filter_map(|conn| {
        let who = state.who(*conn)?;
        Some((4, who.nick, "guest", Presence::Online))
    });
    sorted(members.chain(guests).collect())
}

fn everybody(context: &Context<'_>) -> Vec<Row> {
    let state = context.state();
    let accounts = state.live().present.keys().filter_map(|id| {
        let account = state.account(*id)?;
        let rank = account.role.as_str();
        Some((0, account.name.clone(), rank, presence(context, *id)))
    });
    let guests = state.live().guests.values().filter_map(|conn| {
        let who = state.who(*conn)?;
        Some((1, who.nick, "guest", Presence::Online))
    });
    sorted(accounts.chain(guests).collect())
}

fn sorted(mut found: Vec<(u8, chinwag_grammar::Nick, &'static str, Presence)>) -> Vec<Row> {
    found.sort_by_key(|(order, nick, _, _)| (*order, nick.folded()));
    let row = |(_, nick, rank, presence)| Row::Person {
        nick,
        rank,
        presence,
    };
    found.into_iter().map(row).collect()
}

fn presence(context: &Context<'_>, id: AccountId) -> Presence {
    let live = context.state().live();
    if !live.present.contains_key(&id) {
        return Presence::Absent;
    }
    match live.away.get(&id) {
        Some(away) => Presence::Away {
            span: context.now.since(away.since).rough(),
            why: away.why.clone(),
        },
        None => Presence::Online,
    }
}
