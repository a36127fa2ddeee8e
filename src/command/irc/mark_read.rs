//! MARKREAD of IRC (draft/read-marker): up to when a place was read, through whatever door.

use chinwag_grammar::Time;
use chinwag_grammar::plain::Target;

use crate::command::browse;
use crate::command::prelude::*;
use crate::model::Mark;
use crate::reply::{Row, noun};

/// Shows up to when a place was read, or sets it; it goes forward only. Answered with a `Row::ReadMarker`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRead {
    /// Where.
    pub target: Target,
    /// Up to when; absent, it is only shown.
    pub time: Option<Time>,
}

/// The client says itself what is read: its end, alone, marks nothing. For clients with draft/read-marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarksItself;

impl Verb for MarkRead {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Read,
    };
    const WAITS: bool = true;

    fn gate(&self) -> Gate {
        Gate {
            writes: self.time.is_some(),
            ..Self::GATE
        }
    }

    fn errand(&mut self, _: &Before<'_>) -> Result<Option<Errand>, Reply> {
        Ok(self.time.map(|time| Errand::NumberAt { time }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let place = browse::place(context, Some(&self.target))?;
        if let Some(time) = self.time {
            mark(context, place, time)?;
        }
        let row = marker(context, place)?;
        context.row(row);
        let (count, noun) = (1, noun(1, "marker", "markers"));
        Ok(Reply::Rows { count, noun }.into())
    }
}

impl Verb for MarksItself {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: false,
        token: TokenUse::Read,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        marks_itself(context);
        let (count, noun) = (0, noun(0, "marker", "markers"));
        Ok(Reply::Rows { count, noun }.into())
    }
}

/// Up to when the asker has read a place: what IRC is told after a JOIN as well.
///
/// # Errors
/// For whoever has no account.
pub fn marker(context: &Context<'_>, place: Place) -> Result<Row, Reply> {
    let id = context.account()?.id;
    Ok(Row::ReadMarker {
        target: browse::name(context, place),
        time: context.state().read_time(id, place),
    })
}

/// Nobody has read what is not said yet: a time to come is now. A time that is no later than the marker changes nothing.
fn mark(context: &mut Context<'_>, place: Place, time: Time) -> Result<(), Reply> {
    let Some(Found::NumberAt {
        number: Some(found),
    }) = context.found()
    else {
        return Err(Reply::StorageBroken);
    };
    let (id, at) = (context.account()?.id, time.min(context.now));
    let state = context.state();
    if state.read_time(id, place).is_none_or(|known| known < at) {
        let all = at == context.now;
        let number = if all {
            state.last()
        } else {
            found.min(state.last())
        };
        let marked = browse::marked(context, place, Mark { number, at });
        context.emit(Event::ReadMarked {
            account: id,
            marks: vec![marked],
            personal: false,
        });
    }
    marks_itself(context);
    browse::look(context, vec![place]);
    Ok(())
}

fn marks_itself(context: &mut Context<'_>) {
    let conn = context.conn;
    if !context.state().live().marking.contains(&conn) {
        context.emit(Event::MarksItself { conn });
    }
}
