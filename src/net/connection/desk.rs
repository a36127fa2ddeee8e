//! What one connection is told, in order: what has to wait for a query or a secret waits here.

mod talker;

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use chinwag_grammar::Number;
use chinwag_grammar::telnet::Telnet;

use crate::command::Command;
use crate::effect::{Answered, Note};
use crate::hub::index::Listener;
use crate::hub::irc::Irc;
use crate::hub::plain::{Line, Plain, Show};
use crate::model::Screen;
use crate::net::outbox::Outbox;
use crate::render::{self, plain};
use crate::reply::{Reply, Row};

pub use talker::Talker;

/// One connection, as what it is told sees it.
#[derive(Debug)]
pub struct Desk {
    /// The conversation.
    pub talker: Talker,
    /// What waits to be written.
    pub outbox: Outbox,
    /// Present where telnet's commands came: then secrets are hidden.
    pub telnet: Option<Box<Telnet>>,
    /// What came for it, in order, and cannot be shown yet.
    waiting: VecDeque<Told>,
    /// What the store has answered, in the order of the queries.
    answered: VecDeque<Arc<Answered>>,
    /// What happened while a secret is typed.
    meanwhile: VecDeque<Told>,
    /// Bytes of facts in the two queues.
    held_bytes: usize,
    limit: usize,
    end: End,
}

/// Something for one connection.
#[derive(Clone, Debug)]
pub enum Told {
    /// The last line of an answer.
    Answer(Reply),
    /// Nothing more comes.
    Close,
    /// Something that happened, as this listener sees it, with its number or 0.
    Fact(Bytes, u64),
    /// A line for people.
    Note(Note),
    /// Something that happened because this connection asked for it: in IRC, a part of the answer.
    Own(Bytes, u64),
    /// The store will answer.
    Query,
    /// A row of an answer.
    Row(Row),
}

/// Whether it goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// It is to be closed when everything is written.
    Closing,
    /// It reads too slowly, and was told what it lost.
    Lost,
    /// It goes on.
    #[default]
    Open,
}

impl Desk {
    /// A new one; `limit` bytes may wait for it, and `since` is the number of the last event before it.
    #[must_use]
    pub fn new(limit: usize, since: u64) -> Self {
        Self {
            talker: Talker::Plain(Plain::default()),
            outbox: Outbox::new(limit, since),
            telnet: None,
            waiting: VecDeque::new(),
            answered: VecDeque::new(),
            meanwhile: VecDeque::new(),
            held_bytes: 0,
            limit,
            end: End::Open,
        }
    }

    /// The same for an IRC client.
    #[must_use]
    pub fn irc(limit: usize, since: u64, irc: Irc) -> Self {
        Self {
            talker: Talker::Irc(Box::new(irc)),
            ..Self::new(limit, since)
        }
    }

    /// Takes one line. A command is for the core; what is said at once is queued.
    pub fn line(&mut self, line: Line<'_>, screen: &Screen) -> Option<Command> {
        match &mut self.talker {
            Talker::Irc(irc) => {
                let mut out = Vec::new();
                irc.line(line, &mut out);
                self.push_lines(out);
                self.talker.command()
            }
            Talker::Plain(plain) => {
                let mut shows = Vec::new();
                let command = plain.line(line, &mut shows);
                self.show(shows, screen);
                command
            }
        }
    }

    /// Asks an IRC client whether it is still there.
    pub fn ping(&mut self, screen: &Screen) {
        if let Talker::Irc(irc) = &self.talker {
            let line = irc.ping();
            self.push(line, screen);
        }
    }

    /// Whether it goes on.
    #[must_use]
    pub const fn end(&self) -> End {
        self.end
    }

    /// Nothing more is taken or told; what is queued is still written.
    pub fn close(&mut self) {
        self.close_because("goodbye");
    }

    /// The same; an IRC client is told why.
    pub fn close_because(&mut self, why: &str) {
        if self.end != End::Open {
            return;
        }
        self.end = End::Closing;
        if let Talker::Irc(irc) = &self.talker {
            self.outbox.push_last(irc.farewell(why).into());
        }
    }

    /// Says these last words whatever it waits for, and closes.
    pub fn let_go(&mut self, words: String, screen: &Screen) {
        if matches!(self.talker, Talker::Irc(_)) {
            return self.close_because("Nobody logged in here in time");
        }
        if self.talker.is_asking() {
            // What is typed is hidden, and these words would be with it.
            self.wipe(screen);
        }
        self.push(words, screen);
        self.close();
    }

    /// Whether everything that came in is answered, and shown.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.end != End::Open || self.talker.is_answered() && self.waiting.is_empty()
    }

    /// Tells it something, at once if nothing has to come before.
    pub fn tell(&mut self, told: Told, screen: &Screen) {
        if self.end != End::Open {
            return;
        }
        let length = fact_bytes(&told);
        if self.held_bytes + self.outbox.bytes() + length > self.limit {
            self.lose(1, screen);
            return;
        }
        if self.waiting.is_empty() && !matches!(told, Told::Query) {
            self.show_or_hold(told, screen);
        } else {
            self.held_bytes += length;
            self.waiting.push_back(told);
        }
    }

    /// The store has answered the oldest query that it had not.
    pub fn answer(&mut self, answered: Arc<Answered>, listener: &Listener) {
        if self.end != End::Open {
            return;
        }
        self.answered.push_back(answered);
        while self.end == End::Open {
            let told = match self.waiting.front() {
                Some(Told::Query) => {
                    let Some(answered) = self.answered.pop_front() else {
                        return;
                    };
                    self.waiting.pop_front();
                    self.show_answered(&answered, listener);
                    continue;
                }
                Some(_) => self.waiting.pop_front(),
                None => None,
            };
            let Some(told) = told else {
                // An idle connection keeps no memory.
                self.waiting = VecDeque::new();
                self.answered = VecDeque::new();
                return;
            };
            self.held_bytes -= fact_bytes(&told);
            self.show_or_hold(told, &listener.screen);
        }
    }

    /// Shows what the conversation itself has to say, and what was held back for it.
    pub fn show(&mut self, shows: Vec<Show>, screen: &Screen) {
        for show in shows {
            match show {
                Show::Answer(tag, reply) => {
                    self.push(plain::reply(&reply, tag.as_ref(), screen), screen);
                }
                Show::Prompt(text) => {
                    self.push(plain::prompt(text, screen), screen);
                    self.negotiate(Telnet::hide, screen);
                }
                Show::Wipe => self.wipe(screen),
            }
        }
        if self.talker.is_asking() {
            return;
        }
        for told in std::mem::take(&mut self.meanwhile) {
            if self.end == End::Lost {
                return;
            }
            self.held_bytes -= fact_bytes(&told);
            self.show_or_hold(told, screen);
        }
    }

    /// Queues bytes for it.
    pub fn push(&mut self, bytes: impl Into<Bytes>, screen: &Screen) {
        self.push_numbered(bytes.into(), 0, screen);
    }

    /// Says something in telnet's own language, to those who speak it.
    pub fn negotiate(&mut self, say: impl FnOnce(&mut Telnet, &mut Vec<u8>), screen: &Screen) {
        if let Some(telnet) = &mut self.telnet {
            let mut out = Vec::new();
            say(telnet, &mut out);
            self.push(out, screen);
        }
    }

    fn wipe(&mut self, screen: &Screen) {
        self.negotiate(Telnet::show, screen);
        self.push(plain::after_prompt(screen).unwrap_or_default(), screen);
    }

    fn show_or_hold(&mut self, told: Told, screen: &Screen) {
        if self.talker.is_asking() && matches!(told, Told::Fact(..) | Told::Note(_)) {
            self.held_bytes += fact_bytes(&told);
            self.meanwhile.push_back(told);
            return;
        }
        match told {
            Told::Answer(reply) => self.reply(reply, screen),
            Told::Close => self.close(),
            Told::Fact(bytes, number) => self.push_numbered(bytes, number, screen),
            Told::Note(note) => self.note(&note, screen),
            Told::Own(bytes, _) => self.with_irc(|irc, out| irc.own(&bytes, out)),
            // Never shown: `tell` and `answer` take it out before.
            Told::Query => {}
            Told::Row(row) => self.row(&row, screen),
        }
    }

    fn note(&mut self, note: &Note, screen: &Screen) {
        let shown = match &mut self.talker {
            Talker::Irc(irc) => irc.note(note),
            Talker::Plain(_) => plain::note(note, screen).unwrap_or_default(),
        };
        self.push(shown, screen);
    }

    fn row(&mut self, row: &Row, screen: &Screen) {
        match &self.talker {
            Talker::Irc(_) => self.with_irc(|irc, out| irc.row(row, out)),
            Talker::Plain(plain) => {
                let line = plain::row(row, plain.tag(), screen);
                self.outbox.push_asked(line.into(), 0);
            }
        }
    }

    /// What an IRC conversation has to say is what was asked for, however long.
    fn with_irc(&mut self, say: impl FnOnce(&mut Irc, &mut Vec<Bytes>)) {
        if let Talker::Irc(irc) = &mut self.talker {
            let mut out = Vec::new();
            say(irc, &mut out);
            self.push_lines(out);
        }
    }

    fn push_lines(&mut self, lines: Vec<Bytes>) {
        for line in lines {
            self.outbox.push_asked(line, 0);
        }
        if matches!(&self.talker, Talker::Irc(irc) if irc.is_ending()) {
            self.close();
        }
    }

    fn show_answered(&mut self, answered: &Answered, listener: &Listener) {
        let screen = &listener.screen;
        if matches!(self.talker, Talker::Irc(_)) {
            // The summary of what is unread is netcat's: IRC clients are shown the messages.
            if answered.reply.is_some() {
                self.with_irc(|irc, out| irc.queried(answered, listener, out));
            }
            return;
        }
        match &answered.reply {
            None => {
                let note = plain::unread_note(&answered.rows, screen);
                self.push(note.unwrap_or_default(), screen);
            }
            Some(_) => {
                for row in &answered.rows {
                    self.row(row, screen);
                }
            }
        }
        for fact in &answered.facts {
            if let Some(class) = render::class_of(fact, listener) {
                let number = fact.number.map_or(0, Number::get);
                self.outbox
                    .push_asked(plain::fact(fact, &class).into(), number);
            }
        }
        if let Some(reply) = &answered.reply {
            self.reply(reply.clone(), screen);
        }
    }

    fn reply(&mut self, reply: Reply, screen: &Screen) {
        if reply == Reply::TelnetAsked {
            self.telnet.get_or_insert_default();
            self.negotiate(Telnet::ask, screen);
        }
        match &mut self.talker {
            Talker::Irc(_) => self.with_irc(|irc, out| irc.answered(&reply, out)),
            Talker::Plain(plain) => {
                let mut shows = Vec::new();
                plain.answered(reply, &mut shows);
                self.show(shows, screen);
            }
        }
    }

    fn push_numbered(&mut self, bytes: Bytes, number: u64, screen: &Screen) {
        if self.end != End::Lost && self.outbox.push(bytes, number).is_err() {
            self.lose(1, screen);
        }
    }

    /// Drops what is not begun, says so and ends.
    fn lose(&mut self, refused: usize, screen: &Screen) {
        let lost = self.outbox.lose();
        let count = lost.pieces + self.waiting.len() + self.meanwhile.len() + refused;
        let since = Number::new(lost.since).expect("it was the number of an event, or 0");
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let words = match &self.talker {
            Talker::Irc(irc) => irc.farewell("SendQ exceeded: you read too slowly"),
            Talker::Plain(_) => plain::lost(count, since, screen),
        };
        self.outbox.push_last(words.into());
        self.waiting = VecDeque::new();
        self.answered = VecDeque::new();
        self.meanwhile = VecDeque::new();
        self.held_bytes = 0;
        self.end = End::Lost;
    }
}

/// Only facts come without being asked for; everything else is bounded by the requests in flight.
fn fact_bytes(told: &Told) -> usize {
    match told {
        Told::Fact(bytes, _) => bytes.len(),
        Told::Answer(_)
        | Told::Close
        | Told::Note(_)
        | Told::Own(..)
        | Told::Query
        | Told::Row(_) => 0,
    }
}
