//! The table of all configuration keys: from it come checks, defaults, variables, the example file and the README's table.

pub(super) mod doors;
mod limits;
mod people;
mod text;

use std::sync::LazyLock;

use super::kind::Kind;

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The full name: `limits.nick_len`; of a list of tables, `listen.address`.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// What it holds if nothing is said.
    pub default: Default,
    /// What it is for, in one sentence.
    pub doc: &'static str,
}

/// What a key holds if nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// Nothing; the TOML text is an example.
    Absent(&'static str),
    /// Every entry of its list must say it; the TOML text is an example.
    Required(&'static str),
    /// A TOML text.
    Value(&'static str),
}

/// Lists of tables, each with what stands there if nothing is said.
pub const LISTS: [(&str, &str); 2] = [
    (
        "listen",
        "[{ address = \"127.0.0.1:6667\" }, { address = \"127.0.0.1:6697\", tls = true }]",
    ),
    ("operator", "[]"),
];

/// Every key, section by section.
#[must_use]
pub fn keys() -> &'static [Key] {
    static KEYS: LazyLock<Vec<Key>> =
        LazyLock::new(|| [doors::KEYS, people::KEYS, limits::KEYS].concat());
    &KEYS
}

impl Key {
    /// The name of the environment variable that sets it; keys in lists have none.
    #[must_use]
    pub fn variable(&self) -> Option<String> {
        self.list().is_none().then(|| variable(self.name))
    }

    /// The list of tables it stands in.
    #[must_use]
    pub fn list(&self) -> Option<&'static str> {
        list_of(self.name)
    }
}

/// The name of the variable for a key, a section or a list.
pub fn variable(name: &str) -> String {
    format!("CHINWAG_{}", name.replace('.', "__").to_ascii_uppercase())
}

/// The key of a full name.
pub fn key(name: &str) -> Option<&'static Key> {
    keys().iter().find(|key| key.name == name)
}

/// The list of tables of that name.
pub fn list(name: &str) -> Option<&'static str> {
    LISTS
        .iter()
        .map(|(list, _)| *list)
        .find(|list| *list == name)
}

/// The list of tables that a key stands in.
pub fn list_of(name: &str) -> Option<&'static str> {
    let inside = |list: &&str| {
        name.strip_prefix(list)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    LISTS.iter().map(|(list, _)| *list).find(inside)
}

/// Whether keys stand under that name.
pub fn is_section(name: &str) -> bool {
    let under = |key: &Key| {
        key.name
            .strip_prefix(name)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    keys().iter().any(under)
}

const fn flag(name: &'static str, default: &'static str, doc: &'static str) -> Key {
    Key {
        name,
        kind: Kind::Flag,
        default: Default::Value(default),
        doc,
    }
}

const fn whole(
    name: &'static str,
    default: &'static str,
    (min, max): (u64, u64),
    doc: &'static str,
) -> Key {
    Key {
        name,
        kind: Kind::Whole { min, max },
        default: Default::Value(default),
        doc,
    }
}

const fn span(
    name: &'static str,
    default: &'static str,
    (min, max): (u64, u64),
    doc: &'static str,
) -> Key {
    Key {
        name,
        kind: Kind::Span {
            min,
            max,
            zero: None,
        },
        default: Default::Value(default),
        doc,
    }
}
