//! Environment variables that override keys: `CHINWAG_SERVER__NAME`.

use toml::de::DeValue;

use super::Notes;
use super::nearest::nearest;
use super::table::{Place, Walk, allowed};
use crate::config::keys::{self, Key};
use crate::config::mistake::{Mistake, Origin};
use crate::config::values::Values;

const PREFIX: &str = "CHINWAG_";

/// Reads the variables that are ours. `CHINWAG_LOG` and others without `__` are somebody else's.
pub fn read(
    env: impl IntoIterator<Item = (String, String)>,
    values: &mut Values,
    notes: &mut Notes,
) {
    // Sorted, a section comes before the keys in it, which so win.
    let mut ours: Vec<_> = env
        .into_iter()
        .filter(|(name, _)| name.starts_with(PREFIX))
        .collect();
    ours.sort();
    for (variable, text) in &ours {
        let name = variable[PREFIX.len()..]
            .replace("__", ".")
            .to_ascii_lowercase();
        match keys::key(&name) {
            Some(key) => one(key, variable, text, values, notes),
            None if keys::list(&name).is_some() || keys::is_section(&name) => {
                several(&name, variable, text, values, notes);
            }
            None if name.contains('.') => {
                let known = nearest(&name);
                let known = keys::list_of(known).unwrap_or(known);
                tell(
                    variable,
                    "",
                    "no such key".into(),
                    format!("did you mean {}?", keys::variable(known)),
                    notes,
                );
            }
            None => {}
        }
    }
}

fn one(key: &'static Key, variable: &str, text: &str, values: &mut Values, notes: &mut Notes) {
    if let Some(list) = key.list() {
        let whole = format!("set the whole list: {}='[{{ … }}]'", keys::variable(list));
        return tell(
            variable,
            key.name,
            "it stands in a list".into(),
            whole,
            notes,
        );
    }
    let origin = Origin::Variable(variable.to_owned());
    notes.origins.insert(key.name.to_owned(), origin);
    match key.kind.check_variable(text) {
        Ok(value) => values.put(key.name, value),
        Err(wrong) => {
            notes.bad.insert(key.name.to_owned());
            tell(variable, key.name, wrong, allowed(key), notes);
        }
    }
}

/// A section or a list, in TOML.
fn several(name: &str, variable: &str, text: &str, values: &mut Values, notes: &mut Notes) {
    match DeValue::parse(text) {
        Ok(value) => {
            let mut walk = Walk {
                place: Place::Variable(variable),
                notes,
            };
            walk.entry((name, name), value.span(), value.get_ref(), values);
        }
        // The text may hold a password and is not shown.
        Err(_) => {
            notes.bad.insert(name.to_owned());
            let allowed = "allowed: a TOML value like { key = \"text\" } or [{ key = \"text\" }]";
            tell(
                variable,
                name,
                "it is not TOML".into(),
                allowed.into(),
                notes,
            );
        }
    }
}

fn tell(variable: &str, key: &str, wrong: String, allowed: String, notes: &mut Notes) {
    let (origin, key) = (Origin::Variable(variable.to_owned()), key.to_owned());
    notes.mistakes.push(Mistake {
        origin,
        key,
        wrong,
        allowed,
    });
}
