//! Walks TOML tables by the table of keys: checks values, tells unknown keys.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::line_of;
use super::nearest::nearest;
use super::{Notes, fill};
use crate::config::keys::{self, Default, Key, keys};
use crate::config::mistake::{Mistake, Origin};
use crate::config::values::Values;

/// Where the tables stand.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// In the defaults.
    Defaults,
    /// In a file of that text.
    File {
        /// The file.
        path: &'a Path,
        /// What it holds.
        text: &'a str,
    },
    /// In a variable.
    Variable(&'a str),
}

/// A walk over the tables of one place.
pub struct Walk<'a> {
    pub place: Place<'a>,
    pub notes: &'a mut Notes,
}

/// Takes a list of tables from the defaults.
pub fn default_list(list: &'static str, text: &str, values: &mut Values, notes: &mut Notes) {
    let value = DeValue::parse(text).expect("a test reads every default");
    let span = value.span();
    let mut unnoted = Notes::default();
    Walk {
        place: Place::Defaults,
        notes: &mut unnoted,
    }
    .list(list, span, value.get_ref(), values);
    assert!(
        unnoted.mistakes.is_empty(),
        "a test checks every default: {:?}",
        unnoted.mistakes
    );
    notes.origins.remove(list);
}

impl Walk<'_> {
    /// A section, or an entry of a list: its keys, and the sections in it.
    pub fn section(&mut self, prefix: &str, table: &DeTable<'_>, values: &mut Values) {
        self.entries(prefix, prefix, table, values);
    }

    /// The value of a name: a key, a list or a section.
    ///
    /// `noted` is the name under which the origin is kept, with the place in a list.
    pub fn entry(
        &mut self,
        (name, noted): (&str, &str),
        span: Range<usize>,
        value: &DeValue<'_>,
        values: &mut Values,
    ) {
        if let Some(list) = keys::list(name) {
            self.list(list, span, value, values);
        } else if let Some(key) = keys::key(name) {
            self.note(noted, &span);
            match key.kind.check(value) {
                Ok(value) => values.put(key.name, value),
                Err(wrong) => self.mistake(noted, key.name, &span, wrong, allowed(key)),
            }
        } else if !keys::is_section(name) {
            let wrong = "no such key".to_owned();
            self.mistake(
                noted,
                name,
                &span,
                wrong,
                format!("did you mean {}?", nearest(name)),
            );
        } else if let DeValue::Table(table) = value {
            self.entries(name, noted, table, values);
        } else {
            let wrong = format!("it is {}", described(value));
            self.mistake(
                noted,
                name,
                &span,
                wrong,
                format!("allowed: a section, [{name}], with keys of its own"),
            );
        }
    }

    /// A value that stands for a whole list of tables.
    fn list(
        &mut self,
        list: &'static str,
        span: Range<usize>,
        value: &DeValue<'_>,
        values: &mut Values,
    ) {
        self.note(list, &span);
        let allowed = format!("allowed: [[{list}]] before each, or a list of tables");
        let DeValue::Array(items) = value else {
            return self.mistake(
                list,
                list,
                &span,
                format!("it is {}", described(value)),
                allowed,
            );
        };
        let mut entries = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let (noted, mut entry) = (format!("{list}.{place}"), Values::default());
            self.note(&noted, &item.span());
            if let DeValue::Table(table) = item.get_ref() {
                self.entries(list, &noted, table, &mut entry);
                self.required(list, &noted, &item.span(), table);
            } else {
                let wrong = format!("{} stands in the list", described(item.get_ref()));
                self.mistake(&noted, list, &item.span(), wrong, allowed.clone());
            }
            fill(Some(list), &mut entry);
            entries.push(entry);
        }
        values.put_many(list, entries);
    }

    fn entries(&mut self, prefix: &str, noted: &str, table: &DeTable<'_>, values: &mut Values) {
        let mut entries: Vec<(&Spanned<_>, &Spanned<DeValue<'_>>)> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let (name, noted) = (joined(prefix, key.get_ref()), joined(noted, key.get_ref()));
            self.entry((&name, &noted), key.span(), value.get_ref(), values);
        }
    }

    fn required(&mut self, list: &str, noted: &str, span: &Range<usize>, table: &DeTable<'_>) {
        for key in keys().iter().filter(|key| key.list() == Some(list)) {
            let name = &key.name[list.len() + 1..];
            if matches!(key.default, Default::Required(_)) && !table.contains_key(name) {
                let noted = joined(noted, name);
                self.mistake(&noted, key.name, span, "it is missing".into(), allowed(key));
            }
        }
    }

    fn note(&mut self, noted: &str, span: &Range<usize>) {
        self.notes
            .origins
            .insert(noted.to_owned(), self.origin(span));
    }

    fn mistake(
        &mut self,
        noted: &str,
        key: &str,
        span: &Range<usize>,
        wrong: String,
        allowed: String,
    ) {
        let mistake = Mistake {
            origin: self.origin(span),
            key: key.to_owned(),
            wrong,
            allowed,
        };
        self.notes.bad.insert(noted.to_owned());
        self.notes.mistakes.push(mistake);
    }

    fn origin(&self, span: &Range<usize>) -> Origin {
        match self.place {
            Place::Defaults => Origin::Default,
            Place::File { path, text } => Origin::File {
                path: path.to_owned(),
                line: Some(line_of(text, span.start)),
            },
            Place::Variable(name) => Origin::Variable(name.to_owned()),
        }
    }
}

/// What a key allows, as a phrase that ends a mistake.
pub fn allowed(key: &Key) -> String {
    format!("allowed: {}", key.kind.allowed())
}

fn joined(prefix: &str, key: &str) -> String {
    if prefix.is_empty() {
        key.to_owned()
    } else {
        format!("{prefix}.{key}")
    }
}

fn described(value: &DeValue<'_>) -> String {
    crate::config::kind::article(value.type_str())
}
