//! The README is true: its conversations are played, its tables are made from the grammar, the configuration and the map.
//!
//! `README_UPDATE=always cargo test --test readme` writes those parts anew; read them before they are committed.

#[path = "transcript/mod.rs"]
mod transcript;

use std::fmt::Write as _;
use std::fs;

use chinwag::config::example;
use chinwag_grammar::plain::{commands, themes};

const README: &str = "README.md";

/// What a fenced conversation begins with, and ends with.
const FENCE: (&str, &str) = ("```transcript", "```");

#[test]
fn the_readme_is_what_the_program_does() {
    let written = fs::read_to_string(README).unwrap();
    let mut anew = played(&written);
    anew = replaced(&anew, "commands", &command_table());
    anew = replaced(&anew, "keys", &example::readme());
    anew = replaced(&anew, "map", &map());
    if std::env::var_os("README_UPDATE").is_some() {
        fs::write(README, &anew).unwrap();
        return;
    }
    for (at, (written, anew)) in written.lines().zip(anew.lines()).enumerate() {
        assert_eq!(written, anew, "{README}:{}", at + 1);
    }
    assert_eq!(written.len(), anew.len(), "one is longer");
}

/// Every conversation with what is seen today.
fn played(text: &str) -> String {
    let (mut out, mut script, mut inside) = (String::new(), String::new(), false);
    for line in text.lines() {
        if inside && line == FENCE.1 {
            out.push_str(&transcript::play(&script));
            script.clear();
            inside = false;
        }
        match inside {
            true if is_seen(line) => {}
            true => writeln!(script, "{line}").unwrap(),
            false => writeln!(out, "{line}").unwrap(),
        }
        inside |= line == FENCE.0;
    }
    assert!(!inside, "a conversation has no end");
    out
}

/// `    alice  < +OK 4`: what somebody sees; everything else is typed, ordered or a comment.
fn is_seen(line: &str) -> bool {
    let rest = line.strip_prefix("    ");
    rest.and_then(|rest| rest.split_once('<'))
        .is_some_and(|(name, _)| !name.trim_end().contains(' ') && name.ends_with(' '))
}

/// The text with everything between the two marks of that name replaced.
fn replaced(text: &str, mark: &str, with: &str) -> String {
    let (begin, end) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let (before, rest) = text.split_once(&begin).expect("the mark is there");
    let (_, after) = rest.split_once(&end).expect("the mark has its end");
    format!("{before}{begin}{with}{end}{after}")
}

/// A row for each command, by theme.
fn command_table() -> String {
    let mut out = String::from("| command | what it does |\n|---|---|\n");
    for theme in themes() {
        writeln!(out, "| **{theme}** | |").unwrap();
        for rule in commands().iter().filter(|rule| rule.theme == *theme) {
            let usage = rule.usage.replace('|', "\\|");
            let summary = rule.summary.replace('|', "\\|").replace('<', "&lt;");
            writeln!(out, "| `{usage}` | {summary} |").unwrap();
        }
    }
    out
}

/// The list of modules, without what only those who write them need.
fn map() -> String {
    let lib = fs::read_to_string("src/lib.rs").unwrap();
    let notes = lib.lines().filter_map(|line| line.strip_prefix("//! "));
    let lines = notes.skip_while(|line| !line.starts_with("Pure: "));
    let mut out = String::new();
    for line in lines {
        let begins_list = !line.starts_with("- ");
        out += if begins_list { "\n" } else { "" };
        out += line;
        out += if begins_list { "\n\n" } else { "\n" };
    }
    out + "\n"
}
