//! PRIVMSG, NOTICE, TAGMSG, and the batches of draft/multiline.

use chinwag_grammar::irc::Message;
use chinwag_grammar::{Nick, Number, RoomName};

use super::services;
use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{Say, SayRanked, Send, TARGETS_MAX, To};
use crate::hub::caps::Cap;
use crate::model::event::{Signal, Speech};
use crate::model::{Rank, Text};

/// A message of several lines under way (draft/multiline).
#[derive(Debug)]
pub struct Multiline {
    reference: String,
    target: String,
    label: Option<String>,
    along: Along,
    notice: bool,
    text: String,
    lines: usize,
    is_too_long: bool,
}

/// What comes along with a text.
#[derive(Clone, Debug)]
struct Along {
    /// The msgid that it answers.
    reply_to: Option<Number>,
    /// Other client-only tags.
    tags: Vec<(Text, Text)>,
}

impl Along {
    fn of(message: &Message<'_>) -> Self {
        let reply_to = reply_to(message);
        let mut tags = client_tags(message);
        // The event has it, and says it itself.
        tags.retain(|(key, _)| reply_to.is_none() || !REPLIES.contains(&key.as_str()));
        Self { reply_to, tags }
    }
}

/// The tags that name the message which is answered (reply).
const REPLIES: [&str; 2] = ["+draft/reply", "+reply"];

/// So many lines has a message at most.
const LINES_MAX: usize = 256;

pub fn privmsg(turn: &mut Turn<'_>, message: &Message<'_>) {
    say(turn, message, false);
}

pub fn notice(turn: &mut Turn<'_>, message: &Message<'_>) {
    say(turn, message, true);
}

pub fn tagmsg(turn: &mut Turn<'_>, message: &Message<'_>) {
    let targets = message.param(0).unwrap_or_default().to_owned();
    if !turn.irc.caps.has(Cap::MessageTags) {
        return turn.numeric(421, &["TAGMSG"], "Unknown command");
    }
    let tags = client_tags(message);
    if tags.is_empty() {
        return;
    }
    for target in targets_of(turn, &targets) {
        if let Some(to) = addressee(turn, &target) {
            let command = reaction(&tags).unwrap_or(Command::Send(Send {
                to,
                signal: Signal::Tags(tags.clone()),
            }));
            turn.ask(command, Some(&target));
        }
    }
}

pub fn batch(turn: &mut Turn<'_>, message: &Message<'_>) {
    let reference = message.param(0).unwrap_or_default();
    if let Some(reference) = reference.strip_prefix('+')
        && message.param(1) == Some("draft/multiline")
        && let Some(target) = message.param(2)
        && turn.irc.caps.has(Cap::Multiline)
    {
        turn.irc.multiline = Some(Multiline {
            reference: reference.to_owned(),
            target: target.to_owned(),
            label: turn.take_label(),
            along: Along::of(message),
            notice: false,
            text: String::new(),
            lines: 0,
            is_too_long: false,
        });
        turn.is_part_of_batch();
        return;
    }
    turn.fail(
        "BATCH",
        "MULTILINE_INVALID",
        &[],
        "there is no such batch to begin or to end",
    );
}

impl Turn<'_> {
    /// A line while a batch is open; whether it belonged to it.
    pub fn multiline(&mut self, message: &Message<'_>) -> bool {
        let Some(open) = &mut self.irc.multiline else {
            return false;
        };
        if self.verb == "BATCH" && message.param(0) == Some(&format!("-{}", open.reference)) {
            self.end_multiline();
            return true;
        }
        let belongs = message.tag("batch") == Some(&open.reference);
        if !belongs || !matches!(self.verb.as_str(), "NOTICE" | "PRIVMSG") {
            // A batch is not interrupted: what comes in between ends it (draft/multiline, errors).
            self.irc.multiline = None;
            self.fail(
                "BATCH",
                "MULTILINE_INVALID",
                &[],
                "the batch was interrupted; nothing of it was sent",
            );
            return belongs;
        }
        let text = message.param(1).unwrap_or_default();
        let limit = self.irc.setup.message_bytes;
        open.notice = self.verb == "NOTICE";
        open.is_too_long |= open.text.len() + text.len() > limit || open.lines >= LINES_MAX;
        if !open.is_too_long {
            if open.lines > 0 && message.tag("draft/multiline-concat").is_none() {
                open.text.push('\n');
            }
            open.text.push_str(text);
            open.lines += 1;
        }
        self.is_part_of_batch();
        true
    }

    fn end_multiline(&mut self) {
        let Some(done) = self.irc.multiline.take() else {
            return;
        };
        self.set_label(done.label);
        if done.is_too_long {
            let limit = self.irc.setup.message_bytes.to_string();
            return self.fail(
                "BATCH",
                "MULTILINE_MAX_BYTES",
                &[&limit],
                "that is longer than a message may be; nothing of it was sent",
            );
        }
        self.verb = if done.notice { "NOTICE" } else { "PRIVMSG" }.to_owned();
        for target in targets_of(self, &done.target) {
            spoken(self, &target, done.notice, &done.text, &done.along);
        }
    }
}

fn say(turn: &mut Turn<'_>, message: &Message<'_>, notice: bool) {
    let targets = message.param(0).unwrap_or_default().to_owned();
    let text = message.param(1).unwrap_or_default();
    if text.is_empty() {
        return turn.numeric(412, &[], "No text to send");
    }
    let along = Along::of(message);
    for target in targets_of(turn, &targets) {
        spoken(turn, &target, notice, text, &along);
    }
}

fn spoken(turn: &mut Turn<'_>, target: &str, notice: bool, text: &str, along: &Along) {
    if let Some(service) = services::named(target) {
        if !notice {
            services::asked(turn, service, text);
        }
        return;
    }
    if let Some((rank, name)) = ranked(target) {
        return said_to_rank(turn, target, (rank, name), (notice, text), along);
    }
    let Some(to) = addressee(turn, target) else {
        return;
    };
    let ctcp = text
        .strip_prefix('\u{1}')
        .map(|text| text.trim_end_matches('\u{1}'));
    let command = match ctcp.map(|text| (text, text.strip_prefix("ACTION "))) {
        Some((_, Some(action))) => said(to, Speech::Action, action, along),
        Some((text, None)) => Command::Send(Send {
            to,
            signal: Signal::Ctcp {
                notice,
                text: text.into(),
            },
        }),
        None if notice => said(to, Speech::Notice, text, along),
        None => said(to, Speech::Message, text, along),
    };
    turn.ask(command, Some(target));
}

/// `@#room` (ISUPPORT STATUSMSG): those in the room who have the rank, or a higher one.
fn ranked(target: &str) -> Option<(Rank, &str)> {
    let rank = Rank::ALL
        .into_iter()
        .find(|rank| target.starts_with(rank.prefix()))?;
    let name = target.trim_start_matches(|sign| Rank::ALL.iter().any(|rank| rank.prefix() == sign));
    name.starts_with('#').then_some((rank, name))
}

fn said_to_rank(
    turn: &mut Turn<'_>,
    target: &str,
    (rank, name): (Rank, &str),
    (notice, text): (bool, &str),
    along: &Along,
) {
    let Some(room) = turn.room(name) else {
        return;
    };
    let command = SayRanked {
        room,
        rank,
        speech: if notice {
            Speech::Notice
        } else {
            Speech::Message
        },
        reply_to: along.reply_to,
        text: Text::formatted(text),
    };
    turn.ask(Command::SayRanked(command), Some(target));
}

fn said(to: To, speech: Speech, text: &str, along: &Along) -> Command {
    let text = Text::formatted(text);
    Command::Say(Say {
        to,
        speech,
        reply_to: along.reply_to,
        tags: along.tags.clone(),
        text,
    })
}

/// A reaction, or that it is taken back (draft/react): of a message that it names.
fn reaction(tags: &[(Text, Text)]) -> Option<Command> {
    use crate::command::react::React;
    use crate::command::unreact::Unreact;
    let value = |keys: [&str; 2]| {
        let found = tags.iter().find(|(key, _)| keys.contains(&key.as_str()));
        found.map(|(_, value)| value)
    };
    let number = value(["+draft/reply", "+reply"])?.as_str().parse().ok()?;
    let number = Number::new(number)?;
    if let Some(reaction) = value(["+draft/react", "+react"]) {
        let reaction = reaction.clone();
        return Some(Command::React(React { number, reaction }));
    }
    let reaction = value(["+draft/unreact", "+unreact"])?.clone();
    Some(Command::Unreact(Unreact { number, reaction }))
}

/// The msgid that it answers: ours are numbers.
fn reply_to(message: &Message<'_>) -> Option<Number> {
    let msgid = message
        .tag("+draft/reply")
        .or_else(|| message.tag("+reply"))?;
    Number::new(msgid.parse().ok()?)
}

/// Client-only tags: those that begin with `+` (message-tags).
fn client_tags(message: &Message<'_>) -> Vec<(Text, Text)> {
    let tags = message.tags().filter(|(key, _)| key.starts_with('+'));
    tags.map(|(key, value)| (key.into(), value.into()))
        .collect()
}

/// The targets, each once, no more than TARGMAX.
fn targets_of(turn: &mut Turn<'_>, targets: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for target in targets.split(',').filter(|target| !target.is_empty()) {
        if !found.iter().any(|known| known.eq_ignore_ascii_case(target)) {
            found.push(target.to_owned());
        }
    }
    if let Some(first) = found.get(TARGETS_MAX).cloned() {
        turn.numeric(407, &[&first], "Too many targets");
        found.truncate(TARGETS_MAX);
    }
    found
}

fn addressee(turn: &mut Turn<'_>, target: &str) -> Option<To> {
    if target.starts_with('#') {
        return match RoomName::parse(target) {
            Ok(room) => Some(To::Room(room)),
            Err(_) => turn.room(target).map(To::Room),
        };
    }
    match Nick::parse(target) {
        Ok(nick) => Some(To::Person(nick)),
        Err(_) => turn.nick(target).map(To::Person),
    }
}
