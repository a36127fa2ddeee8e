//! One IRC connection as a conversation: lines in, commands out, and what it is told as lines. Registration,
//! capabilities, labels and batches are its own affair; it knows no socket.
//!
//! - `table`: the commands, with what each demands.
//! - `history`: the commands that are about what was said before.
//! - `flight`: requests that are not answered yet; labels.
//! - `register`: NICK, USER, PASS, CAP and what they lead to.
//! - `talk`, `rooms`, `people`, `server`: the commands by what they are about.
//! - `operators`: the commands of those who run the server.
//! - `sasl`: AUTHENTICATE.
//! - `services`: NickServ and ChanServ, who understand the same commands.
//! - `help`: HELP.
//! - `own`: chinwag's own commands, as they are typed in netcat.

mod flight;
mod help;
mod history;
mod operators;
mod own;
mod people;
mod register;
mod rooms;
mod sasl;
mod server;
mod services;
mod table;
mod talk;
mod turn;

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use chinwag_grammar::irc::CLIENT_TAGS_MAX_BYTES;

use crate::command::Command;
use crate::command::irc::{MarksItself, Replay};
use crate::effect::{Answered, Kind, Note};
use crate::hub::caps::{Cap, Caps};
use crate::hub::index::Listener;
use crate::hub::plain::Line;
use crate::model::Text;
use crate::render::irc::{self as render, Scene, Server, To};
use crate::reply::{Reply, Row};
use flight::{Flights, Part};
use register::Registration;
use sasl::Sasl;
use turn::Turn;

pub use register::offered;

/// What all IRC connections of a server have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The name of the server.
    pub name: String,
    /// Whether the connection has to give a password first.
    pub has_password: bool,
    /// The capabilities that are offered.
    pub offered: Caps,
    /// So many bytes has a line at most, its end counted, its tags not.
    pub line_bytes: usize,
    /// So many bytes has a message of several lines at most.
    pub message_bytes: usize,
    /// Whether SCRAM-SHA-256 is spoken.
    pub scram: bool,
    /// How long clients must insist on TLS, and where it is spoken (sts); absent, it is not told.
    pub sts: Option<Sts>,
    /// Whether REGISTER may come before the end of the registration.
    pub registers_first: bool,
}

/// What sts tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sts {
    /// How long, in seconds.
    pub duration: u64,
    /// The port with TLS.
    pub port: u16,
}

/// One IRC connection as a conversation.
#[derive(Debug)]
pub struct Irc {
    setup: Arc<Setup>,
    /// Whether the line is encrypted.
    is_tls: bool,
    caps: Caps,
    /// What it knows itself by; nothing before NICK.
    nick: Option<String>,
    /// While it is not complete.
    registration: Option<Registration>,
    /// SASL under way.
    sasl: Option<Sasl>,
    /// It is in, but nobody: it has neither logged in nor registered.
    is_unnamed: bool,
    flights: Flights,
    /// Commands that wait for the answer of one before.
    queue: VecDeque<Command>,
    /// A message of several lines under way.
    multiline: Option<talk::Multiline>,
    /// The connection is to end, with these words.
    ending: Option<String>,
}

impl Irc {
    /// A connection that has said nothing yet.
    #[must_use]
    pub fn new(setup: Arc<Setup>, is_tls: bool) -> Self {
        Self {
            setup,
            is_tls,
            caps: Caps::NONE,
            nick: None,
            registration: Some(Registration::default()),
            sasl: None,
            is_unnamed: false,
            flights: Flights::default(),
            queue: VecDeque::new(),
            multiline: None,
            ending: None,
        }
    }

    /// What the client understands.
    #[must_use]
    pub const fn caps(&self) -> Caps {
        self.caps
    }

    /// Takes one line; what it shows is appended, what it asks of the core is taken with `command`.
    pub fn line(&mut self, line: Line<'_>, out: &mut Vec<Bytes>) {
        let mut turn = Turn::new(self);
        match line {
            Line::NotUtf8 => turn.not_utf8(),
            Line::TooLong(_) => turn.too_long(),
            Line::Text(text) => turn.text(text),
        }
        let (flight, commands) = turn.finish();
        self.queue.extend(commands);
        self.flights.push(flight);
        self.flights.flush(self.caps, &self.setup.name, out);
    }

    /// The next command for the core, if one may be asked now.
    pub fn command(&mut self) -> Option<Command> {
        if self.flights.is_waiting() {
            return None;
        }
        let command = self.queue.pop_front()?;
        self.flights.asked(command.waits());
        Some(command)
    }

    /// The core answered its oldest command.
    pub fn answered(&mut self, reply: &Reply, out: &mut Vec<Bytes>) {
        let asked = self.flights.answered();
        let is_sasl = asked
            .as_ref()
            .is_some_and(|part| part.asked.verb == "AUTHENTICATE");
        let before = self.to_me(|to| to.me.to_owned());
        let mut lines = asked.map_or_else(String::new, |asked| {
            let to = To {
                server: self.server(),
                me: &before,
                caps: self.caps,
                service: None,
            };
            asked.answer(reply, to)
        });
        if is_sasl {
            self.authenticated_so_far(reply);
        }
        self.learn(reply, &mut lines);
        self.flights.show(lines);
        self.flights.flush(self.caps, &self.setup.name, out);
    }

    /// The store has answered: a batch of what was said before, or rows.
    pub fn queried(&mut self, answered: &Answered, listener: &Listener, out: &mut Vec<Bytes>) {
        let class = render::history(self.caps);
        let scene = Scene {
            server: self.server(),
            real_name: listener.nick.as_ref().map_or("", |nick| nick.as_str()),
            // Who was a program then is kept nowhere.
            by_bot: false,
        };
        let rows = answered.rows.iter();
        let mut lines: String = rows.map(|row| self.row_of_service(row)).collect();
        for fact in &answered.facts {
            lines.push_str(&render::event(fact, &class, listener, scene));
        }
        let batch = match &answered.kind {
            Kind::History { target } => Some(format!("chathistory {target}")),
            Kind::Search => Some("soju.im/search".to_owned()),
            Kind::Targets => Some("draft/chathistory-targets".to_owned()),
            Kind::Missed | Kind::Rows => None,
        };
        let lines = match batch.filter(|_| self.caps.has(Cap::Batch)) {
            Some(batch) => self.flights.batch(&lines, &batch, &self.setup.name),
            None => lines,
        };
        self.flights.show(lines);
        match &answered.reply {
            Some(reply) => self.answered(reply, out),
            None => self.flights.flush(self.caps, &self.setup.name, out),
        }
    }

    /// A row of the answer under way.
    pub fn row(&mut self, row: &Row, out: &mut Vec<Bytes>) {
        let mut lines = String::new();
        if let Row::Called { nick } = row {
            self.called(nick.as_str(), &mut lines);
        }
        lines.push_str(&self.row_of_service(row));
        self.flights.show(lines);
        self.flights.flush(self.caps, &self.setup.name, out);
    }

    /// What happened because of what this connection asked.
    pub fn own(&mut self, lines: &Bytes, out: &mut Vec<Bytes>) {
        self.flights
            .show(String::from_utf8_lossy(lines).into_owned());
        self.flights.flush(self.caps, &self.setup.name, out);
    }

    /// A line for people, in answer to nothing.
    pub fn note(&mut self, note: &Note) -> String {
        let mut lines = String::new();
        if let Note::Row(row) = note
            && let Row::Called { nick } = row.as_ref()
        {
            self.called(nick.as_str(), &mut lines);
        }
        lines.push_str(&self.to_me(|to| render::note(note, to)));
        match note {
            Note::Banned { until, .. } => self.ending = Some(banned(until)),
            Note::Killed { by, why, .. } => self.ending = Some(format!("Killed ({by} ({why}))")),
            Note::ChangePassword
            | Note::Cleartext
            | Note::Ended { .. }
            | Note::Motd(_)
            | Note::Row(_)
            | Note::Tip => {}
        }
        lines
    }

    /// The last line of all.
    #[must_use]
    pub fn farewell(&self, why: &str) -> String {
        let why = self.ending.as_deref().unwrap_or(why);
        format!("ERROR :Closing link: {why}\r\n")
    }

    /// Whether the conversation wants to end.
    #[must_use]
    pub const fn is_ending(&self) -> bool {
        self.ending.is_some()
    }

    /// Asks whether the client is still there.
    #[must_use]
    pub fn ping(&self) -> String {
        format!("PING :{}\r\n", self.setup.name)
    }

    /// Whether the registration is complete.
    #[must_use]
    pub const fn is_registered(&self) -> bool {
        self.registration.is_none()
    }

    /// Whether another line may be taken.
    #[must_use]
    pub fn is_ready(&self, in_flight_max: usize) -> bool {
        self.queue.is_empty() && !self.flights.is_waiting() && self.flights.len() < in_flight_max
    }

    /// Whether everything that came in is answered.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.flights.len() == 0
    }

    /// Whether the lines of a message are coming in.
    #[must_use]
    pub const fn is_in_document(&self) -> bool {
        self.multiline.is_some()
    }

    /// A row as whoever was asked tells it.
    fn row_of_service(&self, row: &Row) -> String {
        let service = self.flights.service();
        self.to_me(|to| render::row(row, To { service, ..to }))
    }

    fn server(&self) -> Server<'_> {
        Server {
            name: &self.setup.name,
        }
    }

    fn to_me<T>(&self, then: impl FnOnce(To<'_>) -> T) -> T {
        then(To {
            server: self.server(),
            me: self.nick.as_deref().unwrap_or("*"),
            caps: self.caps,
            service: None,
        })
    }

    /// What the core calls it from now on.
    fn called(&mut self, nick: &str, lines: &mut String) {
        let before = self.nick.replace(nick.to_owned());
        self.is_unnamed = false;
        if self.registration.is_some() {
            return;
        }
        if let Some(before) = before.filter(|before| before != nick) {
            lines.push_str(&format!(":{before} NICK {nick}\r\n"));
        }
    }

    /// Whoever has come in is shown what was said meanwhile, unless the client asks for it itself (draft/chathistory);
    /// and one that says what is read (draft/read-marker) is believed.
    fn catch_up(&mut self) {
        if self.caps.has(Cap::ReadMarker) {
            self.ask_silently(Command::MarksItself(MarksItself));
        }
        if !self.caps.has(Cap::ChatHistory) {
            self.ask_silently(Command::Replay(Replay {
                target: None,
                unread: true,
            }));
        }
    }

    /// Asks the core something that the client did not ask for.
    fn ask_silently(&mut self, command: Command) {
        self.queue.push_back(command);
        self.flights.add(Part {
            is_silent: true,
            ..Part::default()
        });
    }

    /// What an answer means for the conversation itself.
    fn learn(&mut self, reply: &Reply, lines: &mut String) {
        match reply {
            Reply::Welcomed { .. } => {
                self.registration = None;
                self.catch_up();
            }
            Reply::LoggedIn { .. } | Reply::Registered { .. } if self.registration.is_none() => {
                self.catch_up();
            }
            Reply::WelcomedUnnamed { .. } => {
                self.registration = None;
                self.is_unnamed = true;
                lines.push_str(&self.to_me(services::introduced));
            }
            Reply::LoggedOut => {
                self.is_unnamed = true;
                lines.push_str(&self.to_me(services::introduced));
            }
            // Who comes in is refused; who is in already is not ended by trying.
            Reply::ServerBanned { until } if self.registration.is_some() => {
                self.ending = Some(banned(until));
            }
            Reply::NotAdmitted | Reply::ServerPasswordWrong => {
                self.ending = Some("the connection password is missing or wrong".to_owned());
            }
            _ => {}
        }
        if self.registration.is_some() {
            self.registered_so_far(reply);
        }
    }
}

fn banned(until: &Text) -> String {
    format!("You are banned from this server {until}")
}

/// Whether the tags of a line are no longer than they may be, and the rest neither (message-tags, modern IRC).
fn fits(text: &str, line_bytes: usize) -> bool {
    let (tags, rest) = match text
        .strip_prefix('@')
        .and_then(|tagged| tagged.split_once(' '))
    {
        Some((tags, rest)) => (tags, rest),
        None => ("", text),
    };
    tags.len() <= CLIENT_TAGS_MAX_BYTES && rest.len() + "\r\n".len() <= line_bytes
}
