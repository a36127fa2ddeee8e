//! What is asked of the store. Whether it may be asked is decided before: a query names only what its reader may read.

use std::collections::BTreeSet;

use chinwag_grammar::{Folded, Number, RoomName, Time};

use crate::model::{AccountId, Place, Text};

/// What is asked of the store. Its answer is rows and one reply.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Query {
    /// The newest acts of staff.
    Audit { count: usize },
    /// A piece of the history of a place, as facts.
    ChatHistory {
        reader: Reader,
        place: Place,
        /// Numbers up to this one were cleared.
        after: Number,
        range: Range,
        /// Whether comings, goings, topics, modes, reactions and deletions are told as well.
        events: bool,
        /// The name of the place.
        name: Text,
    },
    /// How many messages CLEAR would remove; answered as `ClearOffered`.
    ClearCount {
        room: RoomName,
        place: Place,
        code: u32,
    },
    /// Everything an account wrote.
    Export { account: AccountId },
    /// A page of a place.
    History {
        reader: Reader,
        place: Place,
        /// Numbers up to this one were cleared.
        after: Number,
        page: Page,
        /// The place as it is typed: for the line that leads to more.
        name: Text,
    },
    /// What was missed, told as if it happened now; then `LoggedIn` as the reply.
    Missed {
        reader: Reader,
        nick: chinwag_grammar::Nick,
        /// The account's places, each with the number after which it was there.
        places: Vec<(Place, Number)>,
        since: Number,
    },
    /// The newest of each place, place by place, as facts.
    Replay {
        reader: Reader,
        /// Each with the number after which it is told.
        places: Vec<(Place, Number)>,
        /// At most so many of one place; the reader's limit is that of all.
        limit_each: usize,
    },
    /// Messages with these words.
    Search {
        reader: Reader,
        /// Where; each with the number up to which it was cleared.
        places: Vec<(Place, Number)>,
        words: Vec<String>,
        from: Option<Folded>,
        before: Option<Time>,
        after: Option<Time>,
        /// What is left where more is found than may be shown.
        order: Order,
        /// Whether facts are answered; else rows.
        facts: bool,
    },
    /// One message whole, with its reactions.
    Show { reader: Reader, number: Number },
    /// Places where the last that was said is between two times, with the time of it.
    Targets {
        reader: Reader,
        /// Each with the number up to which it was cleared, and its name.
        places: Vec<(Place, Number, Text)>,
        from: Time,
        to: Time,
    },
    /// What is unread: a summary of notes at login (no reply), or rows.
    Unread {
        reader: Reader,
        places: Vec<UnreadPlace>,
        /// What was about the account itself: an invitation, say.
        personal: Vec<Number>,
        /// Whether messages are shown, place by place; else one line a place, and no reply.
        rows: bool,
    },
}

/// Who reads, up to where. What comes later is told to them live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The account; absent for a guest.
    pub account: Option<AccountId>,
    /// The last number there was when it was asked.
    pub upto: Number,
    /// At most so many rows.
    pub limit: usize,
    /// Whose messages are left out.
    pub ignored: BTreeSet<Folded>,
}

impl Reader {
    /// Whether what somebody of that name said is left out.
    #[must_use]
    pub fn ignores(&self, nick: &str) -> bool {
        !self.ignored.is_empty() && self.ignored.contains(&Folded::of(nick))
    }
}

/// Which page of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// What stands around a number.
    Around(Number),
    /// What stands before a number, the newest of it.
    Before(Number),
    /// The newest.
    Latest,
    /// What stands after a number, the oldest of it.
    Since(Number),
}

/// A moment in the history: it is itself not part of what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The event with that number.
    Number(Number),
    /// Everything of that millisecond.
    Time(Time),
}

/// Which piece of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// The oldest after a moment.
    After(Bound),
    /// What stands around a moment: half of it before, the moment itself is in the rest.
    Around(Bound),
    /// The newest before a moment.
    Before(Bound),
    /// Between two moments, counted from the first, which may be the later one.
    Between(Bound, Bound),
    /// The newest, after a moment if there is one.
    Latest(Option<Bound>),
}

/// Which hits are shown where there are more than may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The newest of them.
    Newest,
    /// The oldest of them.
    Oldest,
}

/// A place with something unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadPlace {
    /// Where.
    pub place: Place,
    /// Its name as the reader sees it.
    pub name: Text,
    /// Read up to here.
    pub after: Number,
    /// How many of the unread messages mention the reader.
    pub mentions: u64,
}
