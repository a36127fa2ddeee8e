//! LIST: the rooms that one may know of, with how many are there and what is talked about; ELIST's conditions.

use chinwag_grammar::mask;

use crate::command::prelude::*;
use crate::model::Room;
use crate::policy::room::may_list;
use crate::reply::Row;

/// What rooms have to be like to be listed (ISUPPORT ELIST: M, N, U, C, T).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Names or masks of names, folded; empty for all.
    pub masks: Vec<String>,
    /// Masks that leave rooms out.
    pub not: Vec<String>,
    /// More people than this.
    pub more_than: Option<usize>,
    /// Fewer people than this.
    pub fewer_than: Option<usize>,
    /// Made more than so many minutes ago, or fewer.
    pub created: Option<Age>,
    /// The topic was set more than so many minutes ago, or fewer.
    pub topic: Option<Age>,
}

/// How long ago something happened, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// More than that.
    Over(i64),
    /// Less than that.
    Under(i64),
}

const MINUTE_MS: i64 = 60_000;

impl Verb for List {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Read,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let me = context.me()?;
        let (state, session) = (context.state(), context.session());
        let rooms = state.durable().rooms.values();
        let known = rooms.filter(|room| may_list(state, session, &me, room));
        let mut rows = vec![super::numeric(321, ["Channel"], "Users  Name")];
        rows.extend(known.filter_map(|room| {
            let present = state.present_in(room);
            self.fits(context, room, present)
                .then(|| listed(room, present))
        }));
        rows.push(super::numeric::<&str>(323, [], "End of /LIST"));
        rows.into_iter().for_each(|row| context.row(row));
        Ok(Reply::Ok.into())
    }
}

impl List {
    fn fits(&self, context: &Context<'_>, room: &Room, present: usize) -> bool {
        let name = room.name.folded();
        let globbed = |pattern: &String| mask::glob(pattern, name.as_str());
        let age = |at: chinwag_grammar::Time| (context.now.millis() - at.millis()) / MINUTE_MS;
        (self.masks.is_empty() || self.masks.iter().any(globbed))
            && !self.not.iter().any(globbed)
            && self.more_than.is_none_or(|count| present > count)
            && self.fewer_than.is_none_or(|count| present < count)
            && self
                .created
                .is_none_or(|wanted| wanted.is(age(room.created)))
            && self.topic.is_none_or(|wanted| {
                room.topic
                    .as_ref()
                    .is_some_and(|topic| wanted.is(age(topic.at)))
            })
    }
}

impl Age {
    const fn is(self, minutes: i64) -> bool {
        match self {
            Self::Over(least) => minutes > least,
            Self::Under(most) => minutes < most,
        }
    }
}

/// The topic, or what the room is for.
fn listed(room: &Room, present: usize) -> Row {
    let topic = room.topic.as_ref().map(|topic| &topic.text);
    let text = topic.unwrap_or(&room.description);
    let words = [room.name.to_string(), present.to_string()];
    super::numeric(322, words, text.as_str())
}
