//! The house rules, held: who may name whom, what pure code does without, and that nothing is without its explanation.

#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/words.rs"]
mod words;

use source::{Source, sources};

/// A longer file wants to be two.
const LINES_MAX: usize = 400;

/// `_ =>` over what is no enum of ours, or of one that is shared out between files: a file, how many, and why.
const CATCH_ALLS: &[(&str, usize, &str)] = &[
    (
        "src/render/irc/answer.rs",
        3,
        "most replies say nothing of success; the others are of numbers and words",
    ),
    (
        "src/render/irc/event.rs",
        1,
        "MONITOR tells three events; what all others say is named below it",
    ),
    (
        "src/render/irc/in_rooms.rs",
        2,
        "event.rs names every event; and the letters of modes",
    ),
    (
        "src/render/irc/mod.rs",
        1,
        "most events are told to everybody alike",
    ),
    (
        "src/render/irc/operators.rs",
        1,
        "event.rs names every event",
    ),
    (
        "src/render/mod.rs",
        1,
        "most events look the same to everybody",
    ),
    (
        "src/render/plain/answer.rs",
        1,
        "few replies carry a number",
    ),
    ("src/render/plain/letters.rs", 3, "letters"),
    (
        "src/render/plain/notes.rs",
        1,
        "few events are about a person and stored for them",
    ),
    (
        "src/render/plain/row.rs",
        1,
        "most events have no text to be gone",
    ),
    (
        "src/render/plain/text.rs",
        3,
        "most events are of no room; told.rs names every one that is told",
    ),
    ("src/store/fault.rs", 1, "errors of SQLite"),
    (
        "src/store/load/accounts.rs",
        2,
        "words of the database, which it checks",
    ),
    (
        "src/store/load/rooms.rs",
        1,
        "words of the database, which it checks",
    ),
    (
        "src/store/row.rs",
        1,
        "which events are rows is said by Event::kept",
    ),
    (
        "src/store/write.rs",
        2,
        "what is written is said by Event::kept; a test compares what was loaded",
    ),
    (
        "src/store/write/account.rs",
        1,
        "the other events are of room.rs",
    ),
    (
        "src/store/write/room.rs",
        1,
        "the other events are of account.rs",
    ),
    (
        "src/store/write/server.rs",
        1,
        "the other events are of the other files",
    ),
];

#[test]
fn files_begin_with_a_sentence_and_are_short() {
    for source in sources(&["src", "grammar/src", "grammar/tests", "tests"]) {
        let name = &source.name;
        assert!(
            source.text.starts_with("//! "),
            "{name} says not what it is"
        );
        let lines = source.text.lines().count();
        assert!(lines <= LINES_MAX, "{name} has {lines} lines");
    }
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    for source in sources(&["src", "grammar/src"]) {
        for (number, line) in source.code() {
            let at = format!("{}:{number}: {line}", source.name);
            assert!(!line.contains(".unwrap()"), "expect() says why: {at}");
            assert!(!line.contains("thread::sleep"), "{at}");
        }
    }
}

#[test]
fn tests_wait_for_what_they_wait_for() {
    for source in sources(&["src", "grammar/src", "grammar/tests", "tests"]) {
        let code: Vec<usize> = source.code().iter().map(|(number, _)| *number).collect();
        for (at, line) in source.text.lines().enumerate() {
            let of_test = !code.contains(&(at + 1)) && !source.name.contains("tidy");
            let sleeps = line.contains("thread::sleep") || line.contains("time::sleep(");
            assert!(!(of_test && sleeps), "{}:{}: {line}", source.name, at + 1);
        }
    }
}

#[test]
fn matches_on_our_own_enums_are_exhaustive() {
    let mut found = Vec::new();
    for source in sources(&["src/render", "src/state", "src/store"]) {
        let count = catch_alls(&source);
        if count > 0 {
            found.push((source.name.clone(), count));
        }
    }
    found.sort();
    let known = CATCH_ALLS.iter();
    let known: Vec<(String, usize)> = known.map(|row| (row.0.to_owned(), row.1)).collect();
    assert_eq!(found, known, "name every variant, or say why not");
}

fn catch_alls(source: &Source) -> usize {
    let code = source.code().into_iter();
    code.filter(|(_, line)| line.trim_start().starts_with("_ =>"))
        .count()
}
