//! Who may name whom, and what pure code does without.

use crate::source::{Source, sources};

/// The pure modules: no clock, no socket, no file, no thread, no random number.
const PURE: &[(&str, &[&str])] = &[
    ("secret", &[]),
    ("model", &["secret"]),
    ("reply", &["secret", "model"]),
    ("effect", &["secret", "model", "reply"]),
    ("hub::caps", &[]),
    ("hub::index", &["model", "effect"]),
    (
        "render",
        &[
            "secret",
            "model",
            "reply",
            "effect",
            "hub::caps",
            "hub::index",
        ],
    ),
    ("state", &["secret", "model"]),
    ("policy", &["secret", "model", "reply", "state"]),
    (
        "command",
        &["secret", "model", "reply", "effect", "state", "policy"],
    ),
    (
        "hub::plain",
        &["secret", "model", "reply", "effect", "command"],
    ),
    (
        "hub::irc",
        &[
            "secret",
            "model",
            "reply",
            "effect",
            "hub::caps",
            "hub::index",
            "render",
            "command",
            "hub::plain",
        ],
    ),
    (
        "machine",
        &[
            "secret", "model", "reply", "effect", "state", "policy", "command",
        ],
    ),
];

/// The shell. Beside these modules each may name every pure one.
const SHELL: &[(&str, &[&str])] = &[
    ("config", &[]),
    ("logging", &[]),
    ("fd_limit", &[]),
    ("log", &[]),
    ("store", &["config"]),
    ("auth", &["config"]),
    ("mail", &["config"]),
    ("control", &[]),
    ("sequencer", &["log"]),
    ("net", &["config", "log", "sequencer"]),
    ("cert", &["config", "net"]),
    (
        "server",
        &[
            "config",
            "logging",
            "fd_limit",
            "cert",
            "log",
            "store",
            "auth",
            "mail",
            "control",
            "sequencer",
            "net",
        ],
    ),
    ("cli", &["config", "logging", "cert", "control", "net"]),
];

/// What pure code would have to be given as an argument.
const BANNED: &[&str] = &[
    "tokio",
    "rusqlite",
    "std::net",
    "std::fs",
    "std::thread",
    "std::time",
    "rand::",
    "chrono::Utc",
    "Utc::now",
    "Local::now",
];

#[test]
fn modules_name_only_what_they_may() {
    for source in sources(&["src"]) {
        let Some(module) = module(&source) else {
            continue;
        };
        for (number, line) in source.code() {
            for named in named(line) {
                let at = format!("{}:{number}: {module} may not name {named}", source.name);
                assert!(named == module || may_name(&module, &named), "{at}");
            }
        }
    }
}

#[test]
fn pure_code_knows_no_clock_and_no_file() {
    for source in sources(&["src", "grammar/src"]) {
        let grammar = source.name.starts_with("grammar/");
        let is_pure = module(&source).is_some_and(|module| is_pure(&module));
        if !grammar && !is_pure {
            continue;
        }
        for (number, line) in source.code() {
            for banned in BANNED {
                let at = format!("{}:{number}: {banned}", source.name);
                assert!(!has_path(line, banned), "{at}");
            }
        }
    }
}

#[test]
fn the_map_has_every_module_in_the_order_of_its_layers() {
    let lib = std::fs::read_to_string("src/lib.rs").unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! - `"));
    let mapped: Vec<&str> = rows.map(|row| row.split('`').next().unwrap()).collect();
    let layers: Vec<&str> = PURE.iter().chain(SHELL).map(|(name, _)| *name).collect();
    assert_eq!(mapped, layers);
}

fn is_pure(module: &str) -> bool {
    PURE.iter().any(|(name, _)| *name == module)
}

fn may_name(module: &str, named: &str) -> bool {
    if let Some((_, allowed)) = PURE.iter().find(|(name, _)| *name == module) {
        return allowed.contains(&named);
    }
    let row = SHELL.iter().find(|(name, _)| *name == module);
    let (_, allowed) = row.unwrap_or_else(|| panic!("{module} stands in no layer"));
    is_pure(named) || allowed.contains(&named)
}

/// The layer of a file; none for the roots, which name everything.
fn module(source: &Source) -> Option<String> {
    let path = source.name.strip_prefix("src/")?.strip_suffix(".rs")?;
    let parts: Vec<&str> = path.split('/').filter(|part| *part != "mod").collect();
    match parts[..] {
        ["lib" | "main" | "hub"] => None,
        ["hub", part, ..] => Some(format!("hub::{part}")),
        [top, ..] => Some(top.to_owned()),
        [] => None,
    }
}

/// The modules that a line names by their path from the root.
fn named(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once("crate::") {
        rest = after;
        let mut words = after.split("::").map(word);
        let top = words.next().unwrap_or_default();
        assert!(!top.is_empty(), "name one module at a time: {line}");
        out.push(match (top, words.next()) {
            ("hub", Some(part)) => format!("hub::{part}"),
            _ => top.to_owned(),
        });
    }
    out
}

fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Whether the path stands in the line, not as the end of a longer word.
fn has_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
    })
}
