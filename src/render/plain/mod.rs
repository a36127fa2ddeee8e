//! The plain dialect: for people and for programs, as `grammar/plain.abnf` has it.

mod answer;
mod json;
mod letters;
mod line;
mod notes;
mod paper;
mod row;
mod stamp;
#[cfg(test)]
mod tests;
mod text;
mod told;
mod wrap;

use crate::model::{Fact, Format};

use super::{Class, Regard};

pub use answer::reply;
pub use notes::{after_prompt, greeting, lost, note, prompt, too_late, unread_note};
pub use row::row;

/// Whether a fact has any looks.
#[must_use]
pub fn is_shown(fact: &Fact) -> bool {
    told::told(fact, false).is_some()
}

/// A fact as whole lines with their CRLF; nothing where it has no looks.
#[must_use]
pub fn fact(fact: &Fact, class: &Class) -> String {
    let own = class.regard == Regard::Own;
    let Some(told) = told::told(fact, own) else {
        return String::new();
    };
    match class.screen.format {
        Format::Json => json::event(fact, &told),
        Format::Line => line::event(fact, &told),
        Format::Text => text::event(fact, class),
    }
}
