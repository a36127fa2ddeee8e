//! Rows of an answer: `= …`.

use chinwag_grammar::Tag;

use super::json::{self, Object};
use super::paper::Paper;
use super::{text, told};
use crate::model::{AccountId, Event, Fact, Format, Screen};
use crate::reply::{Presence, Row};

/// A row as one line with its CRLF; what people read may have further lines.
#[must_use]
pub fn row(row: &Row, tag: Option<&Tag>, screen: &Screen) -> String {
    // What is for IRC alone has no looks here.
    if matches!(
        row,
        Row::Called { .. } | Row::Entered(_) | Row::Names(_) | Row::Numeric { .. }
    ) {
        return String::new();
    }
    if screen.format == Format::Json {
        let mut object = Object::default();
        members(&mut object, row);
        object.tag(tag);
        return object.finish();
    }
    let mut paper = Paper::row(screen);
    paper.raw("= ");
    if let Some(tag) = tag {
        paper.raw("%").raw(tag.as_str()).raw(" ");
    }
    words(paper.head(), row);
    paper.finish(false)
}

fn words(paper: &mut Paper, row: &Row) {
    match row {
        Row::Audit { at, by, door, text } => {
            paper.moment(*at).raw(" ").nick(by).raw(" (");
            paper.raw(door.as_str()).raw(") ").one_line(text.as_str())
        }
        Row::Ban {
            kind, mask, ban, ..
        } => {
            paper.raw(kind.as_str()).raw(" ").word(mask.as_str());
            paper.raw(" by ").nick(&ban.by).raw(" ").moment(ban.at);
            paper.until(ban.until).why(ban.why.as_ref())
        }
        Row::Called { .. } | Row::Entered(_) | Row::Names(_) | Row::Numeric { .. } => paper,
        Row::Certificate {
            fingerprint,
            created,
            own,
        } => {
            paper.one_line(fingerprint.as_str()).raw(" since ");
            paper
                .moment(*created)
                .raw(if *own { " (this one)" } else { "" })
        }
        Row::Code { name, code } => paper.raw(name).raw(" ").head().word(code.expose()),
        Row::HistoryTarget { name, last } => paper.one_line(name.as_str()).raw(" ").moment(*last),
        Row::Message { fact, reader } => {
            if let Some(number) = fact.number {
                paper.number(number).raw(" ");
            }
            paper.moment(fact.at).raw(" ");
            if is_tombstone(fact) {
                text::tombstone(paper, fact);
            } else {
                text::said(paper, fact, is_own(fact, *reader));
            }
            paper
        }
        Row::Monitor { nick, online } => {
            let presence = if *online { " online" } else { " offline" };
            paper.nick(nick).raw(presence)
        }
        Row::Monitored { nick } => paper.nick(nick),
        Row::Person {
            nick,
            rank,
            presence,
        } => {
            paper.nick(nick).raw(" ").raw(rank).raw(" ");
            match presence {
                Presence::Absent => paper.raw("offline"),
                Presence::Away { span, why } => {
                    paper.raw("away ").word(&span.to_string()).raw(" ");
                    paper.one_line(why.as_str())
                }
                Presence::Online => paper.raw("online"),
            }
        }
        Row::Reaction { reaction, by } => {
            paper.one_line(reaction.as_str());
            by.iter()
                .fold(paper, |paper, nick| paper.raw(" ").nick(nick))
        }
        Row::ReadMarker { target, time } => {
            paper.one_line(target.as_str()).raw(" ");
            match time {
                Some(time) => paper.moment(*time),
                None => paper.raw("*"),
            }
        }
        Row::Room {
            name,
            present,
            description,
        } => {
            paper.word(name.as_str()).raw(" ").count(*present).raw(" ");
            paper.one_line(description.as_str())
        }
        Row::ServerBan { target, ban } => {
            paper.raw(target.kind()).raw(" ").word(&target.to_string());
            paper.raw(" by ").nick(&ban.by).raw(" ").moment(ban.at);
            paper.until(ban.until).why(ban.why.as_ref())
        }
        Row::Session {
            count,
            door,
            host,
            since,
            own,
        } => {
            paper.count((*count).into()).raw(" ").raw(door.as_str());
            paper.raw(" ").one_line(host.as_str()).raw(" since ");
            paper
                .moment(*since)
                .raw(if *own { " (this one)" } else { "" })
        }
        Row::Text { text } if text.as_str().is_empty() => paper.raw(" "),
        Row::Text { text } => paper.one_line(text.as_str()),
        Row::Token {
            label,
            rooms,
            scope,
            created,
        } => {
            paper.one_line(label.as_str()).raw(" ").raw(scope.as_str());
            for room in rooms {
                paper.raw(" ").one_line(room.as_str());
            }
            paper.raw(" since ").moment(*created)
        }
        Row::Unread {
            place,
            count,
            mentions,
            since,
        } => {
            paper.one_line(place.as_str()).raw(" unread=").count(*count);
            paper.raw(" mentions=").count(*mentions);
            paper.raw(" since=").number(*since)
        }
    };
}

fn members(object: &mut Object, row: &Row) {
    match row {
        Row::Audit { at, by, door, text } => object
            .text("row", "audit")
            .time("time", *at)
            .text("from", by.as_str())
            .text("door", door.as_str())
            .text("text", text.as_str()),
        Row::Ban {
            room,
            kind,
            mask,
            ban,
        } => {
            object.text("row", kind.as_str());
            object.text("target", room.as_str());
            object.text("mask", mask.as_str());
            object.text("from", ban.by.as_str()).time("time", ban.at);
            if let Some(until) = ban.until {
                object.time("until", until);
            }
            object.text("text", ban.why.as_ref().map_or("", |why| why.as_str()))
        }
        Row::Called { .. } | Row::Entered(_) | Row::Names(_) | Row::Numeric { .. } => object,
        Row::Certificate {
            fingerprint,
            created,
            own,
        } => object
            .text("row", "certificate")
            .text("fingerprint", fingerprint.as_str())
            .time("time", *created)
            .flag("own", *own),
        Row::Code { name, code } => object
            .text("row", "code")
            .text("name", name)
            .text("code", code.expose()),
        Row::HistoryTarget { name, last } => object
            .text("row", "history-target")
            .text("target", name.as_str())
            .time("time", *last),
        Row::Message { fact, reader } => {
            object.text("row", "message");
            if let Some(told) = told::told(fact, is_own(fact, *reader)) {
                object.text("event", &told.verb.to_ascii_lowercase());
                json::fields(object, fact, &told);
            }
            if is_tombstone(fact) {
                object.flag("deleted", true);
            }
            object
        }
        Row::Monitor { nick, online } => object
            .text("row", "monitor")
            .text("name", nick.as_str())
            .flag("online", *online),
        Row::Monitored { nick } => object.text("row", "monitored").text("name", nick.as_str()),
        Row::Person {
            nick,
            rank,
            presence,
        } => {
            object.text("row", "person").text("name", nick.as_str());
            object.text("rank", rank);
            match presence {
                Presence::Absent => object.text("presence", "offline"),
                Presence::Away { span, why } => object
                    .text("presence", "away")
                    .count("seconds", span.secs())
                    .text("text", why.as_str()),
                Presence::Online => object.text("presence", "online"),
            }
        }
        Row::Reaction { reaction, by } => object
            .text("row", "reaction")
            .text("text", reaction.as_str())
            .list("by", by.iter().map(|nick| nick.as_str())),
        Row::ReadMarker { target, time } => {
            object.text("row", "read-marker");
            object.text("target", target.as_str());
            if let Some(time) = time {
                object.time("time", *time);
            }
            object
        }
        Row::Room {
            name,
            present,
            description,
        } => object
            .text("row", "room")
            .text("name", name.as_str())
            .count("present", *present)
            .text("text", description.as_str()),
        Row::ServerBan { target, ban } => {
            object.text("row", "server-ban").text("kind", target.kind());
            object.text("mask", &target.to_string());
            object.text("from", ban.by.as_str()).time("time", ban.at);
            if let Some(until) = ban.until {
                object.time("until", until);
            }
            object.text("text", ban.why.as_ref().map_or("", |why| why.as_str()))
        }
        Row::Session {
            count,
            door,
            host,
            since,
            own,
        } => object
            .text("row", "session")
            .count("count", (*count).into())
            .text("door", door.as_str())
            .text("host", host.as_str())
            .time("time", *since)
            .flag("own", *own),
        Row::Text { text } => object.text("row", "text").text("text", text.as_str()),
        Row::Token {
            label,
            rooms,
            scope,
            created,
        } => object
            .text("row", "token")
            .text("name", label.as_str())
            .text("scope", scope.as_str())
            .list("rooms", rooms.iter().map(|room| room.as_str()))
            .time("time", *created),
        Row::Unread {
            place,
            count,
            mentions,
            since,
        } => object
            .text("row", "unread")
            .text("target", place.as_str())
            .count("count", *count)
            .count("mentions", *mentions)
            .number("since", *since),
    };
}

fn is_own(fact: &Fact, reader: Option<AccountId>) -> bool {
    let actor = fact.event.actor();
    reader.is_some() && actor.and_then(|who| who.account) == reader
}

/// Whether a message was removed that stood in this place: a deletion with the number of the message itself, or a
/// message without its text, which nobody can send.
fn is_tombstone(fact: &Fact) -> bool {
    match &fact.event {
        Event::Deleted { message, .. } => fact.number == Some(*message),
        Event::Said { text, .. } => text.is_blank(),
        _ => false,
    }
}
