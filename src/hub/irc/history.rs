//! The commands that are about what was said before: CHATHISTORY, MARKREAD, REDACT, SEARCH; and MONITOR.

use chinwag_grammar::irc::Message;
use chinwag_grammar::plain::Target;
use chinwag_grammar::{Nick, Number, RoomName, Time};

use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{ChatHistory, ChatHistoryTargets, MarkRead, Monitor, SearchIrc};
use crate::effect::{Bound, Range};
use crate::hub::caps::Cap;
use crate::model::Text;

/// draft/chathistory.
pub fn chathistory(turn: &mut Turn<'_>, message: &Message<'_>) {
    let what = message.param(0).unwrap_or_default().to_ascii_uppercase();
    match asked_for(&what, message, turn.irc.caps.has(Cap::EventPlayback)) {
        Ok((command, target)) => turn.ask(command, Some(&target)),
        Err(words) => turn.fail("CHATHISTORY", "INVALID_PARAMS", &[&what], words),
    }
}

fn asked_for(
    what: &str,
    message: &Message<'_>,
    events: bool,
) -> Result<(Command, String), &'static str> {
    let param = |place| {
        message
            .param(place)
            .ok_or("that command takes more parameters")
    };
    if what == "TARGETS" {
        let (from, to) = (time(param(1)?), time(param(2)?));
        let (from, to) = from.zip(to).ok_or("TARGETS takes two timestamps")?;
        let limit = limit(param(3)?)?;
        let command = ChatHistoryTargets { from, to, limit };
        return Ok((Command::ChatHistoryTargets(command), "TARGETS".to_owned()));
    }
    let target = target(param(1)?).ok_or("that is neither a channel nor a nick")?;
    let reference = |place| bound(param(place)?).ok_or("that is no msgid= and no timestamp=");
    let (range, limits) = match what {
        "AFTER" => (Range::After(reference(2)?), 3),
        "AROUND" => (Range::Around(reference(2)?), 3),
        "BEFORE" => (Range::Before(reference(2)?), 3),
        "BETWEEN" => (Range::Between(reference(2)?, reference(3)?), 4),
        "LATEST" if param(2)? == "*" => (Range::Latest(None), 3),
        "LATEST" => (Range::Latest(Some(reference(2)?)), 3),
        _ => return Err("there is AFTER, AROUND, BEFORE, BETWEEN, LATEST and TARGETS"),
    };
    let limit = limit(param(limits)?)?;
    let command = ChatHistory {
        target,
        range,
        limit,
        events,
    };
    Ok((Command::ChatHistory(command), param(1)?.to_owned()))
}

/// draft/read-marker.
pub fn markread(turn: &mut Turn<'_>, message: &Message<'_>) {
    let name = message.param(0).unwrap_or_default();
    let given = message.param(1);
    let set = given.map(time);
    match (target(name), set) {
        (None, _) => turn.fail("MARKREAD", "INVALID_PARAMS", &[name], "that is no target"),
        (Some(_), Some(None)) => turn.fail(
            "MARKREAD",
            "INVALID_PARAMS",
            &[name],
            "the marker is timestamp= and a time",
        ),
        (Some(target), set) => {
            let command = MarkRead {
                target,
                time: set.flatten(),
            };
            turn.ask(Command::MarkRead(command), Some(name));
        }
    }
}

/// draft/message-redaction: the msgid is the number.
pub fn redact(turn: &mut Turn<'_>, message: &Message<'_>) {
    let (name, msgid) = (
        message.param(0).unwrap_or_default(),
        message.param(1).unwrap_or_default(),
    );
    match number(msgid) {
        Some(number) => {
            let why = message
                .param(2)
                .filter(|why| !why.is_empty())
                .map(Text::formatted);
            turn.ask(Command::delete(number, why), Some(name));
        }
        None => turn.fail(
            "REDACT",
            "UNKNOWN_MSGID",
            &[name, msgid],
            "there is no such message",
        ),
    }
}

/// soju.im/search, with that capability; else as in netcat.
pub fn search(turn: &mut Turn<'_>, message: &Message<'_>) {
    if !turn.irc.caps.has(Cap::Search) {
        turn.own(message);
        return;
    }
    let mut search = SearchIrc {
        within: None,
        from: None,
        after: None,
        before: None,
        text: None,
        limit: None,
    };
    let attributes = chinwag_grammar::irc::attributes(message.param(0).unwrap_or_default());
    let Ok(attributes) = attributes else {
        return turn.fail(
            "SEARCH",
            "INVALID_PARAMS",
            &[],
            "attributes are key=value;…",
        );
    };
    for (key, value) in attributes {
        let is_right = match key {
            "after" => Time::parse(&value)
                .map(|time| search.after = Some(time))
                .is_some(),
            "before" => Time::parse(&value)
                .map(|time| search.before = Some(time))
                .is_some(),
            "from" => Nick::parse(&value)
                .map(|nick| search.from = Some(nick))
                .is_ok(),
            "in" => target(&value)
                .map(|target| search.within = Some(target))
                .is_some(),
            "limit" => value
                .parse()
                .map(|limit| search.limit = Some(limit))
                .is_ok(),
            "text" => {
                search.text = Some(value.as_ref().into());
                true
            }
            _ => true,
        };
        if !is_right {
            return turn.fail("SEARCH", "INVALID_PARAMS", &[key], "that is no value of it");
        }
    }
    turn.ask(Command::SearchIrc(search), None);
}

/// MONITOR + - C L S.
pub fn monitor(turn: &mut Turn<'_>, message: &Message<'_>) {
    let nicks = message.param(1).unwrap_or_default().split(',');
    let nicks = nicks.filter_map(|nick| Nick::parse(nick).ok()).collect();
    let command = match message.param(0).unwrap_or_default() {
        "+" => Monitor::Add(nicks),
        "-" => Monitor::Remove(nicks),
        "C" | "c" => Monitor::Clear,
        "L" | "l" => Monitor::List,
        "S" | "s" => Monitor::Status,
        _ => return turn.notice("MONITOR takes + - C L S"),
    };
    turn.ask(Command::Monitor(command), None);
}

fn target(name: &str) -> Option<Target> {
    let room = RoomName::parse(name).ok().map(Target::Room);
    room.or_else(|| Nick::parse(name).ok().map(Target::Nick))
}

fn bound(reference: &str) -> Option<Bound> {
    match reference.split_once('=')? {
        ("msgid", msgid) => number(msgid).map(Bound::Number),
        ("timestamp", time) => Time::parse(time).map(Bound::Time),
        _ => None,
    }
}

fn time(reference: &str) -> Option<Time> {
    Time::parse(reference.strip_prefix("timestamp=")?)
}

fn number(msgid: &str) -> Option<Number> {
    Number::new(msgid.parse().ok()?)
}

fn limit(word: &str) -> Result<usize, &'static str> {
    word.parse().map_err(|_| "the limit is a number")
}
