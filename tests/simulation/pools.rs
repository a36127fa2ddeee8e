//! Few names for many sentences, so that people and rooms meet.

use chinwag_grammar::plain::{self, Rule};
use chinwag_grammar::sentence;

use super::secrecy::{PASSWORDS, SERVER_PASSWORD};

pub const NICKS: [&str; 6] = ["alice", "bob", "carol", "Dave", "erin", "zoe"];
pub const ROOMS: [&str; 5] = ["#lobby", "#ops", "#tea", "#Den", "#ops2"];
/// What people do most, so that scripts get somewhere.
const OFTEN: [&str; 16] = [
    "msg", "msg", "msg", "priv", "priv", "join", "join", "join", "create", "history", "history",
    "kick", "invite", "mode", "react", "delete",
];

pub type Random<'r> = &'r mut dyn FnMut() -> u64;

/// What sentences can be about.
pub struct Known<'k> {
    /// The number that was given last.
    pub last: u64,
    /// Codes that were shown, tokens among them.
    pub codes: &'k [String],
    /// The code that the last CLEAR was offered with.
    pub clear: Option<u32>,
}

pub fn pick<'a, T: ?Sized>(random: Random<'_>, from: &[&'a T]) -> &'a T {
    from[usize::try_from(random() % from.len() as u64).unwrap()]
}

/// A line of any command, with names that are likely to exist.
pub fn line(random: Random<'_>, known: &Known<'_>) -> String {
    let rules = plain::commands();
    let rule = if random().is_multiple_of(2) {
        let often = pick(random, &OFTEN);
        rules.iter().find(|rule| rule.name == often).unwrap()
    } else {
        &rules[usize::try_from(random() % rules.len() as u64).unwrap()]
    };
    let drawn = sentence::sentence(rule, random);
    let line = fill(rule, &drawn, random, known);
    if random().is_multiple_of(40) && !is_about_secrets(rule) {
        return sentence::mutated(&line, random);
    }
    // Where every line is speech, a command has a slash; a password must not become speech.
    if is_about_secrets(rule) || random().is_multiple_of(2) {
        return format!("/{line}");
    }
    line
}

/// What a stranger types to become somebody.
pub fn way_in(random: Random<'_>) -> String {
    let (nick, password) = (pick(random, &NICKS), pick(random, &PASSWORDS));
    match random() % 8 {
        0 => format!("GUEST {nick}"),
        1 => format!("PASSWORD {SERVER_PASSWORD}"),
        2 => format!("REGISTER {nick} {password}"),
        3 => format!("LOGIN {nick} {password} SINCE {}", random() % 30 + 1),
        _ => format!("LOGIN {nick} {password}"),
    }
}

fn is_about_secrets(rule: &Rule) -> bool {
    let names = [
        "register",
        "login",
        "passwd",
        "recover",
        "account-command",
        "password-command",
    ];
    names.contains(&rule.name)
}

/// The same sentence with names out of the pools.
fn fill(rule: &Rule, drawn: &str, random: Random<'_>, known: &Known<'_>) -> String {
    let Ok(request) = plain::parse(drawn) else {
        return drawn.to_owned();
    };
    let (mut line, mut copied) = (String::new(), 0);
    for (name, value) in request.args.iter() {
        let start = value.as_ptr() as usize - drawn.as_ptr() as usize;
        line.push_str(&drawn[copied..start]);
        copied = start + value.len();
        let secret = ["password", "newpassword", "secret"].contains(&name);
        if random().is_multiple_of(12) && !secret {
            line.push_str(value);
        } else {
            line.push_str(&argument(rule, name, value, random, known));
        }
    }
    line.push_str(&drawn[copied..]);
    line
}

fn argument(rule: &Rule, name: &str, value: &str, random: Random<'_>, known: &Known<'_>) -> String {
    let chosen = match name {
        "account" | "nick" => pick(random, &NICKS),
        "room" | "newroom" => pick(random, &ROOMS),
        "target" if random().is_multiple_of(2) => pick(random, &NICKS),
        "target" => pick(random, &ROOMS),
        "password" if random().is_multiple_of(4) => return code(random, known, value),
        "password" | "newpassword" => pick(random, &PASSWORDS),
        "secret" if random().is_multiple_of(3) => pick(random, &PASSWORDS),
        "secret" => SERVER_PASSWORD,
        "credential" if random().is_multiple_of(2) => "someone@example.org",
        "code" if rule.name == "clear" => {
            return known
                .clear
                .map_or(value.to_owned(), |code| code.to_string());
        }
        "code" | "credential" => return code(random, known, value),
        "number" => {
            let back = random() % 24;
            return known.last.saturating_sub(back).max(1).to_string();
        }
        "count" => pick(random, &["1", "2", "5", "40"]),
        "duration" => pick(random, &["1s", "10m", "2h"]),
        "text" | "why" => {
            return format!("words {} {}", random() % 100, pick(random, &NICKS));
        }
        "term" => pick(random, &["words", "alice", "7"]),
        "ban-mask" => pick(
            random,
            &["alice", "bob", "carol!*@*", "*!*@192.0.2.7", "D*!~*@*"],
        ),
        "modes" => pick(
            random,
            &[
                "+i", "-i", "+k", "-k", "+m", "-m", "+l", "-l", "+s", "+o", "-o+v", "+b", "+n-t",
            ],
        ),
        "argument" => pick(random, &["alice", "bob", "2", "sesame"]),
        "key" => "sesame",
        "label" => pick(random, &["ci", "bot"]),
        "reaction" => pick(random, &["+1", "ok"]),
        _ => value,
    };
    chosen.to_owned()
}

fn code(random: Random<'_>, known: &Known<'_>, value: &str) -> String {
    if known.codes.is_empty() {
        return value.to_owned();
    }
    // The newest are the most likely to be worth something.
    let back = usize::try_from(random() % 10)
        .unwrap()
        .min(known.codes.len() - 1);
    known.codes[known.codes.len() - 1 - back].clone()
}
