//! The checked values of one section or of one entry of a list, taken out one by one where `Config` is put together.

use std::collections::BTreeMap;

use chinwag_grammar::Span;

use super::kind::{Choice, Value};
use crate::secret::Secret;

/// Values by the full names of their keys. Each is taken once: a key that nobody takes is a bug, found by `finish`.
#[derive(Default)]
pub struct Values {
    one: BTreeMap<&'static str, Value>,
    many: BTreeMap<&'static str, Vec<Values>>,
}

impl Values {
    pub fn put(&mut self, name: &'static str, value: Value) {
        self.one.insert(name, value);
    }

    pub fn put_many(&mut self, name: &'static str, items: Vec<Values>) {
        self.many.insert(name, items);
    }

    pub fn holds(&self, name: &str) -> bool {
        self.one.contains_key(name) || self.many.contains_key(name)
    }

    /// The entries of a list of tables.
    pub fn items(&mut self, name: &str) -> Vec<Values> {
        self.many.remove(name).unwrap_or_default()
    }

    pub fn flag(&mut self, name: &str) -> bool {
        match self.take(name) {
            Some(Value::Flag(flag)) => flag,
            Some(Value::Span(_) | Value::Text(_) | Value::Texts(_) | Value::Whole(_)) | None => {
                mistyped(name)
            }
        }
    }

    pub fn span(&mut self, name: &str) -> Span {
        match self.take(name) {
            Some(Value::Span(span)) => span,
            Some(Value::Flag(_) | Value::Text(_) | Value::Texts(_) | Value::Whole(_)) | None => {
                mistyped(name)
            }
        }
    }

    pub fn texts(&mut self, name: &str) -> Vec<String> {
        match self.take(name) {
            Some(Value::Texts(texts)) => texts,
            Some(Value::Flag(_) | Value::Span(_) | Value::Text(_) | Value::Whole(_)) | None => {
                mistyped(name)
            }
        }
    }

    /// A number in the type it is used in; bounds in the table keep it in there.
    pub fn whole<T: TryFrom<u64>>(&mut self, name: &str) -> T {
        match self.take(name) {
            Some(Value::Whole(number)) => T::try_from(number).unwrap_or_else(|_| mistyped(name)),
            Some(Value::Flag(_) | Value::Span(_) | Value::Text(_) | Value::Texts(_)) | None => {
                mistyped(name)
            }
        }
    }

    /// A text that need not be there.
    pub fn maybe_text(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            None => None,
            Some(Value::Text(text)) => Some(text),
            Some(Value::Flag(_) | Value::Span(_) | Value::Texts(_) | Value::Whole(_)) => {
                mistyped(name)
            }
        }
    }

    pub fn text(&mut self, name: &str) -> String {
        self.maybe_text(name).unwrap_or_else(|| mistyped(name))
    }

    pub fn secret(&mut self, name: &str) -> Secret {
        Secret::from(self.text(name))
    }

    /// A text as the type that its kind has checked it to be.
    pub fn read<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> T {
        read(&self.text(name)).unwrap_or_else(|| mistyped(name))
    }

    /// A list of such texts.
    pub fn read_all<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let texts = self.texts(name);
        texts
            .iter()
            .map(|text| read(text).unwrap_or_else(|| mistyped(name)))
            .collect()
    }

    pub fn choice<T: Choice>(&mut self, name: &str) -> T {
        self.read(name, |text| {
            T::ALL
                .iter()
                .find(|(word, _)| *word == text)
                .map(|(_, choice)| *choice)
        })
    }

    /// Asserts that everything was taken.
    pub fn finish(self) {
        let left: Vec<_> = self.one.keys().chain(self.many.keys()).collect();
        assert!(
            left.is_empty(),
            "nobody takes the configuration keys {left:?}"
        );
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.one.remove(name)
    }
}

/// The table of keys and the structs of `Config` disagree, which the test of the default configuration finds.
fn mistyped(name: &str) -> ! {
    panic!("the table of configuration keys has no such value: {name}")
}
