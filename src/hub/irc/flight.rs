//! Requests that are not answered yet, in their order; with a label, everything that answers one is told together
//! (labeled-response).

use std::collections::VecDeque;

use bytes::Bytes;
use chinwag_grammar::irc::Message;

use super::sasl;
use crate::hub::caps::{Cap, Caps};
use crate::render::irc::line::tagged;
use crate::render::irc::{Asked, To, notice, reply};
use crate::reply::Reply;

/// What one command of a request was, for its answer.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What was asked.
    pub asked: Asked,
    /// The service that was asked, which answers in words.
    pub service: Option<&'static str>,
    /// Nobody is told how it went: a step that the client did not ask for itself.
    pub is_silent: bool,
}

/// A request not yet answered.
#[derive(Debug, Default)]
pub struct Flight {
    /// The label that its answer carries.
    pub label: Option<String>,
    /// What is still to be answered by the core.
    pub parts: VecDeque<Part>,
    /// What is to be shown, when it is its turn.
    pub lines: String,
}

/// The requests of a connection.
#[derive(Debug, Default)]
pub struct Flights {
    flights: VecDeque<Flight>,
    /// What was asked of the core last has to be answered before anything else is.
    is_waiting: bool,
    /// Labels are unique for themselves, batches for the connection.
    batches: u64,
}

impl Part {
    /// The lines that answer it.
    pub fn answer(&self, answer: &Reply, to: To<'_>) -> String {
        // Nobody asked: a replay that may not be has nothing to say.
        let is_unasked = self.asked.verb.is_empty();
        if self.is_silent && (answer.code().is_none() || is_unasked) {
            return String::new();
        }
        if self.asked.verb == "AUTHENTICATE" {
            let logged_in = matches!(answer, Reply::Authenticated { .. } | Reply::LoggedIn { .. });
            let first = logged_in.then(|| reply(answer, &self.asked, to));
            return first.unwrap_or_default() + &sasl::answer(answer, to);
        }
        match self.service {
            Some(_) if answer.code().is_some() || self.asked.in_words => {
                let service = self.service;
                notice(To { service, ..to }, &answer.words())
            }
            Some(_) | None => reply(answer, &self.asked, to),
        }
    }
}

impl Flights {
    pub fn push(&mut self, flight: Flight) {
        self.flights.push_back(flight);
    }

    pub fn len(&self) -> usize {
        self.flights.len()
    }

    /// Whether nothing more may be asked until the core has answered.
    pub const fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    /// The core is asked something.
    pub const fn asked(&mut self, waits: bool) {
        self.is_waiting = waits;
    }

    /// The core has answered: the oldest part.
    pub fn answered(&mut self) -> Option<Part> {
        self.is_waiting = false;
        self.flights.front_mut()?.parts.pop_front()
    }

    /// More of the answer under way.
    pub fn show(&mut self, lines: String) {
        match self.flights.front_mut() {
            Some(flight) => flight.lines.push_str(&lines),
            None if lines.is_empty() => {}
            // What belongs to nothing is told on its own.
            None => self.flights.push_back(Flight {
                lines,
                ..Flight::default()
            }),
        }
    }

    /// One more command belongs to the request that is answered last: it was found out only now.
    pub fn add(&mut self, part: Part) {
        if self.flights.is_empty() {
            self.flights.push_back(Flight::default());
        }
        if let Some(flight) = self.flights.front_mut() {
            flight.parts.push_back(part);
        }
    }

    /// The service that is answering.
    pub fn service(&self) -> Option<&'static str> {
        self.flights.front()?.parts.front()?.service
    }

    /// Lines as a batch of that type and parameters.
    pub fn batch(&mut self, lines: &str, kind: &str, server: &str) -> String {
        self.batches += 1;
        let name = format!("h{}", self.batches);
        let opening = format!(":{server} BATCH +{name} {kind}\r\n");
        enclosed(lines, opening, &name, server)
    }

    /// Shows what can be shown: requests that are answered, and of the first one what needs no label.
    pub fn flush(&mut self, caps: Caps, server: &str, out: &mut Vec<Bytes>) {
        while let Some(flight) = self.flights.front_mut() {
            let is_done = flight.parts.is_empty();
            if flight.label.is_none() && !flight.lines.is_empty() {
                out.push(std::mem::take(&mut flight.lines).into());
            }
            if !is_done {
                return;
            }
            let Some(flight) = self.flights.pop_front() else {
                return;
            };
            if let Some(label) = flight.label.filter(|_| caps.has(Cap::LabeledResponse)) {
                self.batches += 1;
                let name = format!("l{}", self.batches);
                out.push(labeled(&flight.lines, &label, &name, server).into());
            }
        }
    }
}

/// One line with the label, an acknowledgement where there is none, a batch where there are several.
fn labeled(lines: &str, label: &str, name: &str, server: &str) -> String {
    let count = lines.matches("\r\n").count();
    match count {
        0 => tagged(&format!(":{server} ACK\r\n"), "label", label),
        1 => tagged(lines, "label", label),
        _ => {
            let opening = format!(":{server} BATCH +{name} labeled-response\r\n");
            enclosed(lines, tagged(&opening, "label", label), name, server)
        }
    }
}

/// Lines in a batch; what is in a batch of its own stays there.
fn enclosed(lines: &str, opening: String, name: &str, server: &str) -> String {
    let mut out = opening;
    for line in lines.split_inclusive("\r\n") {
        if line.starts_with("@batch=") || closes(line) {
            out.push_str(line);
        } else {
            out.push_str(&tagged(line, "batch", name));
        }
    }
    out.push_str(&format!(":{server} BATCH -{name}\r\n"));
    out
}

/// Whether a line ends a batch.
fn closes(line: &str) -> bool {
    let message = Message::parse(line.trim_end());
    message.is_ok_and(|message| {
        let reference = message.param(0).unwrap_or_default();
        message.command() == "BATCH" && reference.starts_with('-')
    })
}
