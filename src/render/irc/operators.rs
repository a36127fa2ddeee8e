//! What operators do and tell each other, and the modes of people.

use chinwag_grammar::Nick;

use super::event::Told;
use crate::model::{Event, Text, Who};

/// Appends the lines.
pub fn of_operators(told: &Told<'_>, event: &Event, out: &mut String) {
    match event {
        Event::Opered { who, name, .. } => {
            let change = if name.is_some() { "+o" } else { "-o" };
            user_mode(told, who, change, out);
        }
        Event::OperatorsTold { by, text } => {
            told.line(by, "WALLOPS").text(text.as_str()).end(out);
        }
        Event::UserModesSet { who, change, .. } => user_mode(told, who, change.as_str(), out),
        _ => {}
    }
}

/// Whoever was ended by an operator is told to have been.
pub fn quit(
    told: &Told<'_>,
    who: &Who,
    why: Option<&Text>,
    killed_by: Option<&Nick>,
    out: &mut String,
) {
    let why = why.map_or("", Text::as_str);
    let line = told.line(who, "QUIT");
    match killed_by {
        Some(by) => line.text(&format!("Killed ({by} ({why}))")),
        None => line.text(why),
    }
    .end(out);
}

fn user_mode(told: &Told<'_>, who: &Who, change: &str, out: &mut String) {
    let line = told.line(who, "MODE").word(who.nick.as_str());
    line.word(change).end(out);
}
