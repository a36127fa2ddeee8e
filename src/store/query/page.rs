//! The last line of so many messages, and what is left out of them.

use crate::effect::Reader;
use crate::model::Text;
use crate::reply::{self, Reply};
use crate::store::row::Stored;

/// The last line of so many messages, how many of ignored people are not among them, and what leads to more.
pub(super) fn page(count: u64, left_out: u64, more: Option<String>) -> Reply {
    let noun = noun(count);
    let left_out = left_out_words(left_out);
    match more {
        None => Reply::Page {
            count,
            noun,
            left_out,
        },
        Some(more) => Reply::PageMore {
            count,
            noun,
            left_out,
            more: more.into(),
        },
    }
}

/// So many are these.
pub(super) const fn noun(count: u64) -> &'static str {
    reply::noun(count, "message", "messages")
}

/// Said only where something is left out.
pub(super) fn left_out_words(count: u64) -> Text {
    match count {
        0 => "".into(),
        count => format!(", {count} of people you ignore left out").into(),
    }
}

/// Whether it is something that an ignored person said. What they did to others stays: a deletion, say.
pub(super) fn is_left_out(reader: &Reader, stored: &Stored) -> bool {
    stored.is_said() && reader.ignores(&stored.nick)
}

/// Takes out what ignored people said, and counts it.
pub(super) fn leave_out(reader: &Reader, found: &mut Vec<Stored>) -> u64 {
    let before = found.len();
    found.retain(|stored| !is_left_out(reader, stored));
    (before - found.len()) as u64
}
