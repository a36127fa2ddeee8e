//! Rows of an answer: numerics as they are, rooms that are entered, and everything else as notices; and notes.

use chinwag_grammar::{Mask, RoomName};

use super::answer::{To, notice};
use super::line::{Line, numeric};
use crate::effect::Note;
use crate::hub::caps::Cap;
use crate::model::{Ban, BanKind, Rank, Ranks, Screen};
use crate::render::plain;
use crate::reply::{Entered, Named, Row};

/// A numeric with names has at most so many bytes.
const NAMES_BYTES: usize = 320;

/// The lines of a row.
#[must_use]
pub fn row(row: &Row, to: To<'_>) -> String {
    match row {
        Row::Ban {
            room,
            kind,
            mask,
            ban,
        } => listed(*kind, (room, mask), ban, to),
        Row::Called { .. } => String::new(),
        Row::Entered(entered) => enter(entered, to),
        Row::HistoryTarget { name, last } => says(to, "CHATHISTORY")
            .word("TARGETS")
            .word(name.as_str())
            .word(&last.to_string())
            .ended(),
        Row::Monitor { nick, online } => {
            let code = if *online { 730 } else { 731 };
            number(to, code).text(nick.as_str()).ended()
        }
        Row::Monitored { nick } => number(to, 732).text(nick.as_str()).ended(),
        Row::Names(entered) => names(entered, to),
        Row::Numeric { code, words, text } => {
            let line = numeric(to.server.name, *code, to.me);
            let line = words
                .iter()
                .fold(line, |line, word| line.word(word.as_str()));
            match text {
                Some(text) => line.text(text.as_str()).ended(),
                None => line.ended(),
            }
        }
        // Who did not ask for markers has not asked for this one.
        Row::ReadMarker { .. } if !to.caps.has(Cap::ReadMarker) => String::new(),
        Row::ReadMarker { target, time } => {
            let time = time.map_or_else(|| "*".to_owned(), |time| format!("timestamp={time}"));
            says(to, "MARKREAD")
                .word(target.as_str())
                .word(&time)
                .ended()
        }
        Row::Audit { .. }
        | Row::Certificate { .. }
        | Row::Code { .. }
        | Row::Message { .. }
        | Row::Person { .. }
        | Row::Reaction { .. }
        | Row::Room { .. }
        | Row::ServerBan { .. }
        | Row::Session { .. }
        | Row::Text { .. }
        | Row::Token { .. }
        | Row::Unread { .. } => in_words(row, to),
    }
}

fn says(to: To<'_>, command: &str) -> Line {
    Line::new().says(to.server.name, command)
}

fn number(to: To<'_>, code: u16) -> Line {
    numeric(to.server.name, code, to.me)
}

/// A line for people.
#[must_use]
pub fn note(note: &Note, to: To<'_>) -> String {
    match note {
        Note::Banned { until, .. } => {
            let line = numeric(to.server.name, 465, to.me);
            line.text(&format!("You are banned from this server {until}"))
                .ended()
        }
        Note::ChangePassword => notice(
            to,
            "Your password is the one every new server begins with: PASSWD old new changes it.",
        ),
        Note::Cleartext => notice(
            to,
            "Your password went over an unencrypted line. Use TLS next time.",
        ),
        Note::Ended { because, .. } => notice(
            to,
            &format!("This session was ended from elsewhere{because}"),
        ),
        Note::Killed { by, why, .. } => Line::new()
            .says(by.as_str(), "KILL")
            .word(to.me)
            .text(why.as_str())
            .ended(),
        Note::Row(entered) => row(entered, to),
        // The message of the day has its numerics, and the tip is for terminals.
        Note::Motd(_) | Note::Tip => String::new(),
    }
}

/// An entry of a list of MODE, with who set it and when.
fn listed(kind: BanKind, (room, mask): (&RoomName, &Mask), ban: &Ban, to: To<'_>) -> String {
    let (code, mask) = match kind {
        BanKind::Ban => (367, mask.to_string()),
        BanKind::Mute => (367, format!("m:{mask}")),
        BanKind::Exception => (348, mask.to_string()),
        BanKind::Invitation => (346, mask.to_string()),
    };
    let seconds = (ban.at.millis() / 1_000).to_string();
    let line = number(to, code).word(room.as_str()).word(&mask);
    line.word(ban.by.as_str()).word(&seconds).ended()
}

/// As it is read in netcat, a notice a line.
fn in_words(row: &Row, to: To<'_>) -> String {
    let shown = plain::row(row, None, &Screen::default());
    let lines = shown.lines().map(|line| {
        let line = line.strip_prefix("= ").unwrap_or(line);
        notice(to, line.strip_prefix(" | ").unwrap_or(line))
    });
    lines.collect()
}

/// A room that is entered: the joining, the topic, who is there (modern IRC, JOIN).
fn enter(entered: &Entered, to: To<'_>) -> String {
    let who = &entered.who;
    let room = entered.room.name.as_str();
    let line = Line::new().time(entered.at, to.caps);
    let line = line.account(who.account.map(|_| who.nick.as_str()), to.caps);
    let line = line.says(&who.hostmask(), "JOIN").word(room);
    let mut out = if to.caps.has(Cap::ExtendedJoin) {
        let account = who.account.map_or("*", |_| who.nick.as_str());
        line.word(account).text(entered.real_name.as_str()).ended()
    } else {
        line.ended()
    };
    if let Some(topic) = &entered.topic {
        let number = |code| numeric(to.server.name, code, to.me).word(room);
        number(332).text(topic.text.as_str()).end(&mut out);
        let seconds = (topic.at.millis() / 1_000).to_string();
        number(333)
            .word(topic.by.as_str())
            .word(&seconds)
            .end(&mut out);
    }
    if !to.caps.has(Cap::NoImplicitNames) {
        out.push_str(&names(entered, to));
    }
    out
}

/// 353, as many as are needed, and 366.
fn names(entered: &Entered, to: To<'_>) -> String {
    let room = entered.room.name.as_str();
    let sign = if entered.is_hidden { "@" } else { "=" };
    let mut out = String::new();
    let mut shown = String::new();
    let mut flush = |shown: &mut String| {
        if !shown.is_empty() {
            let line = numeric(to.server.name, 353, to.me).word(sign).word(room);
            line.text(shown.trim_end()).end(&mut out);
            shown.clear();
        }
    };
    for person in &entered.people {
        let name = name(person, to);
        if shown.len() + name.len() > NAMES_BYTES {
            flush(&mut shown);
        }
        shown.push_str(&name);
        shown.push(' ');
    }
    flush(&mut shown);
    let line = numeric(to.server.name, 366, to.me).word(room);
    line.text("End of /NAMES list").end(&mut out);
    out
}

fn name(person: &Named, to: To<'_>) -> String {
    let mut name = prefixes(person.ranks, to.caps.has(Cap::MultiPrefix));
    let who = &person.who;
    name.push_str(who.nick.as_str());
    if to.caps.has(Cap::UserhostInNames) {
        name.push_str(&format!("!{}@{}", who.user(), who.host()));
    }
    name
}

/// The signs of ranks, the highest first; without multi-prefix, that one alone.
fn prefixes(ranks: Ranks, all: bool) -> String {
    let signs = ranks.iter().map(Rank::prefix);
    signs.take(if all { Rank::ALL.len() } else { 1 }).collect()
}
