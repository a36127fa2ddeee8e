//! MODE: shows the modes of a room or one of its lists, or changes them.

mod plan;

use chinwag_grammar::RoomName;
use chinwag_grammar::mode::ModeChange;

use super::prelude::*;
use super::{bar, rank};
use crate::model::{BanKind, Room};
use crate::policy::room as policy;
use crate::reply::{Row, noun};
use plan::{Entry, Plan, Ranking};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mode {
    pub room: Option<RoomName>,
    /// None: the modes are shown. A list's letter alone, without an argument: that list is.
    pub changes: Vec<ModeChange>,
    pub arguments: Vec<String>,
}

impl Verb for Mode {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: true,
        token: TokenUse::Full,
    };

    fn gate(&self) -> Gate {
        Gate {
            writes: !self.changes.is_empty() && self.list().is_none(),
            ..Self::GATE
        }
    }

    fn read(args: &Args<'_>) -> Self {
        Self {
            room: args.room("room"),
            changes: args.modes("modes").unwrap_or_default(),
            arguments: args.all("argument").map(str::to_owned).collect(),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let by = context.me()?;
        if let Some(kind) = self.list() {
            return list(context, self.room.as_ref(), kind);
        }
        if self.changes.is_empty() {
            return show(context, self.room.as_ref());
        }
        let room = context.seen_room(self.room.as_ref())?;
        let plan = Plan::of(room.modes.clone(), &self.changes, self.arguments)?;
        let ranks = may(context, &by, room, &plan)?;
        carry_out(context, by, room.to_ref(), plan, ranks)
    }
}

impl Mode {
    /// The list that is asked for: its letter alone.
    fn list(&self) -> Option<BanKind> {
        match (&self.changes[..], &self.arguments[..]) {
            ([change], []) => plan::list_of(change.mode),
            _ => None,
        }
    }
}

/// The modes; the key, to those who are in the room or keep order there.
fn show(context: &Context<'_>, room: Option<&RoomName>) -> Outcome {
    let (room, with_key) = match context.seen_room(room) {
        Ok(room) => (room, true),
        Err(Reply::NotInRoom { room }) => (context.room(&room)?, false),
        Err(refused) => return Err(refused),
    };
    let modes = room.modes.shown(room.permanent, with_key).into();
    let room = room.name.clone();
    Ok(Reply::ModesAre { room, modes }.into())
}

/// A list, for those in the room and those who keep order there. Bans and mutes are one list.
fn list(context: &mut Context<'_>, room: Option<&RoomName>, kind: BanKind) -> Outcome {
    let (room, now) = (context.seen_room(room)?, context.now);
    let name = room.name.clone();
    let rows: Vec<Row> = room
        .bans
        .iter()
        .filter(|((of, _), _)| of.letter() == kind.letter())
        .filter(|(_, ban)| ban.until.is_none_or(|until| until > now))
        .map(|((kind, mask), ban)| Row::Ban {
            room: name.clone(),
            kind: *kind,
            mask: mask.clone(),
            ban: ban.clone(),
        })
        .collect();
    let (room, count) = (name, rows.len() as u64);
    rows.into_iter().for_each(|row| context.row(row));
    Ok(match kind {
        BanKind::Ban | BanKind::Mute => {
            let noun = noun(count, "ban", "bans");
            Reply::BanList { room, count, noun }
        }
        BanKind::Exception => {
            let noun = noun(count, "exception", "exceptions");
            Reply::ExceptionList { room, count, noun }
        }
        BanKind::Invitation => {
            let noun = noun(count, "invitation", "invitations");
            Reply::InvitationList { room, count, noun }
        }
    }
    .into())
}

/// Whether they may do all of it; answers who gets which rank. All or nothing: it is asked before anything is done.
fn may(
    context: &Context<'_>,
    by: &Who,
    room: &Room,
    plan: &Plan,
) -> Result<Vec<(Who, Ranking)>, Reply> {
    let state = context.state();
    if plan.touches_modes() {
        policy::may_run(state, by, room)?;
    }
    if !plan.entries.is_empty() {
        policy::may_keep_order(state, by, room)?;
    }
    let mut added = 0;
    for Entry { kind, mask, given } in &plan.entries {
        if *given && bar::known(room, *kind, mask).is_none() {
            policy::may_bar(state, room, (*kind, mask), context.now, added)?;
            added += 1;
        }
    }
    let mut ranks = Vec::new();
    for ranking in &plan.ranks {
        if !ranking.nick.same(by.nick.as_str()) {
            policy::may_make(state, by, room, ranking.rank)?;
        }
        let who = rank::member(context, room, &ranking.nick)?;
        policy::may_rank(state, by, &who, room, (ranking.rank, ranking.given))?;
        ranks.push((who, ranking.clone()));
    }
    Ok(ranks)
}

fn carry_out(
    context: &mut Context<'_>,
    by: Who,
    room: crate::model::RoomRef,
    plan: Plan,
    ranks: Vec<(Who, Ranking)>,
) -> Outcome {
    let before = context.state().last();
    let is_changed = context
        .state()
        .room(room.id)
        .is_some_and(|known| known.modes != plan.modes);
    if is_changed {
        let (name, change) = (room.name.clone(), plan.change);
        context.emit(Event::ModesSet {
            room: room.clone(),
            by,
            modes: plan.modes,
            change: change.as_str().into(),
        });
        context.audit(&format!("MODE {name} {change}"));
    }
    for Entry { kind, mask, given } in plan.entries {
        let known = context.state().room(room.id);
        let is_there = known.is_some_and(|room| bar::known(room, kind, &mask).is_some());
        match (given, is_there) {
            (true, false) => {
                bar::put(context, kind, mask, Some(&room.name), None, None)?;
            }
            (false, true) => {
                bar::lift(context, kind, &mask, Some(&room.name))?;
            }
            (true, true) | (false, false) => {}
        }
    }
    for (who, Ranking { rank, given, .. }) in ranks {
        rank::give(context, room.clone(), who, rank, given)?;
    }
    let number = context.state().last();
    if number == before {
        return Ok(Reply::NothingChanged.into());
    }
    Ok(Reply::Numbered { number }.into())
}
