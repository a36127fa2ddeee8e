//! Lines that answer nothing: the greeting, prompts, notes for people, and what a slow reader lost.

use std::fmt::Write;

use chinwag_grammar::{Number, Span, Time};

use super::json::Object;
use super::paper::Paper;
use super::{letters, stamp, wrap};
use crate::effect::Note;
use crate::model::{Event, Fact, Format, Screen};
use crate::reply::{Row, noun};

/// The first line, and a second one where anybody could listen.
#[must_use]
pub fn greeting(server_name: &str, people: usize, encrypted_or_local: bool) -> String {
    let mut out = String::from("+OK chinwag at ");
    letters::push(&mut out, server_name);
    let people = u64::try_from(people).unwrap_or(u64::MAX);
    out.push_str(": ");
    letters::push_number(&mut out, people);
    out.push(' ');
    out.push_str(noun(people, "person", "people"));
    out.push_str(" here. HELP, or: REGISTER name / LOGIN name\r\n");
    if !encrypted_or_local {
        out.push_str(
            " This connection is not encrypted. Better: openssl s_client -quiet -connect ",
        );
        letters::push(&mut out, server_name);
        out.push_str(":6697.\r\n");
    }
    out
}

/// Asks for one raw line; on a screen, what is typed then is not shown.
#[must_use]
pub fn prompt(text: &str, screen: &Screen) -> String {
    if screen.format == Format::Json {
        let mut object = Object::default();
        object.text("prompt", text);
        return object.finish();
    }
    let mut out = String::from(">");
    letters::push(&mut out, text);
    if screen.format == Format::Text {
        out.push_str("\x1b[8m");
    }
    out.push_str("\r\n");
    out
}

/// Wipes the line that was typed and shows again what is typed; only a screen needs it.
#[must_use]
pub fn after_prompt(screen: &Screen) -> Option<String> {
    // One line up, all of it erased, attributes reset: the space first keeps it a human line.
    (screen.format == Format::Text).then(|| " \x1b[A\x1b[2K\x1b[0m\r\n".to_owned())
}

/// A line for people, or several; nothing for programs, but why their session was ended.
#[must_use]
pub fn note(note: &Note, screen: &Screen) -> Option<String> {
    let ended;
    let text = match note {
        Note::Banned { until, at } => {
            ended = format!("You are banned from this server {until}");
            if screen.format != Format::Text {
                return Some(notice(&ended, *at, screen));
            }
            &ended
        }
        Note::ChangePassword => {
            "Your password is the one every new server begins with: PASSWD changes it."
        }
        Note::Cleartext => {
            "Your password went over an unencrypted line. Use TLS next time, as the greeting says."
        }
        Note::Ended { because, at } => {
            ended = format!("This session was ended from elsewhere{because}");
            if screen.format != Format::Text {
                return Some(notice(&ended, *at, screen));
            }
            &ended
        }
        Note::Killed { why, at, .. } => {
            let because = format!(": {why}").into();
            return self::note(&Note::Ended { because, at: *at }, screen);
        }
        Note::Motd(text) => text.as_str(),
        // IRC alone shows it.
        Note::Row(_) => return None,
        Note::Tip => "Tip: Ctrl-R shows what you were typing.",
    };
    if screen.format != Format::Text {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split('\n') {
        out.push(' ');
        letters::push(&mut out, line);
        out.push_str("\r\n");
    }
    Some(wrap::wrapped(out, 0, screen.width))
}

/// Why whoever does not log in is let go.
#[must_use]
pub fn too_late(patience: Span, at: Time, screen: &Screen) -> String {
    let words = format!("Nobody logged in here within {patience}, so this connection ends");
    if screen.format == Format::Text {
        return wrap::wrapped(format!(" {words}.\r\n"), 0, screen.width);
    }
    notice(&words, at, screen)
}

/// What the server has to say to a program, as an event.
fn notice(text: &str, at: Time, screen: &Screen) -> String {
    if screen.format == Format::Json {
        let mut object = Object::default();
        object.text("event", "notify").time("time", at);
        object.text("text", text);
        return object.finish();
    }
    let mut out = String::from("~ NOTIFY - - ");
    stamp::iso(&mut out, at);
    out.push_str(" - :");
    letters::push_escaped(&mut out, text);
    out.push_str("\r\n");
    out
}

/// What is unread, in one line for people, and a line for each thing about themselves; nothing for programs, or where
/// nothing is.
#[must_use]
pub fn unread_note(rows: &[Row], screen: &Screen) -> Option<String> {
    if screen.format != Format::Text {
        return None;
    }
    let mut out = String::new();
    for row in rows {
        let Row::Unread {
            place,
            count,
            mentions,
            ..
        } = row
        else {
            continue;
        };
        let of_room = place.as_str().starts_with('#');
        let (begins, from) = match (out.is_empty(), of_room) {
            (true, true) => (" ", " new in "),
            (true, false) => (" ", " new from "),
            (false, true) => (", ", " in "),
            (false, false) => (", ", " from "),
        };
        out.push_str(begins);
        letters::push_number(&mut out, *count);
        out.push_str(from);
        letters::push(&mut out, place.as_str());
        let mention = noun(*mentions, "mentions", "mention");
        if of_room && *mentions > 0 {
            write!(out, " ({mentions} {mention} you)").expect("a String takes everything");
        }
    }
    if !out.is_empty() {
        out.push_str(". UNREAD shows them.\r\n");
        out = wrap::wrapped(out, 0, screen.width);
    }
    for row in rows {
        if let Row::Message { fact, .. } = row {
            about_you(&mut out, fact, screen);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// ` You were invited to #ops by alice.`
fn about_you(out: &mut String, fact: &Fact, screen: &Screen) {
    let mut paper = Paper::screen(screen);
    match &fact.event {
        Event::Blocked { by, block, .. } => paper
            .raw(" You were blocked by ")
            .nick(&by.nick)
            .until(block.until)
            .why(block.why.as_ref()),
        Event::Invited { room, by, .. } => paper
            .raw(" You were invited to ")
            .word(room.name.as_str())
            .raw(" by ")
            .nick(&by.nick),
        Event::Kicked { room, by, why, .. } => paper
            .raw(" You were kicked from ")
            .word(room.name.as_str())
            .raw(" by ")
            .nick(&by.nick)
            .why(why.as_ref()),
        Event::RoleSet { by, role, .. } => paper
            .raw(" Your role is now ")
            .raw(role.as_str())
            .raw(", set by ")
            .nick(&by.nick),
        _ => return,
    };
    paper.raw(".");
    out.push_str(&paper.finish(false));
}

/// What a slow reader lost.
#[must_use]
pub fn lost(count: u64, since: Number, screen: &Screen) -> String {
    match screen.format {
        Format::Json => {
            let mut object = Object::default();
            object.text("event", "lost").count("count", count);
            object.number("since", since);
            object.finish()
        }
        Format::Line => format!("~ LOST {count} since={since}\r\n"),
        Format::Text => {
            let lines = noun(count, "line was", "lines were");
            let words = format!(
                " {count} {lines} not shown, because this connection reads too slowly. LOGIN name password SINCE {since} shows them.\r\n"
            );
            wrap::wrapped(words, 0, screen.width)
        }
    }
}
