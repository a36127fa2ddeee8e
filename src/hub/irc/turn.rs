//! One line's turn: what it asks and what is said to it at once.

use chinwag_grammar::irc::Message;
use chinwag_grammar::{Nick, RoomName};

use super::flight::{Flight, Part};
use super::{Irc, fits, table};
use crate::command::Command;
use crate::command::irc::Override;
use crate::hub::caps::Cap;
use crate::render::irc::line::{Line, numeric};
use crate::render::irc::{Asked, To, notice};

/// One line's turn.
pub struct Turn<'a> {
    /// The conversation.
    pub irc: &'a mut Irc,
    /// The command, in capitals.
    pub verb: String,
    /// The service that is asked.
    pub service: Option<&'static str>,
    flight: Flight,
    commands: Vec<Command>,
}

impl<'a> Turn<'a> {
    pub fn new(irc: &'a mut Irc) -> Self {
        Self {
            irc,
            verb: String::new(),
            service: None,
            flight: Flight::default(),
            commands: Vec::new(),
        }
    }

    pub fn finish(self) -> (Flight, Vec<Command>) {
        (self.flight, self.commands)
    }

    /// UTF8ONLY: the line is not done.
    pub fn not_utf8(&mut self) {
        self.fail(
            "*",
            "INVALID_UTF8",
            &[],
            "that line is not UTF-8; nothing of it was done",
        );
    }

    /// Nothing is cut.
    pub fn too_long(&mut self) {
        self.numeric(417, &[], "Input line was too long; nothing of it was done");
    }

    /// A line of text.
    pub fn text(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !fits(text, self.irc.setup.line_bytes) {
            return self.too_long();
        }
        let Ok(message) = Message::parse(text) else {
            return self.numeric(421, &["*"], "That is no line of IRC");
        };
        self.verb = message.command().to_ascii_uppercase();
        if self.irc.caps.has(Cap::LabeledResponse) {
            self.flight.label = message
                .tag("label")
                .filter(|label| !label.is_empty())
                .map(str::to_owned);
        }
        self.message(&message);
    }

    fn message(&mut self, message: &Message<'_>) {
        if self.irc.multiline.is_some() && self.multiline(message) {
            return;
        }
        let Some(rule) = table::rule_named(&self.verb) else {
            return self.own_or_unknown(message);
        };
        let is_registered = self.irc.registration.is_none();
        match rule.phase {
            table::Phase::After if !is_registered => {
                return self.numeric(451, &[], "You have not registered");
            }
            table::Phase::Before if is_registered => {
                return self.numeric(462, &[], "You may not reregister");
            }
            table::Phase::After | table::Phase::Any | table::Phase::Before => {}
        }
        if message.params().len() < rule.least {
            let verb = self.verb.clone();
            return self.numeric(
                461,
                &[&verb],
                &format!("Not enough parameters: {}", rule.usage),
            );
        }
        (rule.run)(self, message);
    }

    fn own_or_unknown(&mut self, message: &Message<'_>) {
        if self.irc.registration.is_some() {
            return self.numeric(451, &[], "You have not registered");
        }
        if !self.own(message) {
            let verb = self.verb.clone();
            self.numeric(421, &[&verb], "Unknown command");
        }
    }

    // ---- what is asked

    /// Asks the core; a refusal names the target.
    pub fn ask(&mut self, command: Command, target: Option<&str>) {
        self.ask_as(command, target, false);
    }

    /// Asks the core, and success is told in words.
    pub fn ask_in_words(&mut self, command: Command, target: Option<&str>) {
        self.ask_as(command, target, true);
    }

    /// Asks the core about somebody in a room.
    pub fn ask_about(&mut self, command: Command, target: &str, person: &str) {
        self.ask_as(command, Some(target), false);
        if let Some(part) = self.flight.parts.back_mut() {
            part.asked.person = Some(person.to_owned());
        }
    }

    fn ask_as(&mut self, command: Command, target: Option<&str>, in_words: bool) {
        self.flight.parts.push_back(Part {
            asked: Asked {
                verb: self.verb.clone(),
                target: target.map(str::to_owned),
                person: None,
                in_words,
            },
            service: self.service,
            is_silent: false,
        });
        self.commands.push(command);
    }

    /// Asks the core something that the client does not know of.
    pub fn ask_silently(&mut self, command: Command) {
        self.flight.parts.push_back(Part {
            asked: Asked {
                verb: self.verb.clone(),
                ..Asked::default()
            },
            service: None,
            is_silent: true,
        });
        self.commands.push(command);
    }

    /// What is asked meanwhile is asked as an admin would.
    pub fn as_admin(&mut self, told: &str, ask: impl FnOnce(&mut Self)) {
        let (before, parts) = (self.commands.len(), self.flight.parts.len());
        ask(self);
        for part in self.flight.parts.iter_mut().skip(parts) {
            // It is the server's operators that one is none of, not the room's.
            part.asked.target = None;
        }
        for command in self.commands.split_off(before) {
            let command = Command::Override(Override {
                command: Box::new(command),
                told: told.into(),
            });
            self.commands.push(command);
        }
    }

    // ---- labels

    /// The label of a batch is that of the message which it makes.
    pub fn take_label(&mut self) -> Option<String> {
        self.flight.label.take()
    }

    pub fn set_label(&mut self, label: Option<String>) {
        self.flight.label = label;
    }

    /// Answered by the end of its batch.
    pub fn is_part_of_batch(&mut self) {
        self.flight.label = None;
    }

    // ---- what is said at once

    /// A numeric with one word and no text.
    pub fn numeric_alone(&mut self, code: u16, word: &str) {
        let line = self
            .irc
            .to_me(|to| numeric(to.server.name, code, to.me).word(word).ended());
        self.say(&line);
    }

    /// A numeric to the client.
    pub fn numeric(&mut self, code: u16, words: &[&str], text: &str) {
        let line = self.irc.to_me(|to| {
            let line = numeric(to.server.name, code, to.me);
            words
                .iter()
                .fold(line, |line, word| line.word(word))
                .text(text)
                .ended()
        });
        self.say(&line);
    }

    /// A standard reply: FAIL, whether it was asked for or not.
    pub fn fail(&mut self, verb: &str, code: &str, context: &[&str], text: &str) {
        let line = Line::new()
            .says(&self.irc.setup.name, "FAIL")
            .word(verb)
            .word(code);
        let line = context.iter().fold(line, |line, word| line.word(word));
        self.say(&line.text(text).ended());
    }

    /// A notice, of the service that was asked or of the server.
    pub fn notice(&mut self, text: &str) {
        let service = self.service;
        let lines = self.irc.to_me(|to| notice(To { service, ..to }, text));
        self.say(&lines);
    }

    /// Whole lines.
    pub fn say(&mut self, lines: &str) {
        self.flight.lines.push_str(lines);
    }

    // ---- what is meant

    /// A room by its name; what is none is said to be none.
    pub fn room(&mut self, name: &str) -> Option<RoomName> {
        match RoomName::parse(name) {
            Ok(room) => Some(room),
            Err(_) => {
                self.numeric(403, &[name], "No such channel");
                None
            }
        }
    }

    /// A nick; what is none is nobody's.
    pub fn nick(&mut self, name: &str) -> Option<Nick> {
        match Nick::parse(name) {
            Ok(nick) => Some(nick),
            Err(_) => {
                self.numeric(401, &[name], "No such nick/channel");
                None
            }
        }
    }
}
