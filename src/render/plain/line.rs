//! FORMAT line: `~ VERB conversation number time who [arguments] :text`.

use super::told::Told;
use super::{letters, stamp};
use crate::model::Fact;

/// A fact as one line.
pub fn event(fact: &Fact, told: &Told<'_>) -> String {
    let mut out = String::with_capacity(96 + told.text.len());
    out.push_str("~ ");
    out.push_str(told.verb);
    out.push(' ');
    letters::push(&mut out, told.conversation.unwrap_or("-"));
    out.push(' ');
    match fact.number {
        Some(number) => letters::push_number(&mut out, number.get()),
        None => out.push('-'),
    }
    out.push(' ');
    stamp::iso(&mut out, fact.at);
    out.push(' ');
    letters::push(&mut out, told.who.unwrap_or("-"));
    for arg in &told.args {
        out.push(' ');
        letters::push(&mut out, arg);
    }
    out.push_str(" :");
    letters::push_escaped(&mut out, told.text);
    out.push_str("\r\n");
    out
}
