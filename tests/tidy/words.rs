//! Nothing without its explanation: commands and replies are shown somewhere.

use std::fs;
use std::path::Path;

use chinwag::command::Command;
use chinwag::reply::Reply;
use chinwag_grammar::plain::{commands, parse};

use crate::source::{Source, collect};

/// Replies that no transcript shows, and why.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("Authenticated", "IRC's: tests of machine"),
    ("Busy", "more passwords at once than one world has threads"),
    ("Challenge", "IRC's: tests of machine"),
    ("CleartextRefused", "its transcript is on its way"),
    ("EmailRequired", "its transcript is on its way"),
    ("EmailUnwanted", "its transcript is on its way"),
    ("InvalidRealName", "IRC's: the transcript irc_setname"),
    ("LineTooLong", "the codec's: bytes, not lines"),
    ("MonitorEnd", "for IRC alone: tests of the machine"),
    ("NoCtcp", "IRC alone has CTCP"),
    ("NoGuestAway", "its transcript is on its way"),
    ("NotUtf8", "the codec's: bytes, not lines"),
    ("OperatorWrong", "IRC's: the transcript irc_operators"),
    ("PasswordInitial", "its transcript is on its way"),
    (
        "ReactionMissing",
        "nothing answers it yet: reactions are known to the store alone",
    ),
    ("ScramMalformed", "IRC's: tests of machine"),
    ("ScramOff", "IRC's: tests of machine"),
    ("Sent", "its transcript is on its way"),
    (
        "StorageBroken",
        "a database that fails while it is read: tests of server::release",
    ),
    ("StorageFull", "a full disk: tests of the store"),
    ("TooManyMonitored", "for IRC alone: tests of the machine"),
    ("TooManyIgnored", "its transcript is on its way"),
    (
        "TooManyInvitations",
        "a hundred invitations are more than a transcript would show",
    ),
    ("TooManySessions", "its transcript is on its way"),
    ("TooManyTokens", "its transcript is on its way"),
    ("Welcomed", "IRC's: the numerics say it"),
    ("WelcomedUnnamed", "IRC's: the numerics say it"),
];

#[test]
fn every_command_has_its_rule_transcript_and_row() {
    let readme = fs::read_to_string("README.md").unwrap();
    let typed: Vec<String> = scripts()
        .iter()
        .flat_map(|script| verbs(&script.text))
        .collect();
    assert_eq!(commands().len(), Command::rules().len());
    let mut lacks = Vec::new();
    for rule in commands() {
        let verb = rule.verb;
        assert!(Command::rules().contains(&rule.name), "{verb} has no file");
        let row = [format!("| `{verb} "), format!("| `{verb}`")];
        assert!(row.iter().any(|row| readme.contains(row)), "README: {verb}");
        if !typed.iter().any(|one| one == verb) {
            lacks.push(verb);
        }
    }
    assert!(lacks.is_empty(), "no transcript uses {lacks:?}");
}

#[test]
fn every_example_is_played() {
    let script = fs::read_to_string("tests/transcripts/feature/examples.txt").unwrap();
    let typed: Vec<&str> = script.lines().filter_map(said).collect();
    for rule in commands() {
        assert!(typed.contains(&rule.example), "{}", rule.example);
        assert!(parse(rule.example).is_ok(), "{}", rule.example);
    }
}

#[test]
fn every_reply_is_shown() {
    let mut snapshots = Vec::new();
    collect(Path::new("tests/transcripts"), ".snap", &mut snapshots);
    let lines: Vec<&str> = snapshots.iter().flat_map(|one| one.text.lines()).collect();
    let mut hidden = Vec::new();
    for (name, code, words) in Reply::table() {
        let known = NOT_SHOWN.iter().any(|(known, _)| known == name);
        if !known && !lines.iter().any(|line| shows(line, code, words)) {
            hidden.push(*name);
        }
    }
    assert!(hidden.is_empty(), "no transcript shows {hidden:?}");
    for (name, _) in NOT_SHOWN {
        assert!(Reply::table().iter().any(|row| row.0 == *name), "{name}");
    }
}

/// Whether a line is that reply: its code, and its words in order, whatever stands where fields do.
fn shows(line: &str, code: &str, words: &str) -> bool {
    let begin = match code {
        "" => "< +OK".to_owned(),
        code => format!("< -ERR {code} "),
    };
    let Some((_, mut rest)) = line.split_once(&begin) else {
        return false;
    };
    for piece in words
        .split('{')
        .map(|piece| piece.split_once('}').map_or(piece, |(_, after)| after))
    {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    true
}

fn scripts() -> Vec<Source> {
    let mut found = Vec::new();
    collect(Path::new("tests/transcripts"), ".txt", &mut found);
    found
}

/// What somebody types, in a line of a script.
fn said(line: &str) -> Option<&str> {
    let (who, typed) = line.split_once('>')?;
    let is_name = !who.is_empty() && who.chars().all(char::is_alphanumeric);
    is_name.then(|| typed.strip_prefix(' ').unwrap_or(typed))
}

/// The verbs that are typed, in capitals.
fn verbs(script: &str) -> Vec<String> {
    let lines = script.lines().filter_map(said);
    lines
        .filter_map(|line| line.split(' ').find(|word| !word.starts_with('%')))
        .map(|word| word.trim_start_matches('/').to_ascii_uppercase())
        .collect()
}
