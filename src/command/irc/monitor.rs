//! MONITOR of IRC: names whose coming and going a connection is told, whether it shares a room with them or not.

use std::collections::BTreeMap;

use chinwag_grammar::{Folded, Nick};

use crate::command::prelude::*;
use crate::reply::{Row, noun};

/// What is watched on this connection. Who was watched is told by `Online`, `Offline` and `GuestEntered`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Monitor {
    /// Watches these names, and tells of each whether they are here; refused from the first that is too many on.
    Add(Vec<Nick>),
    /// Watches nobody any more.
    Clear,
    /// Lists the names.
    List,
    /// Watches these no more.
    Remove(Vec<Nick>),
    /// Tells of each whether they are here.
    Status,
}

impl Verb for Monitor {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        match self {
            Self::Add(nicks) => return add(context, nicks),
            Self::Clear => {
                let removed = monitored(context).into_values().collect();
                change(context, Vec::new(), removed);
            }
            Self::List => {
                let rows = monitored(context).into_values();
                return Ok(list(
                    context,
                    rows.map(|nick| Row::Monitored { nick }).collect(),
                ));
            }
            Self::Remove(nicks) => {
                let known = monitored(context);
                let removed = nicks.into_iter();
                let removed = removed.filter(|nick| known.contains_key(&nick.folded()));
                let removed = removed.collect();
                change(context, Vec::new(), removed);
            }
            Self::Status => {
                let nicks = monitored(context).into_values().collect();
                let rows = statuses(context, nicks);
                return Ok(list(context, rows));
            }
        }
        Ok(list(context, Vec::new()))
    }
}

/// As many of them as there is room for; who was watched before is told of again.
fn add(context: &mut Context<'_>, nicks: Vec<Nick>) -> Outcome {
    let (limit, mut known) = (context.rules().monitor, monitored(context));
    let (mut told, mut added, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for nick in nicks {
        let is_known = known.contains_key(&nick.folded());
        if !is_known && known.len() >= limit {
            refused.push(nick.to_string());
            continue;
        }
        if !is_known {
            known.insert(nick.folded(), nick.clone());
            added.push(nick.clone());
        }
        told.push(nick);
    }
    change(context, added, Vec::new());
    let rows = statuses(context, told);
    let answer = list(context, rows);
    if refused.is_empty() {
        return Ok(answer);
    }
    let nicks = refused.join(",").into();
    Err(Reply::TooManyMonitored { limit, nicks })
}

fn change(context: &mut Context<'_>, added: Vec<Nick>, removed: Vec<Nick>) {
    if added.is_empty() && removed.is_empty() {
        return;
    }
    let conn = context.conn;
    context.emit(Event::Monitored {
        conn,
        added,
        removed,
    });
}

fn monitored(context: &Context<'_>) -> BTreeMap<Folded, Nick> {
    let monitors = &context.state().live().monitors;
    monitors.of(context.conn).cloned().unwrap_or_default()
}

fn statuses(context: &Context<'_>, nicks: Vec<Nick>) -> Vec<Row> {
    let nicks = nicks.into_iter();
    let rows = nicks.map(|nick| Row::Monitor {
        online: context.state().is_here(&nick.folded()),
        nick,
    });
    rows.collect()
}

fn list(context: &mut Context<'_>, rows: Vec<Row>) -> Answer {
    let count = rows.len() as u64;
    for row in rows {
        context.row(row);
    }
    let noun = noun(count, "name", "names");
    Reply::MonitorEnd { count, noun }.into()
}
