//! The table of commands, made once from `commands.abnf`.

use std::sync::LazyLock;

use super::kind::names;
use super::usage;
use super::walk::{self, Node};
use crate::abnf::{Definition, Element, Grammar};

/// One command.
#[derive(Debug)]
pub struct Rule {
    /// The name of the rule, in lower case; no argument has it.
    pub name: &'static str,
    /// The first word of the request, in capitals.
    pub verb: &'static str,
    /// Under which heading HELP shows it.
    pub theme: &'static str,
    /// One sentence of HELP.
    pub summary: &'static str,
    /// A line that parses.
    pub example: &'static str,
    /// Verb and arguments as people write them: `KICK nick [#room] [why]`.
    pub usage: String,
    /// What follows the verb, to be walked.
    pub(super) nodes: Box<[Node]>,
}

/// Rules are one to a command, so the verb tells them apart.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.verb == other.verb
    }
}

impl Eq for Rule {}

/// Verbs other chat programs use, and ours for them.
const ELSEWHERE: [(&str, &str); 14] = [
    ("BYE", "QUIT"),
    ("CHAT", "TALK"),
    ("EXIT", "QUIT"),
    ("LIST", "ROOMS"),
    ("NAMES", "WHO"),
    ("PART", "LEAVE"),
    ("PRIVMSG", "MSG"),
    ("QUERY", "PRIV"),
    ("REDACT", "DELETE"),
    ("SAY", "MSG"),
    ("TELL", "PRIV"),
    ("TIMEZONE", "TZ"),
    ("USERS", "WHO"),
    ("WHISPER", "PRIV"),
];

/// Longer words are no verbs, and the key below holds no more.
const VERB_MAX_BYTES: usize = 16;

struct Table {
    rules: Vec<Rule>,
    /// Verbs as numbers, sorted, each with the place of its rule.
    keys: Vec<(u128, usize)>,
    themes: Vec<&'static str>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| table().expect("the tests read the embedded commands.abnf"));

/// Every command, in the order of the file.
#[must_use]
pub fn commands() -> &'static [Rule] {
    &TABLE.rules
}

/// The themes, in the order of the file.
#[must_use]
pub fn themes() -> &'static [&'static str] {
    &TABLE.themes
}

/// The command of that verb, in any case.
#[must_use]
pub fn rule(verb: &str) -> Option<&'static Rule> {
    let table = &*TABLE;
    let key = key(verb)?;
    let place = table
        .keys
        .binary_search_by_key(&key, |(key, _)| *key)
        .ok()?;
    Some(&table.rules[table.keys[place].1])
}

/// The command that was probably meant by a word that is none.
#[must_use]
pub fn similar(verb: &str) -> Option<&'static str> {
    let verb = verb.strip_prefix('/').unwrap_or(verb).to_ascii_uppercase();
    if verb.len() > VERB_MAX_BYTES {
        return None;
    }
    if let Some((_, ours)) = ELSEWHERE.iter().find(|(theirs, _)| *theirs == verb) {
        return Some(ours);
    }
    let allowed = if verb.len() < 6 { 1 } else { 2 };
    commands()
        .iter()
        .filter(|rule| rule.verb.len().abs_diff(verb.len()) <= allowed)
        .map(|rule| (distance(verb.as_bytes(), rule.verb.as_bytes()), rule.verb))
        .filter(|(distance, known)| *distance <= allowed && *distance < known.len())
        .min()
        .map(|(_, known)| known)
}

/// The rules of `commands.abnf` as they were read, for generators and documents.
#[must_use]
pub fn syntax() -> &'static Grammar<'static> {
    static SYNTAX: LazyLock<Grammar<'static>> = LazyLock::new(|| {
        Grammar::parse(include_str!("../../commands.abnf"))
            .expect("the tests read the embedded commands.abnf")
    });
    &SYNTAX
}

fn table() -> Result<Table, String> {
    let rules = syntax()
        .rules()
        .iter()
        .map(compiled)
        .collect::<Result<Vec<_>, _>>()?;
    let mut themes = Vec::new();
    for rule in &rules {
        if !themes.contains(&rule.theme) {
            themes.push(rule.theme);
        }
    }
    let keyed = rules.iter().enumerate();
    let mut keys: Vec<_> = keyed
        .filter_map(|(place, rule)| Some((key(rule.verb)?, place)))
        .collect();
    keys.sort_unstable();
    if keys.len() < rules.len() || keys.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err("a verb is too long, or of two rules".to_owned());
    }
    Ok(Table {
        rules,
        keys,
        themes,
    })
}

fn compiled(definition: &'static Definition<'static>) -> Result<Rule, String> {
    let lacks = |what: &str| format!("{} lacks {what}", definition.name);
    // Read together, the two files would have a command stand where an argument is meant.
    if names().rule(definition.name).is_some() {
        return Err(format!("{} is the name of an argument", definition.name));
    }
    let (verb, rest) = match &definition.body {
        Element::Concatenation(parts) => (&parts[0], &parts[1..]),
        only => (only, [].as_slice()),
    };
    let Element::Text {
        text: std::borrow::Cow::Borrowed(verb),
        ..
    } = verb
    else {
        return Err(lacks("its verb"));
    };
    Ok(Rule {
        name: definition.name,
        verb,
        theme: definition.note("theme").ok_or_else(|| lacks("theme"))?,
        summary: summary(definition).ok_or_else(|| lacks("its sentence of HELP"))?,
        example: definition.note("example").ok_or_else(|| lacks("example"))?,
        usage: definition
            .note("usage")
            .map_or_else(|| usage::line(verb, rest), str::to_owned),
        nodes: walk::compiled(rest).map_err(|what| format!("{}: {what}", definition.name))?,
    })
}

/// The first comment line that is no note.
fn summary(definition: &Definition<'static>) -> Option<&'static str> {
    let note = |line: &str| {
        ["theme: ", "usage: ", "example: "]
            .iter()
            .any(|key| line.starts_with(key))
    };
    definition.comments.iter().copied().find(|line| !note(line))
}

/// A verb in capitals as one number; none for a word that is too long.
fn key(verb: &str) -> Option<u128> {
    if verb.len() > VERB_MAX_BYTES {
        return None;
    }
    Some(verb.bytes().fold(0, |key, byte| {
        key << 8 | u128::from(byte.to_ascii_uppercase())
    }))
}

/// How many letters were left out, added, changed or swapped with their neighbour.
fn distance(left: &[u8], right: &[u8]) -> usize {
    let mut rows = vec![vec![0; right.len() + 1]; left.len() + 1];
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            rows[i][j] = match (i, j) {
                (0, other) | (other, 0) => other,
                (i, j) => {
                    let changed = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
                    let swapped = i > 1
                        && j > 1
                        && left[i - 1] == right[j - 2]
                        && left[i - 2] == right[j - 1];
                    let swap = if swapped {
                        rows[i - 2][j - 2] + 1
                    } else {
                        usize::MAX
                    };
                    changed
                        .min(rows[i - 1][j] + 1)
                        .min(rows[i][j - 1] + 1)
                        .min(swap)
                }
            };
        }
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_file_compiles() {
        let table = table().unwrap();
        assert!(table.rules.len() > 60);
        assert_eq!(
            table.themes,
            [
                "people",
                "talking",
                "rooms",
                "history",
                "screen",
                "moderation"
            ]
        );
        for rule in &table.rules {
            assert_eq!(rule.verb, rule.verb.to_ascii_uppercase());
            assert!(
                rule.summary.ends_with('.') && rule.usage.starts_with(rule.verb),
                "{rule:?}"
            );
        }
    }

    #[test]
    fn a_bad_rule_says_why() {
        for (text, why) in [
            ("; theme: x\n; Y.\n; example: A\na = SP", "its verb"),
            ("; theme: x\n; Y.\na = \"A\"", "example"),
            ("; theme: x\n; example: A\na = \"A\"", "sentence"),
            (
                "; theme: x\n; Y.\n; example: A\na = \"A\" SP nonsense",
                "nonsense",
            ),
            (
                "; theme: x\n; Y.\n; example: A\na = \"A\" SP %x41-5A",
                "not a word",
            ),
            (
                "; theme: x\n; Y.\n; example: A\npassword = \"A\"",
                "an argument",
            ),
        ] {
            let grammar: &'static Grammar<'static> =
                Box::leak(Box::new(Grammar::parse(text).unwrap()));
            let error = compiled(&grammar.rules()[0]).unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn slips_of_the_keyboard() {
        for (slip, meant) in [
            ("JION", Some("JOIN")),
            ("/jion", Some("JOIN")),
            ("histroy", Some("HISTORY")),
            ("mgs", Some("MSG")),
            ("PART", Some("LEAVE")),
            ("privmsg", Some("MSG")),
            ("REGISTR", Some("REGISTER")),
            ("hello", None),
            ("x", None),
            ("supercalifragilistic", None),
            ("日本", None),
        ] {
            assert_eq!(similar(slip), meant, "{slip}");
        }
    }
}
