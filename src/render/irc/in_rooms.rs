//! What happens to rooms and in them, as lines.

use super::event::{Told, with_why};
use super::line::Line;
use crate::hub::caps::Cap;
use crate::model::{BanKind, Event, Modes, Ranks, RoomRef, Text, Who};
use crate::render::IrcClass;

/// What happens to rooms and in them.
pub fn in_rooms(told: &Told<'_>, event: &Event, class: &IrcClass, out: &mut String) {
    match event {
        Event::Banned {
            room,
            by,
            kind,
            mask,
            ..
        } => {
            let (change, mask) = listed('+', *kind, mask.as_str());
            mode(told, by, room, &change, &[&mask], out);
        }
        Event::Cleared { room, by } => {
            let words = format!("{} removed the history of {}", by.nick, room.name);
            told.server_notice(room.name.as_str(), &words, out);
        }
        Event::Joined { room, who, ranks } => joined(told, room, who, *ranks, out),
        Event::Online { who, rooms, .. } => {
            if let Some((room, ranks)) = rooms.iter().find(|(room, _)| Some(room.id) == class.room)
            {
                joined(told, room, who, *ranks, out);
            }
        }
        Event::Kicked { room, who, by, why } => {
            let why = why.as_ref().map_or(by.nick.as_str(), Text::as_str);
            told.line(by, "KICK")
                .word(room.name.as_str())
                .word(who.nick.as_str())
                .text(why)
                .end(out);
        }
        // Whoever is gone has quit every room at once.
        Event::Left { gone: true, .. } => {}
        Event::Left { room, who, why, .. } => {
            let line = told.line(who, "PART").word(room.name.as_str());
            with_why(line, why.as_ref()).end(out);
        }
        Event::ModesSet {
            room,
            by,
            modes,
            change,
        } => {
            let arguments = arguments(change, modes);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            mode(told, by, room, change.as_str(), &arguments, out);
        }
        Event::Ranked {
            room,
            who,
            by,
            rank,
            given,
        } => {
            let sign = if *given { '+' } else { '-' };
            let change = format!("{sign}{}", rank.letter());
            mode(told, by, room, &change, &[who.nick.as_str()], out);
        }
        Event::RoomDropped { room, .. } => Line::new()
            .time(told.at, told.caps)
            .says(told.server.name, "KICK")
            .word(room.name.as_str())
            .word(told.me)
            .text("the room was removed")
            .end(out),
        Event::RoomRenamed { room, by, name } => renamed(told, room, by, name.as_str(), out),
        Event::TopicSet { room, by, text } => told
            .line(by, "TOPIC")
            .word(room.name.as_str())
            .text(text.as_str())
            .end(out),
        Event::Unbanned {
            room,
            by,
            kind,
            mask,
        } => {
            let (change, mask) = listed('-', *kind, mask.as_str());
            mode(told, by, room, &change, &[&mask], out);
        }
        _ => {}
    }
}

/// extended-join tells the account and the real name, which is the name here.
fn joined(told: &Told<'_>, room: &RoomRef, who: &Who, ranks: Ranks, out: &mut String) {
    let line = told.line(who, "JOIN").word(room.name.as_str());
    if told.caps.has(Cap::ExtendedJoin) {
        let account = who.account.map_or("*", |_| who.nick.as_str());
        line.word(account).text(told.real_name).end(out);
    } else {
        line.end(out);
    }
    // What they are there shows in nothing but a mode.
    if ranks != Ranks::NONE {
        let line = Line::new()
            .time(told.at, told.caps)
            .says(told.server.name, "MODE");
        let line = line.word(room.name.as_str()).word(&format!("+{ranks}"));
        ranks
            .iter()
            .fold(line, |line, _| line.word(who.nick.as_str()))
            .end(out);
    }
}

fn mode(
    told: &Told<'_>,
    by: &Who,
    room: &RoomRef,
    change: &str,
    arguments: &[&str],
    out: &mut String,
) {
    let line = told.line(by, "MODE").word(room.name.as_str()).word(change);
    arguments
        .iter()
        .fold(line, |line, argument| line.word(argument))
        .end(out);
}

/// draft/channel-rename, or leaving and joining for those who do not know it.
fn renamed(told: &Told<'_>, room: &RoomRef, by: &Who, name: &str, out: &mut String) {
    if told.caps.has(Cap::ChannelRename) {
        told.line(by, "RENAME")
            .word(room.name.as_str())
            .word(name)
            .text("")
            .end(out);
        return;
    }
    let words = format!("the room is now called {name}");
    Line::new()
        .time(told.at, told.caps)
        .says(told.server.name, "KICK")
        .word(room.name.as_str())
        .word(told.me)
        .text(&words)
        .end(out);
}

/// The letter of a list and what stands in it: a mute is an extended ban.
fn listed(sign: char, kind: BanKind, mask: &str) -> (String, String) {
    match kind {
        BanKind::Mute => (format!("{sign}b"), format!("m:{mask}")),
        BanKind::Ban | BanKind::Exception | BanKind::Invitation => {
            (format!("{sign}{}", kind.letter()), mask.to_owned())
        }
    }
}

/// What the letters of a change take along: the key, which a history does not know any more, and the limit.
fn arguments(change: &Text, modes: &Modes) -> Vec<String> {
    let mut is_given = true;
    let mut arguments = Vec::new();
    for found in change.as_str().chars() {
        match found {
            '+' => is_given = true,
            '-' => is_given = false,
            'k' if is_given => arguments.push(modes.key.clone().unwrap_or_else(|| "*".to_owned())),
            'k' => arguments.push("*".to_owned()),
            'f' if is_given => {
                let flood = modes
                    .flood
                    .map(|flood| format!("{}:{}", flood.lines, flood.seconds));
                arguments.extend(flood);
            }
            'l' if is_given => arguments.extend(modes.limit.map(|limit| limit.to_string())),
            _ => {}
        }
    }
    arguments
}
