//! What happened, as lines for those who hear it.

use chinwag_grammar::{Number, Time};

use super::operators;
use super::said::{self, Said};
use super::{Scene, Server, addressed, line::Line};
use crate::hub::caps::{Cap, Caps};
use crate::hub::index::Listener;
use crate::model::{BanKind, Event, Fact, Modes, Ranks, RoomRef, Spot, Text, Who};
use crate::render::IrcClass;

/// What every line of a fact has in common.
pub struct Told<'a> {
    pub caps: Caps,
    pub number: Option<Number>,
    pub at: Time,
    pub server: Server<'a>,
    /// What whoever it is about calls themselves in full.
    pub real_name: &'a str,
    /// Whom it is told to, where it is for one listener alone.
    pub me: &'a str,
    /// Whoever did it is a program.
    pub by_bot: bool,
}

/// `nick!user@host`.
#[must_use]
pub fn source(who: &Who) -> String {
    who.hostmask()
}

/// A fact as whole lines with their CRLF; nothing where it has no looks.
#[must_use]
pub fn event(fact: &Fact, class: &IrcClass, listener: &Listener, scene: Scene<'_>) -> String {
    let told = Told {
        caps: class.caps,
        number: fact.number,
        at: fact.at,
        server: scene.server,
        real_name: scene.real_name,
        me: addressed(listener.nick.as_ref()),
        by_bot: scene.by_bot,
    };
    let mut out = String::new();
    in_rooms(&told, &fact.event, class, &mut out);
    among_people(&told, &fact.event, &mut out);
    operators::of_operators(&told, &fact.event, &mut out);
    out
}

/// What happens to rooms and in them.
fn in_rooms(told: &Told<'_>, event: &Event, class: &IrcClass, out: &mut String) {
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

/// What people say, and what is about them.
fn among_people(told: &Told<'_>, event: &Event, out: &mut String) {
    match event {
        Event::Blocked { who, by, .. } => {
            told.notice(&format!("{} blocked {}", by.nick, who.nick), out);
        }
        Event::CameBack { who } => told.line(who, "AWAY").end(out),
        Event::Deleted {
            spot,
            by,
            message,
            author,
            why,
        } => deleted(told, spot, by, *message, author.as_str(), why.as_ref(), out),
        Event::Invited { room, who, by } => told
            .line(by, "INVITE")
            .word(who.nick.as_str())
            .word(room.name.as_str())
            .end(out),
        Event::Offline {
            who,
            why,
            killed_by,
            ..
        } => operators::quit(told, who, why.as_ref(), killed_by.as_ref(), out),
        Event::Reacted {
            spot,
            by,
            message,
            reaction,
            added,
        } => reacted(told, spot, by, *message, reaction, *added, out),
        Event::RealNamed {
            who: Some(who),
            name,
            ..
        } => told.line(who, "SETNAME").text(name.as_str()).end(out),
        Event::RoleSet { who, by, role } => {
            let words = format!("{} made {} {}", by.nick, who.nick, role.as_str());
            told.notice(&words, out);
        }
        Event::Said {
            spot,
            by,
            speech,
            reply_to,
            tags,
            text,
        } => {
            let reply = reply_to.map(|number| ("+draft/reply", number.to_string()));
            let others = tags
                .iter()
                .map(|(key, value)| (key.as_str(), value.to_string()));
            let said = Said {
                by,
                spot,
                speech: *speech,
                text: text.as_str(),
                tags: reply.into_iter().chain(others).collect(),
            };
            said::said(told, &said, out);
        }
        Event::ShuttingDown { why } => {
            let words = if why.is_blank() {
                "the server ends"
            } else {
                why.as_str()
            };
            told.notice(words, out);
        }
        Event::Signalled { spot, by, signal } => {
            super::said::signalled(told, spot, by, signal, out);
        }
        Event::Unblocked { who, by } => {
            told.notice(&format!("{} unblocked {}", by.nick, who.nick), out);
        }
        Event::WentAway { who, why } => told.line(who, "AWAY").text(why.as_str()).end(out),
        _ => {}
    }
}

impl Told<'_> {
    /// A line of somebody's, with the tags that every one has.
    pub fn line(&self, who: &Who, command: &str) -> Line {
        Line::new()
            .msgid(self.number, self.caps)
            .time(self.at, self.caps)
            .account(who.account.map(|_| who.nick.as_str()), self.caps)
            .bot(self.by_bot, self.caps)
            .says(&source(who), command)
    }

    fn notice(&self, words: &str, out: &mut String) {
        self.server_notice(self.me, words, out);
    }

    fn server_notice(&self, target: &str, words: &str, out: &mut String) {
        Line::new()
            .time(self.at, self.caps)
            .says(self.server.name, "NOTICE")
            .word(target)
            .text(words)
            .end(out);
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

/// draft/message-redaction, or words that say the same.
fn deleted(
    told: &Told<'_>,
    spot: &Spot,
    by: &Who,
    message: Number,
    author: &str,
    why: Option<&Text>,
    out: &mut String,
) {
    let target = said::target(spot);
    if told.caps.has(Cap::MessageRedaction) {
        let line = told
            .line(by, "REDACT")
            .word(&target)
            .word(&message.to_string());
        with_why(line, why).end(out);
        return;
    }
    let why = why.map_or_else(String::new, |why| format!(": {why}"));
    let words = format!(
        "message {message} by {author} was deleted by {}{why}",
        by.nick
    );
    told.server_notice(&target, &words, out);
}

/// A reaction is a message of tags alone (draft/react); without tags there is nothing to show.
fn reacted(
    told: &Told<'_>,
    spot: &Spot,
    by: &Who,
    message: Number,
    reaction: &Text,
    added: bool,
    out: &mut String,
) {
    if !told.caps.has(Cap::MessageTags) {
        return;
    }
    let key = if added {
        "+draft/react"
    } else {
        "+draft/unreact"
    };
    Line::new()
        .msgid(told.number, told.caps)
        .time(told.at, told.caps)
        .account(by.account.map(|_| by.nick.as_str()), told.caps)
        .bot(told.by_bot, told.caps)
        .tag("+draft/reply", &message.to_string())
        .tag(key, reaction.as_str())
        .says(&source(by), "TAGMSG")
        .word(&said::target(spot))
        .end(out);
}

fn with_why(line: Line, why: Option<&Text>) -> Line {
    match why {
        Some(why) => line.text(why.as_str()),
        None => line,
    }
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
