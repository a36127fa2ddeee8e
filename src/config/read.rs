//! From a file and an environment to checked values, noting where each came from and every mistake.

mod file;
mod nearest;
mod table;
mod variable;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::de::DeValue;

use super::keys::{self, Default, Key, keys};
use super::kind::Value;
use super::mistake::{Mistake, Origin};
use super::values::Values;

/// What is remembered beside the values.
#[derive(Default)]
pub struct Notes {
    pub mistakes: Vec<Mistake>,
    /// Where a value came from; an entry of a list as `listen.0` and `listen.0.address`.
    origins: BTreeMap<String, Origin>,
    bad: BTreeSet<String>,
    file: Option<PathBuf>,
    half_read: bool,
}

/// Values of every key, from the file, over it the variables, under it the defaults.
pub fn all(
    path: Option<&Path>,
    env: impl IntoIterator<Item = (String, String)>,
) -> (Values, Notes) {
    let mut values = Values::default();
    let mut notes = Notes {
        file: path.map(Path::to_owned),
        ..Notes::default()
    };
    if let Some(path) = path {
        file::read(path, &mut values, &mut notes);
    }
    variable::read(env, &mut values, &mut notes);
    for (list, default) in keys::LISTS {
        if !values.holds(list) {
            table::default_list(list, default, &mut values, &mut notes);
        }
    }
    fill(None, &mut values);
    (values, notes)
}

/// Gives the keys of one list, or of none, their defaults where nothing good was said.
fn fill(list: Option<&'static str>, values: &mut Values) {
    for key in keys().iter().filter(|key| key.list() == list) {
        let text = match key.default {
            Default::Absent(_) => continue,
            // Whoever left out what is required gets no configuration, but the other mistakes.
            Default::Required(text) | Default::Value(text) => text,
        };
        if !values.holds(key.name) {
            values.put(key.name, default_value(key, text));
        }
    }
}

fn default_value(key: &Key, text: &str) -> Value {
    let value = DeValue::parse(text).expect("a test reads every default");
    key.kind
        .check(value.get_ref())
        .expect("a test checks every default")
}

impl Notes {
    /// Whether a value was given, good or bad.
    pub fn given(&self, name: &str) -> bool {
        self.origins.contains_key(name)
    }

    /// Whether the file is no TOML, so that what it says of other keys is not known.
    pub fn is_half_read(&self) -> bool {
        self.half_read
    }

    /// Tells a mistake between keys, at the first; not where one of them is a mistake by itself already.
    pub fn blame(&mut self, names: &[&str], wrong: impl Into<String>, allowed: impl Into<String>) {
        if names.iter().any(|name| self.bad.contains(*name)) {
            return;
        }
        let given = names.iter().find_map(|name| self.origins.get(*name));
        let origin = given.cloned().unwrap_or_else(|| match &self.file {
            Some(path) => Origin::File {
                path: path.clone(),
                line: None,
            },
            None => Origin::Default,
        });
        self.mistakes.push(Mistake {
            origin,
            key: shown(names[0]),
            wrong: wrong.into(),
            allowed: allowed.into(),
        });
    }
}

/// `listen.address` of `listen.0.address`: the line says which.
fn shown(name: &str) -> String {
    let parts = name
        .split('.')
        .filter(|part| !part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.collect::<Vec<_>>().join(".")
}
