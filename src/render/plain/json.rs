//! FORMAT json: every line is one object, its first member says what it is.

use chinwag_grammar::{Number, Tag, Time};

use super::told::Told;
use super::{letters, stamp};
use crate::model::Fact;

/// A fact as one object.
pub fn event(fact: &Fact, told: &Told<'_>) -> String {
    let mut object = Object::default();
    object.text("event", &told.verb.to_ascii_lowercase());
    fields(&mut object, fact, told);
    object.finish()
}

/// What an event and a row of the history have in common; what there is not is left out.
pub fn fields(object: &mut Object, fact: &Fact, told: &Told<'_>) {
    if let Some(conversation) = told.conversation {
        object.text("target", conversation);
    }
    if let Some(number) = fact.number {
        object.number("id", number);
    }
    object.time("time", fact.at);
    if let Some(who) = told.who {
        object.text("from", who);
    }
    if !told.args.is_empty() {
        object.list("args", told.args.iter().map(AsRef::as_ref));
    }
    object.text("text", told.text);
}

/// An object under way: members in the order they are given.
pub struct Object(String);

impl Default for Object {
    fn default() -> Self {
        let mut out = String::with_capacity(160);
        out.push('{');
        Self(out)
    }
}

impl Object {
    /// A text.
    pub fn text(&mut self, key: &str, text: &str) -> &mut Self {
        self.key(key);
        letters::push_quoted(&mut self.0, text);
        self
    }

    /// True or false.
    pub fn flag(&mut self, key: &str, flag: bool) -> &mut Self {
        self.key(key);
        self.0.push_str(if flag { "true" } else { "false" });
        self
    }

    /// How many.
    pub fn count(&mut self, key: &str, count: u64) -> &mut Self {
        self.key(key);
        letters::push_number(&mut self.0, count);
        self
    }

    /// A number of something recorded.
    pub fn number(&mut self, key: &str, number: Number) -> &mut Self {
        self.count(key, number.get())
    }

    /// A moment.
    pub fn time(&mut self, key: &str, at: Time) -> &mut Self {
        self.key(key);
        self.0.push('"');
        stamp::iso(&mut self.0, at);
        self.0.push('"');
        self
    }

    /// Texts.
    pub fn list<'a>(&mut self, key: &str, texts: impl Iterator<Item = &'a str>) -> &mut Self {
        self.key(key);
        self.0.push('[');
        for (at, text) in texts.enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            letters::push_quoted(&mut self.0, text);
        }
        self.0.push(']');
        self
    }

    /// What the request was tagged with, if it was.
    pub fn tag(&mut self, tag: Option<&Tag>) -> &mut Self {
        match tag {
            Some(tag) => self.text("tag", tag.as_str()),
            None => self,
        }
    }

    /// The line.
    pub fn finish(mut self) -> String {
        self.0.push_str("}\r\n");
        self.0
    }

    fn key(&mut self, key: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        letters::push_quoted(&mut self.0, key);
        self.0.push(':');
    }
}
