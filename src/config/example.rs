//! The table of keys as an example file, and as the README's table.

use super::keys::{Default, Key, LISTS, keys};

/// A complete configuration file that says what the defaults say, each key with its sentence.
#[must_use]
pub fn file() -> String {
    let mut out = String::from(
        "# Every key of chinwag with its default. Lines that begin with #name = are examples of what is absent.\n\
         # CHINWAG_ and the names in capitals, joined with __, override a key: CHINWAG_SERVER__NAME.\n",
    );
    let mut section = "";
    for key in keys() {
        let (of, name) = split(key);
        if of != section {
            section = of;
            out.push_str(&header(of));
        }
        let line = match key.default {
            Default::Absent(example) => format!("#{name} = {example}"),
            Default::Required(value) | Default::Value(value) => format!("{name} = {value}"),
        };
        // A list of no entries by default stays one: its keys are an example.
        let example = key.list().is_some_and(is_empty);
        let line = if example { format!("#{line}") } else { line };
        out.push_str(&format!(
            "# {} Allowed: {}.\n{line}\n",
            key.doc,
            key.kind.allowed()
        ));
    }
    out.push_str(MORE_LISTENERS);
    out
}

/// The rows of the README's table: key, default, what it is for.
#[must_use]
pub fn readme() -> String {
    let mut out = String::from("| key | default | what for |\n|---|---|---|\n");
    for key in keys() {
        let default = match key.default {
            Default::Absent(_) => "absent".to_owned(),
            Default::Required(_) => "must be said".to_owned(),
            Default::Value(value) => format!("`{value}`"),
        };
        out.push_str(&format!(
            "| `{}` | {default} | {} Allowed: {}. |\n",
            key.name,
            key.doc,
            key.kind.allowed().replace('|', "\\|")
        ));
    }
    out
}

/// The second listener of the defaults, which the keys alone do not show.
const MORE_LISTENERS: &str = "\n[[listen]]\naddress = \"127.0.0.1:6697\"\ntls = true\n";

fn header(section: &str) -> String {
    match LISTS.iter().find(|(list, _)| *list == section) {
        None => format!("\n[{section}]\n"),
        Some((list, _)) if is_empty(list) => format!("\n#[[{list}]]\n"),
        Some((list, _)) => format!("\n[[{list}]]\n"),
    }
}

fn is_empty(list: &str) -> bool {
    LISTS
        .iter()
        .any(|(name, default)| *name == list && *default == "[]")
}

fn split(key: &Key) -> (&'static str, &'static str) {
    key.name
        .rsplit_once('.')
        .expect("every key stands in a section")
}
