//! What a command is answered with: numerics where IRC has them, standard replies where it has not, and silence where
//! what happened says it all.

use super::Server;
use super::line::{Line, numeric};
use super::said::{LINE_BYTES, pieces};
use crate::hub::caps::{Cap, Caps};
use crate::model::Who;
use crate::reply::Reply;

/// What was asked, as far as its answer names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The command, in capitals.
    pub verb: String,
    /// The room or person that it was about, as it was typed.
    pub target: Option<String>,
    /// The person that it was about besides.
    pub person: Option<String>,
    /// Whether it is one of chinwag's own, whose success is told in words.
    pub in_words: bool,
}

/// Commands whose specifications answer with standard replies, whether they were asked for or not.
const STANDARD: &[&str] = &[
    "BATCH",
    "CHATHISTORY",
    "MARKREAD",
    "REDACT",
    "REGISTER",
    "RENAME",
    "SEARCH",
    "SETNAME",
];

/// Whom an answer is for.
#[derive(Clone, Copy, Debug)]
pub struct To<'a> {
    /// The server that answers.
    pub server: Server<'a>,
    /// The nick that it knows itself by, or `*`.
    pub me: &'a str,
    /// What it understands.
    pub caps: Caps,
    /// The service that was asked, which gives notice in place of the server.
    pub service: Option<&'a str>,
}

/// A notice of the server's, or of the service that was asked, in as many lines as it needs.
#[must_use]
pub fn notice(to: To<'_>, words: &str) -> String {
    let source = match to.service {
        Some(service) => format!("{service}!{service}@services"),
        None => to.server.name.to_owned(),
    };
    let frame = source.len() + to.me.len() + ": NOTICE  :\r\n".len();
    let pieces = pieces(words, LINE_BYTES.saturating_sub(frame)).into_iter();
    let lines = pieces.map(|piece| {
        Line::new()
            .says(&source, "NOTICE")
            .word(to.me)
            .text(piece.text)
            .ended()
    });
    lines.collect()
}

/// The lines of an answer; nothing where the facts have told it.
#[must_use]
pub fn reply(reply: &Reply, asked: &Asked, to: To<'_>) -> String {
    match reply.code() {
        None => success(reply, asked, to),
        Some(code) => failure(reply, code, asked, to),
    }
}

fn success(reply: &Reply, asked: &Asked, to: To<'_>) -> String {
    let line = |code| numeric(to.server.name, code, to.me);
    match reply {
        Reply::AwaySet => line(306).text("You have been marked as being away").ended(),
        Reply::BackSet => line(305)
            .text("You are no longer marked as being away")
            .ended(),
        Reply::BanList { room, .. } => line(368)
            .word(room.as_str())
            .text("End of channel ban list")
            .ended(),
        Reply::Bye => String::new(),
        Reply::ExceptionList { room, .. } => line(349)
            .word(room.as_str())
            .text("End of channel exception list")
            .ended(),
        Reply::InvitationList { room, .. } => line(347)
            .word(room.as_str())
            .text("End of channel invite exception list")
            .ended(),
        Reply::MonitorEnd { .. } if asked.verb == "MONITOR" => {
            line(733).text("End of MONITOR list").ended()
        }
        Reply::Numbered { .. } if asked.verb == "INVITE" => {
            let nick = asked.person.as_deref().unwrap_or("*");
            let room = asked.target.as_deref().unwrap_or("*");
            line(341).word(nick).word(room).ended()
        }
        Reply::Authenticated { nick } | Reply::LoggedIn { nick } | Reply::Registered { nick } => {
            let who = Who {
                account: Some(crate::model::AccountId::default()),
                nick: nick.clone(),
            };
            let words = format!("You are now logged in as {nick}");
            let line = line(900).word(&who.hostmask()).word(nick.as_str());
            let mut lines = line.text(&words).ended();
            if asked.verb == "REGISTER" {
                // draft/account-registration
                Line::new()
                    .says(to.server.name, "REGISTER")
                    .word("SUCCESS")
                    .word(nick.as_str())
                    .text("Account created")
                    .end(&mut lines);
            }
            lines
        }
        Reply::LoggedOut => line(901).word(to.me).text("You are now logged out").ended(),
        Reply::ModesAre { room, modes } => {
            let words = modes.as_str().split(' ');
            let line = line(324).word(room.as_str());
            words.fold(line, |line, word| line.word(word)).ended()
        }
        Reply::PrivateKept { nick, why, .. } => {
            let why = why.as_str().trim_start_matches(": ");
            let why = if why.is_empty() {
                "is away and will see it"
            } else {
                why
            };
            line(301).word(nick.as_str()).text(why).ended()
        }
        Reply::Pong { text } => {
            let name = to.server.name;
            Line::new()
                .says(name, "PONG")
                .word(name)
                .text(text.as_str())
                .ended()
        }
        Reply::TopicAbsent { room } => line(331)
            .word(room.as_str())
            .text("No topic is set")
            .ended(),
        Reply::TopicIs {
            room,
            topic,
            by,
            at,
        } => {
            let shown = line(332).word(room.as_str()).text(topic.as_str());
            let seconds = (at.millis() / 1_000).to_string();
            let set = line(333).word(room.as_str()).word(by.as_str());
            shown.ended() + &set.word(&seconds).ended()
        }
        _ if asked.in_words => notice(to, &reply.words()),
        _ => String::new(),
    }
}

fn failure(reply: &Reply, code: &str, asked: &Asked, to: To<'_>) -> String {
    let code = match (asked.verb.as_str(), code) {
        ("CHATHISTORY", "NO_SUCH_ROOM" | "NOT_IN_ROOM" | "NO_SUCH_NICK" | "NO_SUCH_ACCOUNT") => {
            "INVALID_TARGET"
        }
        ("REGISTER", "ALREADY_LOGGED_IN") => "ALREADY_AUTHENTICATED",
        ("REGISTER", "INVALID_NAME") => "BAD_ACCOUNT_NAME",
        (_, code) => code,
    };
    let mut context = reply.context();
    let number = reply.numeric().map(|number| as_asked(number, asked));
    let is_standard = asked.in_words || STANDARD.contains(&asked.verb.as_str());
    if let Some(number) = number.filter(|_| !is_standard) {
        if number == 482 {
            // ERR_CHANOPRIVSNEEDED names the channel alone.
            context.retain(|word| word.starts_with('#'));
        }
        let mut line = numeric(to.server.name, number, to.me);
        match (number, context.is_empty(), &asked.target) {
            (461 | 421, _, _) => line = line.word(&asked.verb),
            (_, true, Some(target)) if names_target(number) => line = line.word(target),
            _ => line = context.iter().fold(line, |line, word| line.word(word)),
        }
        return line.text(&reply.words()).ended();
    }
    if is_standard || to.caps.has(Cap::StandardReplies) {
        let mut line = Line::new()
            .says(to.server.name, "FAIL")
            .word(&asked.verb)
            .word(code);
        line = match &asked.target {
            Some(target) if context.is_empty() => line.word(target),
            _ => context.iter().fold(line, |line, word| line.word(word)),
        };
        return line.text(&reply.words()).ended();
    }
    notice(to, &format!("{}: {}", asked.verb, reply.words()))
}

/// In a room, it is its operators that one is none of (482, not 481); who has to log in is told so in a room (477).
fn as_asked(number: u16, asked: &Asked) -> u16 {
    let in_room = asked
        .target
        .as_deref()
        .is_some_and(|target| target.starts_with('#'));
    match number {
        481 if in_room => 482,
        451 if in_room => 477,
        other => other,
    }
}

/// Numerics whose first parameter is what was asked for, where the reply itself does not name it.
const fn names_target(number: u16) -> bool {
    matches!(number, 401..=407 | 432 | 433 | 437 | 441..=443 | 471..=482)
}
