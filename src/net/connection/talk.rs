//! The lines of one connection, one after the other: as many as may be under way, and as fast as is allowed.

use std::io;
use std::rc::Rc;

use bytes::BytesMut;
use chinwag_grammar::Span;
use chinwag_grammar::telnet::Negotiation;
use tokio::time::Instant;
use tokio_util::codec::Decoder;

use super::desk::End;
use super::patience::{Due, Patience};
use crate::hub::plain::Line;
use crate::log;
use crate::machine::Entry;
use crate::model::{ConnId, Screen, Text};
use crate::net::codec::{self, LineCodec};
use crate::net::flood::Bucket;
use crate::net::shard::house::House;
use crate::net::shard::table::Seat;
use crate::net::stream::Stream;
use crate::render::plain;
use crate::sequencer::Input;

/// The tags of a line of IRC may take so many bytes more (message-tags): 4096 from the client and as many again.
const TAGS_MAX_BYTES: usize = 8_191;
/// What is read at once.
const CHUNK_BYTES: usize = 4_096;
/// So much at most is still taken from the system when the server ends.
const LAST_BYTES_MAX: usize = 65_536;

/// A connection, as far as it talks.
pub struct Talk {
    pub house: Rc<House>,
    pub conn: ConnId,
    pub seat: Rc<Seat>,
    pub stream: Stream,
    /// What was read and is no whole line, or not its turn yet. Empty, it keeps no memory.
    input: BytesMut,
    codec: LineCodec,
    bucket: Bucket,
    /// How wide a telnet client says its window is, not handed on yet: only the last it said counts.
    measured: Option<u16>,
    /// Nothing more comes.
    ended: bool,
    /// The server ends: nothing more is read.
    is_last: bool,
    /// What an IRC client has still to do in time; absent in netcat, where a pipe may be quiet.
    patience: Option<Box<Patience>>,
}

/// What the next line waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// For what was asked before.
    Answers,
    /// For the client.
    Input,
    /// For nothing: there is none.
    Over,
    /// For this moment: too many came at once.
    Until(Instant),
}

impl Talk {
    pub fn new(house: Rc<House>, conn: ConnId, seat: Rc<Seat>, stream: Stream) -> Self {
        Self {
            codec: LineCodec::new(house.config.limits.request_bytes),
            house,
            conn,
            seat,
            stream,
            input: BytesMut::new(),
            bucket: Bucket::default(),
            measured: None,
            ended: false,
            is_last: false,
            patience: None,
        }
    }

    /// Its lines are IRC's: longer by their tags, and answered when it is asked whether it is there.
    pub fn speaks_irc(&mut self) {
        let limits = &self.house.config.limits;
        self.codec.set_limit(limits.line_bytes + TAGS_MAX_BYTES);
        self.patience = Some(Box::new(Patience::new(limits, Instant::now())));
    }

    /// Until when an IRC client has to say something; ends it where it has not.
    pub fn patience_with_irc(&mut self, now: Instant) -> Option<Instant> {
        let patience = self.patience.as_mut()?;
        let mut desk = self.seat.desk.borrow_mut();
        if desk.end() != End::Open {
            return None;
        }
        let screen = Screen::default();
        match patience.due(now, desk.talker.is_registering()) {
            Due::At(at) => return at,
            Due::Ping => desk.ping(&screen),
            Due::Gone(why) => desk.close_because(&why),
        }
        patience.next()
    }

    /// Why it ends, where it was no goodbye.
    pub fn why_it_ends(&self, end: End) -> Option<Text> {
        let why = self.patience.as_ref().and_then(|patience| patience.gone());
        why.or_else(|| (end == End::Lost).then(|| "reads too slowly".into()))
    }

    /// Hands on what can be handed on, waiting where the sequencer is busy; what the next line waits for.
    pub async fn run_lines(&mut self) -> Pause {
        if self.house.draining.get() && !self.is_last {
            self.is_last = true;
            self.read_the_last();
        }
        loop {
            let input = match self.next() {
                Ok(input) => input,
                Err(pause) => return pause,
            };
            if self.house.inputs.send(input).await.is_err() {
                // The server ends.
                self.seat.desk.borrow_mut().close();
            }
        }
    }

    /// Whether it goes on, and whether everything queued is written.
    pub fn outcome(&self) -> (End, bool) {
        let desk = self.seat.desk.borrow();
        (desk.end(), desk.outbox.is_empty())
    }

    /// Whether it goes on, and nobody has said who it is.
    pub fn waits_for_login(&self) -> bool {
        let is_open = self.seat.desk.borrow().end() == End::Open;
        is_open && !self.house.table.borrow().is_named(self.conn)
    }

    /// Ends it, and says that nobody logged in.
    pub fn let_go(&self, patience: Span) {
        let screen = self.house.table.borrow().screen(self.conn);
        let words = plain::too_late(patience, log::system_clock(), &screen);
        self.seat.desk.borrow_mut().let_go(words, &screen);
    }

    /// Writes as much as goes.
    pub fn write(&mut self) -> io::Result<()> {
        let mut desk = self.seat.desk.borrow_mut();
        while !desk.outbox.is_empty() {
            match desk.outbox.write_to(&mut self.stream) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Reads what is there; whether there was something. Not a part of a future, which would hold the buffer while it
    /// waits.
    pub fn read(&mut self) -> io::Result<bool> {
        let mut buffer = [0; CHUNK_BYTES];
        match self.stream.try_read(&mut buffer) {
            Ok(0) => self.ended = true,
            Ok(length) => {
                if let Some(patience) = &mut self.patience {
                    patience.heard(Instant::now());
                }
                self.take_in(&buffer[..length]);
                return Ok(true);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        Ok(false)
    }

    /// What the system has received is received.
    fn read_the_last(&mut self) {
        for _ in 0..LAST_BYTES_MAX / CHUNK_BYTES {
            // A connection that fails has nothing more to say.
            if !self.read().unwrap_or(false) {
                return;
            }
        }
    }

    /// Takes bytes in; telnet's commands are answered.
    pub fn take_in(&mut self, bytes: &[u8]) {
        let mut desk = self.seat.desk.borrow_mut();
        let Some(telnet) = &mut desk.telnet else {
            self.input.extend_from_slice(bytes);
            return;
        };
        let (mut data, mut said) = (Vec::new(), Vec::new());
        telnet.feed(bytes, &mut data, &mut said);
        self.input.extend_from_slice(&data);
        let screen = self.house.table.borrow().screen(self.conn);
        for said in &said {
            if let Negotiation::WindowSize { width, .. } = said {
                self.measured = Some(*width);
            }
            desk.negotiate(|telnet, out| telnet.answer(said, out), &screen);
        }
    }

    /// What is handed on next, or what has to come before it.
    fn next(&mut self) -> Result<Input, Pause> {
        let conn = self.conn;
        // A window that is resized without end costs what lines cost.
        if let Some(width) = self.measured
            && !self.is_last
        {
            self.bucket
                .take(&self.house.flood, Instant::now())
                .map_err(Pause::Until)?;
            self.measured = None;
            return Ok(Input::Entry(Entry::Measured { conn, width }));
        }
        loop {
            let mut desk = self.seat.desk.borrow_mut();
            let in_flight = self.house.config.limits.in_flight;
            if desk.end() != End::Open {
                return Err(Pause::Answers);
            }
            // A line of IRC may ask for several things.
            if let Some(command) = desk.talker.command() {
                let command = Box::new(command);
                return Ok(Input::Request { conn, command });
            }
            if !desk.talker.is_ready(in_flight) || desk.outbox.is_behind() {
                return Err(Pause::Answers);
            }
            let mut bucket = self.bucket;
            // The end does not wait for who came too fast.
            if !self.input.is_empty() && !self.is_last {
                bucket
                    .take(&self.house.flood, Instant::now())
                    .map_err(Pause::Until)?;
            }
            let Some(line) = decode(&mut self.codec, &mut self.input, self.ended) else {
                return Err(self.nothing());
            };
            let line = match &line {
                codec::Line::NotUtf8 => Line::NotUtf8,
                codec::Line::Text(text) => Line::Text(text),
                codec::Line::TooLong => Line::TooLong(self.house.config.limits.request_bytes),
            };
            let screen = self.house.table.borrow().screen(self.conn);
            let command = desk.line(line, &screen);
            // The lines of a here-document are one command together, while there is room for more of them.
            if !desk.talker.is_in_document() {
                self.bucket = bucket;
            }
            if let Some(command) = command {
                let command = Box::new(command);
                return Ok(Input::Request { conn, command });
            }
        }
    }

    /// There is no whole line.
    fn nothing(&self) -> Pause {
        if self.is_last {
            self.seat.drained.set(true);
            self.house.settled.notify_one();
        }
        match (self.ended, self.is_last) {
            (true, _) => Pause::Over,
            (false, true) => Pause::Answers,
            (false, false) => Pause::Input,
        }
    }
}

fn decode(codec: &mut LineCodec, input: &mut BytesMut, ended: bool) -> Option<codec::Line> {
    let line = if ended {
        codec.decode_eof(input)
    } else {
        codec.decode(input)
    };
    line.expect("every byte is a part of a line")
}
