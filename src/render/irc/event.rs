//! What happened, as lines for those who hear it.

use chinwag_grammar::{Number, Time};

use super::in_rooms::in_rooms;
use super::operators;
use super::said::{self, Said};
use super::{Scene, Server, addressed, line::Line};
use crate::hub::caps::{Cap, Caps};
use crate::hub::index::Listener;
use crate::model::{Event, Fact, Spot, Text, Who};
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
    if class.watched {
        watched(&told, &fact.event, &mut out);
        return out;
    }
    in_rooms(&told, &fact.event, class, &mut out);
    among_people(&told, &fact.event, &mut out);
    operators::of_operators(&told, &fact.event, &mut out);
    out
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
        Event::ReadMarked { marks, .. } => {
            for mark in marks.iter().filter(|mark| !mark.name.is_blank()) {
                Line::new()
                    .says(told.server.name, "MARKREAD")
                    .word(mark.name.as_str())
                    .word(&format!("timestamp={}", mark.mark.at))
                    .end(out);
            }
        }
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
        // in_rooms.rs and operators.rs say these.
        Event::Banned { .. }
        | Event::Cleared { .. }
        | Event::Joined { .. }
        | Event::Kicked { .. }
        | Event::Left { .. }
        | Event::ModesSet { .. }
        | Event::Online { .. }
        | Event::OperatorsTold { .. }
        | Event::Opered { .. }
        | Event::Ranked { .. }
        | Event::RoomDropped { .. }
        | Event::RoomRenamed { .. }
        | Event::TopicSet { .. }
        | Event::Unbanned { .. }
        | Event::UserModesSet { .. } => {}
        // These are no lines: what they change shows elsewhere, or nowhere.
        Event::AccountDeleted { .. }
        | Event::Admitted { .. }
        | Event::Audited { .. }
        | Event::Authenticated { .. }
        | Event::CertificateAdded { .. }
        | Event::CertificateRemoved { .. }
        | Event::ClearOffered { .. }
        | Event::Configured { .. }
        | Event::Connected { .. }
        | Event::Disconnected { .. }
        | Event::EmailSet { .. }
        | Event::Expired { .. }
        | Event::FormatChosen { .. }
        | Event::GuestEntered { .. }
        | Event::Ignored { .. }
        | Event::InvitationMade { .. }
        | Event::InvitationUsed { .. }
        | Event::LoggedIn { .. }
        | Event::LoggedOut { .. }
        | Event::LoginFailed { .. }
        | Event::MarksItself { .. }
        | Event::Monitored { .. }
        | Event::Notified { .. }
        | Event::Overrode { .. }
        | Event::PasswordSet { .. }
        | Event::RealNamed { .. }
        | Event::RecoveryUsed { .. }
        | Event::Registered { .. }
        | Event::ResetSet { .. }
        | Event::RoomCreated { .. }
        | Event::ScramSet { .. }
        | Event::SecretMade { .. }
        | Event::Seen { .. }
        | Event::ServerBanned { .. }
        | Event::ServerUnbanned { .. }
        | Event::SettingsChosen { .. }
        | Event::Started
        | Event::TalkChosen { .. }
        | Event::TokenMade { .. }
        | Event::TokenRevoked { .. }
        | Event::Visited { .. }
        | Event::WidthChosen { .. } => {}
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
            .says(&who.hostmask(), command)
    }

    fn notice(&self, words: &str, out: &mut String) {
        self.server_notice(self.me, words, out);
    }

    pub fn server_notice(&self, target: &str, words: &str, out: &mut String) {
        Line::new()
            .time(self.at, self.caps)
            .says(self.server.name, "NOTICE")
            .word(target)
            .text(words)
            .end(out);
    }
}

/// RPL_MONONLINE, and RPL_MONOFFLINE with the nick alone (monitor).
fn watched(told: &Told<'_>, event: &Event, out: &mut String) {
    let line = |code| super::line::numeric(told.server.name, code, told.me);
    match event {
        Event::GuestEntered { who, .. } | Event::Online { who, .. } => {
            line(730).text(&who.hostmask()).end(out);
        }
        Event::Offline { who, .. } => line(731).text(who.nick.as_str()).end(out),
        _ => {}
    }
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
        .says(&by.hostmask(), "TAGMSG")
        .word(&said::target(spot))
        .end(out);
}

pub fn with_why(line: Line, why: Option<&Text>) -> Line {
    match why {
        Some(why) => line.text(why.as_str()),
        None => line,
    }
}
