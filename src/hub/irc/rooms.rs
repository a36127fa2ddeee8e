//! The commands that are about rooms.

use chinwag_grammar::irc::Message;
use chinwag_grammar::mode;

use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{Age, LeaveAll, List, Names};
use crate::command::{invite, join, kick, leave, mode as modes, topic as topics};
use crate::model::Text;
use crate::model::room::{ModeType, RoomMode};
use crate::secret::Secret;

pub fn join(turn: &mut Turn<'_>, message: &Message<'_>) {
    let names = message.param(0).unwrap_or_default();
    if names == "0" {
        return turn.ask(Command::LeaveAll(LeaveAll), None);
    }
    let mut keys = message.param(1).unwrap_or_default().split(',');
    for name in names.split(',').filter(|name| !name.is_empty()) {
        let key = keys.next().filter(|key| !key.is_empty()).map(Secret::from);
        if let Some(room) = turn.room(name) {
            turn.ask(
                Command::Join(join::Join {
                    room,
                    key,
                    make: true,
                }),
                Some(name),
            );
        }
    }
}

pub fn part(turn: &mut Turn<'_>, message: &Message<'_>) {
    let why = message.param(1).map(Text::formatted);
    for name in message.param(0).unwrap_or_default().split(',') {
        if let Some(room) = turn.room(name) {
            let (room, why) = (Some(room), why.clone());
            turn.ask(Command::Leave(leave::Leave { room, why }), Some(name));
        }
    }
}

pub fn topic(turn: &mut Turn<'_>, message: &Message<'_>) {
    let name = message.param(0).unwrap_or_default();
    if let Some(room) = turn.room(name) {
        let text = message.param(1).map(Text::formatted);
        let room = Some(room);
        turn.ask(Command::Topic(topics::Topic { room, text }), Some(name));
    }
}

/// One room and several people, or as many rooms (RFC 2812, section 3.2.8).
pub fn kick(turn: &mut Turn<'_>, message: &Message<'_>) {
    let rooms: Vec<&str> = message.param(0).unwrap_or_default().split(',').collect();
    let why = message
        .param(2)
        .filter(|why| !why.is_empty())
        .map(Text::formatted);
    for (place, nick) in message.param(1).unwrap_or_default().split(',').enumerate() {
        let name = rooms
            .get(place)
            .or(rooms.first())
            .copied()
            .unwrap_or_default();
        let (Some(room), Some(nick)) = (turn.room(name), turn.nick(nick)) else {
            continue;
        };
        let (room, why) = (Some(room), why.clone());
        turn.ask(Command::Kick(kick::Kick { nick, room, why }), Some(name));
    }
}

pub fn invite(turn: &mut Turn<'_>, message: &Message<'_>) {
    let (nick, name) = (
        message.param(0).unwrap_or_default(),
        message.param(1).unwrap_or_default(),
    );
    if let (Some(nick), Some(room)) = (turn.nick(nick), turn.room(name)) {
        let (person, room) = (nick.to_string(), Some(room));
        turn.ask_about(
            Command::Invite(invite::Invite { nick, room }),
            name,
            &person,
        );
    }
}

pub fn names(turn: &mut Turn<'_>, message: &Message<'_>) {
    let Some(names) = message.param(0) else {
        // Everybody everywhere is no list that anybody reads.
        return turn.numeric(366, &["*"], "End of /NAMES list");
    };
    for name in names.split(',') {
        if let Some(room) = turn.room(name) {
            turn.ask(Command::Names(Names { room }), Some(name));
        }
    }
}

pub fn list(turn: &mut Turn<'_>, message: &Message<'_>) {
    let mut list = List::default();
    for word in message.param(0).unwrap_or_default().split(',') {
        condition(&mut list, word);
    }
    turn.ask(Command::List(list), None);
}

/// ELIST: a mask, a mask that leaves out, how many, how old.
fn condition(list: &mut List, word: &str) {
    let count = |word: &str| word.parse::<usize>().ok();
    let minutes = |word: &str| word.parse::<i64>().ok();
    if let Some(mask) = word.strip_prefix('!') {
        list.not.push(mask.to_ascii_lowercase());
    } else if let Some(more) = word.strip_prefix('>') {
        list.more_than = count(more);
    } else if let Some(fewer) = word.strip_prefix('<') {
        list.fewer_than = count(fewer);
    } else if let Some(over) = word.strip_prefix("C>") {
        list.created = minutes(over).map(Age::Over);
    } else if let Some(under) = word.strip_prefix("C<") {
        list.created = minutes(under).map(Age::Under);
    } else if let Some(over) = word.strip_prefix("T>") {
        list.topic = minutes(over).map(Age::Over);
    } else if let Some(under) = word.strip_prefix("T<") {
        list.topic = minutes(under).map(Age::Under);
    } else if !word.is_empty() {
        list.masks.push(word.to_ascii_lowercase());
    }
}

pub fn mode(turn: &mut Turn<'_>, message: &Message<'_>) {
    let name = message.param(0).unwrap_or_default();
    if !name.starts_with('#') {
        return super::operators::user_mode(turn, message);
    }
    let Some(room) = turn.room(name) else {
        return;
    };
    let changes = match message.param(1).map(mode::parse) {
        None => Vec::new(),
        Some(Some(changes)) => changes,
        Some(None) => {
            return turn.numeric(
                472,
                &[message.param(1).unwrap_or("?")],
                "is unknown mode char to me",
            );
        }
    };
    // `MODE #a beI` shows several lists, one after the other.
    let lists = RoomMode::letters(ModeType::List);
    let shows = message.params().len() == 2;
    if shows && changes.len() > 1 && changes.iter().all(|change| lists.contains(change.mode)) {
        for change in changes {
            let command = modes::Mode {
                room: Some(room.clone()),
                changes: vec![change],
                arguments: Vec::new(),
            };
            turn.ask(Command::Mode(command), Some(name));
        }
        return;
    }
    let command = modes::Mode {
        room: Some(room),
        changes,
        arguments: message.params().skip(2).map(str::to_owned).collect(),
    };
    turn.ask(Command::Mode(command), Some(name));
}
