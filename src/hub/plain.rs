//! One plain connection as a conversation: lines in, commands out. Tags, prompts, here-documents and TALK are its own
//! affair; it knows no socket and no looks.
//!
//! Answers are given in the order of the requests. What this side answers itself (a line that is no command, a prompt)
//! waits in the same queue as what the core answers.

mod fault;

use std::collections::VecDeque;

use chinwag_grammar::plain::{self, Speech};
use chinwag_grammar::{RoomName, Tag};

use crate::command::Command;
use crate::model::Text;
use crate::reply::Reply;
use crate::secret::Secret;

pub use fault::told;

/// A line as it came in.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// Not UTF-8.
    NotUtf8,
    /// Well formed.
    Text(&'a str),
    /// Longer than `limits.request_bytes`, which is the number.
    TooLong(usize),
}

/// What is to be shown on the connection, now and in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Show {
    /// The last line of an answer.
    Answer(Option<Tag>, Reply),
    /// The next line is taken as this secret.
    Prompt(&'static str),
    /// The secret was given.
    Wipe,
}

/// One plain connection as a conversation.
#[derive(Debug, Default)]
pub struct Plain {
    mode: Mode,
    /// Requests not yet answered, in order.
    in_flight: VecDeque<Flight>,
    /// The room that every line is said in.
    talking: Option<RoomName>,
}

/// What the next line is.
#[derive(Debug, Default)]
enum Mode {
    /// A secret that the command lacks.
    Asking {
        command: Box<Command>,
        tag: Option<Tag>,
    },
    /// A line of a here-document.
    Document(Box<Document>),
    /// A request.
    #[default]
    Requests,
}

/// A message of several lines under way.
#[derive(Debug)]
struct Document {
    command: Command,
    tag: Option<Tag>,
    end: String,
    text: String,
    lines: usize,
    /// More of it is not kept.
    is_full: bool,
    /// What was wrong with one of its lines: told at its end.
    wrong: Option<Reply>,
}

/// A request not yet answered.
#[derive(Debug)]
enum Flight {
    /// The core answers it.
    Core { tag: Option<Tag>, waits: bool },
    /// Shown when everything before is answered.
    Local(Show),
}

/// The text of a here-document beyond this is dropped: whatever limit is configured, it is told as too long.
const DOCUMENT_MAX_BYTES: usize = 128 * 1_024;

impl Plain {
    /// Takes one line. A command is for the core; what it shows is appended.
    pub fn line(&mut self, line: Line<'_>, show: &mut Vec<Show>) -> Option<Command> {
        match std::mem::take(&mut self.mode) {
            Mode::Asking { command, tag } => self.secret(line, *command, tag, show),
            Mode::Document(document) => self.document(line, document, show),
            Mode::Requests => self.request(line, show),
        }
    }

    /// The core answered its oldest request.
    pub fn answered(&mut self, reply: Reply, show: &mut Vec<Show>) {
        match &reply {
            Reply::TalkOn { room } => self.talking = Some(room.clone()),
            // The core forgets where one talks with the room.
            Reply::Left { room, talked, .. } if *talked || self.talking.as_ref() == Some(room) => {
                self.talking = None;
            }
            Reply::TalkOff | Reply::LoggedOut => self.talking = None,
            _ => {}
        }
        let tag = match self.in_flight.pop_front() {
            Some(Flight::Core { tag, .. }) => tag,
            // Only the core's requests are left in front of the queue.
            Some(Flight::Local(_)) | None => None,
        };
        show.push(Show::Answer(tag, reply));
        self.flush(show);
    }

    /// The tag of the request that is being answered: its rows carry it.
    #[must_use]
    pub fn tag(&self) -> Option<&Tag> {
        match self.in_flight.front()? {
            Flight::Core { tag, .. } => tag.as_ref(),
            Flight::Local(_) => None,
        }
    }

    /// Whether another line may be taken: no more than `limits.in_flight` are under way, and none whose answer decides
    /// what the next line is.
    #[must_use]
    pub fn is_ready(&self, in_flight_max: usize) -> bool {
        let waits = |flight: &Flight| matches!(flight, Flight::Core { waits: true, .. });
        self.in_flight.len() < in_flight_max && !self.in_flight.iter().any(waits)
    }

    /// Whether everything that came in is answered.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.in_flight.is_empty()
    }

    /// Whether somebody is typing a secret: what happens meanwhile is shown afterwards.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        matches!(self.mode, Mode::Asking { .. })
    }

    /// Whether the lines of a message are coming in, and are kept.
    #[must_use]
    pub fn is_in_document(&self) -> bool {
        matches!(&self.mode, Mode::Document(document) if !document.is_full)
    }

    fn request(&mut self, line: Line<'_>, show: &mut Vec<Show>) -> Option<Command> {
        let text = match line {
            Line::NotUtf8 => return self.local(None, Reply::NotUtf8, show),
            Line::TooLong(limit) => return self.local(None, Reply::LineTooLong { limit }, show),
            Line::Text(text) => text,
        };
        if text.trim().is_empty() {
            return None;
        }
        if let Some(room) = &self.talking
            && let Speech::Says(said) = plain::speech(text)
        {
            let command = Command::say(room.clone(), said);
            return Some(self.send(command, None));
        }
        let request = match plain::parse(text) {
            Ok(request) => request,
            Err(fault) => return self.local(fault.tag, told(&fault.kind, text), show),
        };
        let Some(command) = Command::read(request.rule.name, &request.args) else {
            let reply = Reply::NoSuchCommand {
                verb: request.rule.verb.into(),
                hint: " This build does not have it yet".into(),
            };
            return self.local(request.tag, reply, show);
        };
        match request.args.heredoc() {
            Some(end) => {
                self.mode = Mode::Document(Box::new(Document {
                    command,
                    tag: request.tag,
                    end: end.to_owned(),
                    text: String::new(),
                    lines: 0,
                    is_full: false,
                    wrong: None,
                }));
                None
            }
            None => self.ask_or_send(command, request.tag, show),
        }
    }

    fn secret(
        &mut self,
        line: Line<'_>,
        mut command: Command,
        tag: Option<Tag>,
        show: &mut Vec<Show>,
    ) -> Option<Command> {
        show.push(Show::Wipe);
        match line {
            Line::NotUtf8 => self.local(tag, Reply::NotUtf8, show),
            Line::TooLong(limit) => self.local(tag, Reply::LineTooLong { limit }, show),
            Line::Text("") => self.local(tag, Reply::Cancelled, show),
            Line::Text(secret) => {
                command.answer(Secret::from(secret));
                self.ask_or_send(command, tag, show)
            }
        }
    }

    fn document(
        &mut self,
        line: Line<'_>,
        mut document: Box<Document>,
        show: &mut Vec<Show>,
    ) -> Option<Command> {
        match line {
            Line::Text(text) if text == document.end => {
                let Document {
                    mut command,
                    tag,
                    text,
                    wrong,
                    ..
                } = *document;
                if let Some(wrong) = wrong {
                    return self.local(tag, wrong, show);
                }
                command.body(Text::new(&text));
                return Some(self.send(command, tag));
            }
            Line::Text(text) => {
                document.is_full |= document.text.len() + text.len() >= DOCUMENT_MAX_BYTES;
                if !document.is_full {
                    if document.lines > 0 {
                        document.text.push('\n');
                    }
                    document.text.push_str(text);
                }
                document.lines += 1;
            }
            Line::NotUtf8 => document.wrong = Some(Reply::NotUtf8),
            Line::TooLong(limit) => document.wrong = Some(Reply::LineTooLong { limit }),
        }
        self.mode = Mode::Document(document);
        None
    }

    fn ask_or_send(
        &mut self,
        command: Command,
        tag: Option<Tag>,
        show: &mut Vec<Show>,
    ) -> Option<Command> {
        let Some(prompt) = command.asks() else {
            return Some(self.send(command, tag));
        };
        self.mode = Mode::Asking {
            command: Box::new(command),
            tag,
        };
        self.in_flight
            .push_back(Flight::Local(Show::Prompt(prompt)));
        self.flush(show);
        None
    }

    fn send(&mut self, command: Command, tag: Option<Tag>) -> Command {
        let waits = command.waits();
        self.in_flight.push_back(Flight::Core { tag, waits });
        command
    }

    fn local(&mut self, tag: Option<Tag>, reply: Reply, show: &mut Vec<Show>) -> Option<Command> {
        self.in_flight
            .push_back(Flight::Local(Show::Answer(tag, reply)));
        self.flush(show);
        None
    }

    /// Shows what waits in front of the queue for nobody any more.
    fn flush(&mut self, show: &mut Vec<Show>) {
        while let Some(Flight::Local(_)) = self.in_flight.front() {
            if let Some(Flight::Local(shown)) = self.in_flight.pop_front() {
                show.push(shown);
            }
        }
    }
}
