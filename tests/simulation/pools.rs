//! Few names for many sentences, so that people and rooms meet.

use chinwag_grammar::plain::{self, Rule};
use chinwag_grammar::sentence;

use super::secrecy::{PASSWORDS, SERVER_PASSWORD};

pub const NICKS: [&str; 6] = ["alice", "bob", "carol", "Dave", "erin", "zoe"];
pub const ROOMS: [&str; 5] = ["#lobby", "#ops", "#tea", "#Den", "#ops2"];
pub const FINGERPRINTS: [&str; 2] = [
    "1111111111111111111111111111111111111111111111111111111111111111",
    "2222222222222222222222222222222222222222222222222222222222222222",
];
const OFTEN_ROOMS: [&str; 8] = [
    "#lobby", "#ops", "#ops", "#ops", "#tea", "#tea", "#Den", "#ops2",
];
/// Most passwords stay what they were, so that people get in.
pub const OFTEN_PASSWORDS: [&str; 5] = [
    PASSWORDS[0],
    PASSWORDS[0],
    PASSWORDS[0],
    PASSWORDS[0],
    PASSWORDS[1],
];
/// What leads somewhere, beside what chance makes of the grammar.
const OFTEN: &str = "\
MSG ROOM TEXT|MSG ROOM TEXT|MSG TEXT|PRIV NICK TEXT|PRIV NICK TEXT|ME ROOM TEXT|NOTICE ROOM TEXT|REPLY SAID TEXT
REACT SAID +1|REACT SAID ok|UNREACT SAID +1|DELETE SAID|DELETE SAID TEXT|CONTEXT SAID|SHOW SAID|UNREAD|READ|READ ROOM
JOIN ROOM|JOIN ROOM|JOIN ROOM|JOIN ROOM sesame|LEAVE ROOM|CREATE ROOM TEXT|DROP ROOM|RENAME ROOM ROOM|TOPIC ROOM TEXT
INVITE NICK ROOM|INVITE NICK ROOM|KICK NICK ROOM|BAN NICK ROOM|BAN NICK ROOM 10m|UNBAN NICK ROOM|MUTE NICK ROOM
UNMUTE NICK ROOM|OP NICK ROOM|DEOP NICK ROOM|VOICE NICK ROOM|MODE ROOM +i|MODE ROOM -i|MODE ROOM +k sesame|MODE ROOM -k
MODE ROOM +u|MODE ROOM -u|MODE ROOM +mU|MODE ROOM -U|MODE ROOM +f 2:60|MODE ROOM -f|MODE ROOM +R|MODE ROOM -RM|MODE ROOM +M
MODE ROOM +e NICK|MODE ROOM -e NICK|MODE ROOM +I NICK|MODE ROOM +b a:NICK|MODE ROOM +b m:NICK|MODE ROOM b|MODE ROOM e
MODE ROOM +h NICK|MODE ROOM -h NICK|MODE ROOM +q NICK|MODE ROOM -qo NICK NICK|MODE ROOM +a NICK|MODE ROOM +p|MODE ROOM -p
MODE ROOM +m|MODE ROOM -m|MODE ROOM +l 2|MODE ROOM -l|MODE ROOM +s|MODE ROOM -s|MODE ROOM +o NICK|BANS ROOM|ROOMS
HISTORY|HISTORY ROOM|HISTORY NICK|HISTORY ROOM SINCE SAID|HISTORY ROOM AROUND SAID|HISTORY NICK BEFORE SAID|SEARCH words
SEARCH words in:ROOM|SEARCH words from:NICK|WHO|WHO ROOM|WHOIS NICK|AWAY TEXT|AWAY|TALK ROOM|/TALK OFF|CLEAR ROOM
CLEAR ROOM|AUDIT|BLOCK NICK|UNBLOCK NICK|ROLE NICK admin|ROLE NICK user|RESET NICK|KILL NICK TEXT|TOKEN NEW ci ROOM
TOKEN NEW bot read|TOKEN NEW ci|TOKEN REVOKE ci|TOKEN LIST|INVITATION|/REGISTER NICK PASS CODE|/RECOVER NICK CODE PASS
/RECOVER NICK|/ACCOUNT DELETE PASS|ACCOUNT EXPORT|/PASSWD PASS PASS|/LOGIN NICK CODE|SESSIONS|SESSIONS END 1|LOGOUT
FORMAT line|FORMAT json|FORMAT text|IGNORE NICK|QUIET ON|EMAIL someone@example.org|EMAIL none|ANSWER TEXT|NUMBERS ON
CERT ADD|CERT ADD FINGERPRINT|CERT REMOVE FINGERPRINT|CERT LIST";

pub type Random<'r> = &'r mut dyn FnMut() -> u64;

/// What sentences can be about.
pub struct Known<'k> {
    /// The number that was given last.
    pub last: u64,
    /// Codes that were shown, tokens among them.
    pub codes: &'k [String],
    /// Numbers of what was said lately.
    pub said: &'k [u64],
    /// The room that is to be cleared, and the code.
    pub clear: Option<(&'k str, u32)>,
}

pub fn pick<'a, T: ?Sized>(random: Random<'_>, from: &[&'a T]) -> &'a T {
    from[usize::try_from(random() % from.len() as u64).unwrap()]
}

/// A line of any command, with names that are likely to exist.
pub fn line(random: Random<'_>, known: &Known<'_>) -> String {
    if let Some((room, code)) = known.clear.filter(|_| random().is_multiple_of(6)) {
        return format!("/CLEAR {room} {code}");
    }
    if !random().is_multiple_of(4) {
        let often: Vec<&str> = OFTEN.split(['|', '\n']).collect();
        let words = pick(random, &often).split(' ');
        let words: Vec<String> = words.map(|word| meant(word, random, known)).collect();
        return words.join(" ");
    }
    let rules = plain::commands();
    let rule = &rules[usize::try_from(random() % rules.len() as u64).unwrap()];
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

/// A word of `OFTEN`: those in capitals stand for one of a pool.
fn meant(word: &str, random: Random<'_>, known: &Known<'_>) -> String {
    if let Some(room) = word.strip_prefix("in:").or(word.strip_prefix("from:")) {
        return word.replace(room, &meant(room, random, known));
    }
    match word {
        "CODE" => code(random, known, "abcd-efgh-jkmn"),
        "FINGERPRINT" => (*pick(random, &FINGERPRINTS)).to_owned(),
        "NICK" => (*pick(random, &NICKS)).to_owned(),
        "PASS" => (*pick(random, &OFTEN_PASSWORDS)).to_owned(),
        "ROOM" => (*pick(random, &OFTEN_ROOMS)).to_owned(),
        "SAID" => {
            let back = usize::try_from(random() % 12).unwrap();
            let said = known.said.iter().rev().nth(back);
            said.copied().unwrap_or(known.last.max(1)).to_string()
        }
        "TEXT" => format!("words {} {}", random() % 100, pick(random, &NICKS)),
        word => word.to_owned(),
    }
}

/// What a stranger types to become somebody.
pub fn way_in(random: Random<'_>, known: &Known<'_>) -> String {
    let nick = pick(random, &["alice", "alice", "bob", "bob", "carol", "Dave"]);
    let password = pick(random, &OFTEN_PASSWORDS);
    match random() % 10 {
        8 => format!("LOGIN {nick} {}", code(random, known, password)),
        9 => {
            // The tokens that every script begins with.
            let tokens: Vec<&String> = known.codes.iter().take(2).collect();
            let token = tokens.get(usize::try_from(random() % 2).unwrap());
            let token = token.map_or(password, |token| token.as_str());
            format!("LOGIN alice {token} SINCE 1")
        }
        0 => format!("GUEST {}", pick(random, &NICKS)),
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
        "code" if rule.name == "clear" => value,
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
        "fingerprint" => pick(random, &FINGERPRINTS),
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
