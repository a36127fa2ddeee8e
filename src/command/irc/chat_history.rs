//! CHATHISTORY of IRC (draft/chathistory): pieces of the history of a place, and the places that have one.

use chinwag_grammar::Time;
use chinwag_grammar::plain::Target;

use crate::command::browse;
use crate::command::prelude::*;
use crate::effect::{Query, Range};
use crate::policy::history as policy;

/// A piece of the history of a place, answered with facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatHistory {
    /// Where.
    pub target: Target,
    /// Which piece.
    pub range: Range,
    /// At most so many facts, and never more than `history.max_query`.
    pub limit: usize,
    /// Whether what is no message is told as well (draft/event-playback).
    pub events: bool,
}

/// The places where the last that was said is between two times, answered with rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatHistoryTargets {
    /// Counted from here, which may be later than the other.
    pub from: Time,
    /// Up to here.
    pub to: Time,
    /// At most so many places.
    pub limit: usize,
}

impl Verb for ChatHistory {
    const GATE: Gate = browse::GATE;
    const WAITS: bool = true;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let place = browse::place(context, Some(&self.target))?;
        browse::look(context, vec![place]);
        let query = Query::ChatHistory {
            reader: browse::reader(context, self.limit),
            place,
            after: browse::cleared(context, place),
            range: self.range,
            events: self.events,
            name: browse::name(context, place),
        };
        Ok(query.into())
    }
}

impl Verb for ChatHistoryTargets {
    const GATE: Gate = browse::GATE;
    const WAITS: bool = true;

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        policy::may_browse(context.state())?;
        let places = browse::places(context)?.into_iter();
        let places = places.map(|place| {
            let (cleared, name) = (
                browse::cleared(context, place),
                browse::name(context, place),
            );
            (place, cleared, name)
        });
        let query = Query::Targets {
            reader: browse::reader(context, self.limit),
            places: places.collect(),
            from: self.from,
            to: self.to,
        };
        Ok(query.into())
    }
}
