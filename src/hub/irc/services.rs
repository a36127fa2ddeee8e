//! NickServ and ChanServ: people type to them what are commands here. They are names for the same commands.

use chinwag_grammar::Nick;

use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{Authenticate, Proof};
use crate::render::irc::{To, notice};
use crate::secret::Secret;

/// Who answers.
const SERVICES: &[&str] = &["NickServ", "ChanServ"];

/// The service of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static str> {
    let found = SERVICES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name));
    found.copied()
}

/// What somebody is told who is in, and nobody yet.
#[must_use]
pub fn introduced(to: To<'_>) -> String {
    let lines = [
        "You are not logged in, so nobody sees you yet.".to_owned(),
        "If you have an account: /msg NickServ IDENTIFY name password (or SASL in your client's settings).".to_owned(),
        format!("If you have none: /msg NickServ REGISTER password makes the account {}.", to.me),
    ];
    let service = Some("NickServ");
    let lines = lines.iter();
    lines
        .map(|words| notice(To { service, ..to }, words))
        .collect()
}

/// Somebody writes to a service.
pub fn asked(turn: &mut Turn<'_>, service: &'static str, text: &str) {
    turn.service = Some(service);
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let verb = words
        .first()
        .copied()
        .unwrap_or_default()
        .to_ascii_uppercase();
    let words = words.get(1..).unwrap_or_default();
    match (service, verb.as_str()) {
        ("NickServ", "IDENTIFY" | "ID" | "LOGIN") => identify(turn, words),
        ("NickServ", "REGISTER") => register(turn, words),
        ("NickServ", "LOGOUT") => turn.typed("LOGOUT"),
        ("NickServ", "INFO") if !words.is_empty() => turn.typed(&format!("WHOIS {}", words[0])),
        ("NickServ", "SETPASS" | "PASSWD") => turn.typed(&format!("PASSWD {}", words.join(" "))),
        ("NickServ", "SESSIONS" | "RECOVER" | "TOKEN" | "EMAIL") => {
            turn.typed(&format!("{verb} {}", words.join(" ")));
        }
        ("ChanServ", "REGISTER") => turn.typed(&format!("CREATE {}", words.join(" "))),
        (
            "ChanServ",
            "DROP" | "OP" | "DEOP" | "VOICE" | "DEVOICE" | "CLEAR" | "BAN" | "UNBAN" | "BANS",
        ) => {
            turn.typed(&format!("{verb} {}", rearranged(&verb, words)));
        }
        _ => help(turn, service),
    }
}

/// ChanServ's commands have the channel first, ours the person.
fn rearranged(verb: &str, words: &[&str]) -> String {
    match (verb, words) {
        ("OP" | "DEOP" | "VOICE" | "DEVOICE" | "BAN" | "UNBAN", [room, who, rest @ ..])
            if room.starts_with('#') =>
        {
            std::iter::once(who)
                .chain([room])
                .chain(rest)
                .copied()
                .collect::<Vec<_>>()
                .join(" ")
        }
        _ => words.join(" "),
    }
}

/// `IDENTIFY password`, or `IDENTIFY account password`.
fn identify(turn: &mut Turn<'_>, words: &[&str]) {
    let me = turn.irc.nick.clone().unwrap_or_default();
    let (name, password) = match words {
        [password] => (me.as_str(), *password),
        [name, password] => (*name, *password),
        _ => return turn.notice("IDENTIFY [account] password"),
    };
    let Ok(nick) = Nick::parse(name) else {
        return turn.notice("IDENTIFY [account] password");
    };
    let password = Secret::from(password);
    let command = Command::Authenticate(Authenticate {
        how: Proof::Password { nick, password },
        enter: true,
    });
    turn.ask(command, None);
}

/// `REGISTER password [email or invitation]`: under the nick one has.
fn register(turn: &mut Turn<'_>, words: &[&str]) {
    let nick = turn
        .irc
        .nick
        .as_deref()
        .and_then(|nick| Nick::parse(nick).ok());
    let (Some(nick), Some(password)) = (nick, words.first()) else {
        return turn.notice("REGISTER password [email or invitation]");
    };
    let credential = words.get(1).map(|word| Secret::from(*word));
    let command = Command::register(nick, Secret::from(*password), credential, true);
    turn.ask(command, None);
}

fn help(turn: &mut Turn<'_>, service: &str) {
    let lines: &[&str] = match service {
        "NickServ" => &[
            "IDENTIFY [account] password: logs you in",
            "REGISTER password [email]: makes an account of your nick",
            "RECOVER account [code newpassword]: back in without the password",
            "SETPASS old new, EMAIL address, SESSIONS, TOKEN, LOGOUT, INFO name",
        ],
        _ => &[
            "REGISTER #channel [description]: makes a channel permanent",
            "DROP, OP, DEOP, VOICE, DEVOICE, BAN, UNBAN, BANS, CLEAR: as the commands of those names",
        ],
    };
    for line in lines {
        turn.notice(line);
    }
}
