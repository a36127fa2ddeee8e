//! SASL: AUTHENTICATE in pieces of 400 bytes, by PLAIN, EXTERNAL and SCRAM-SHA-256 (IRCv3 sasl-3.1 and 3.2).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chinwag_grammar::Nick;
use chinwag_grammar::irc::Message;

use super::Irc;
use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{Authenticate, Proof, ScramFinal, ScramFirst};
use crate::render::irc::To;
use crate::render::irc::line::numeric;
use crate::reply::Reply;
use crate::secret::Secret;

/// A way that is being gone.
#[derive(Debug, Default)]
pub struct Sasl {
    step: Step,
    /// What came of the message under way.
    pieces: Secret,
}

/// What the next message is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    External,
    #[default]
    Plain,
    ScramEnd,
    ScramFinal,
    ScramFirst,
}

/// A piece of a message; one of this length is followed by another.
const PIECE_BYTES: usize = 400;
/// A message is no longer.
const MESSAGE_MAX_BYTES: usize = 20 * PIECE_BYTES;

pub fn authenticate(turn: &mut Turn<'_>, message: &Message<'_>) {
    let word = message.param(0).unwrap_or_default();
    let Some(mut sasl) = turn.irc.sasl.take() else {
        return begin(turn, word);
    };
    if word == "*" {
        return turn.numeric(906, &[], "SASL authentication aborted");
    }
    let piece = if word == "+" { "" } else { word };
    if piece.len() > PIECE_BYTES || sasl.pieces.expose().len() + piece.len() > MESSAGE_MAX_BYTES {
        return turn.numeric(905, &[], "SASL message too long");
    }
    sasl.pieces = Secret::new(format!("{}{piece}", sasl.pieces.expose()));
    if piece.len() == PIECE_BYTES {
        turn.irc.sasl = Some(sasl);
        return;
    }
    let is_registered = turn.irc.is_registered();
    let command = decoded(&sasl.pieces).and_then(|said| command(sasl.step, &said, is_registered));
    match command {
        Some(command) => {
            turn.irc.sasl = Some(Sasl {
                step: sasl.step,
                pieces: Secret::default(),
            });
            turn.ask(command, None);
        }
        None => turn.numeric(
            904,
            &[],
            "SASL authentication failed: that is no message of it",
        ),
    }
}

/// The mechanisms that this connection can use.
pub fn mechanisms(irc: &Irc) -> String {
    let mut names = vec!["PLAIN"];
    if irc.is_tls {
        names.push("EXTERNAL");
    }
    if irc.setup.scram {
        names.push("SCRAM-SHA-256");
    }
    names.join(",")
}

fn begin(turn: &mut Turn<'_>, mechanism: &str) {
    let step = match mechanism.to_ascii_uppercase().as_str() {
        "EXTERNAL" => Step::External,
        "PLAIN" => Step::Plain,
        "SCRAM-SHA-256" if turn.irc.setup.scram => Step::ScramFirst,
        _ => {
            let names = mechanisms(turn.irc);
            turn.numeric(908, &[&names], "are available SASL mechanisms");
            return turn.numeric(904, &[], "SASL authentication failed: no such mechanism");
        }
    };
    turn.irc.sasl = Some(Sasl {
        step,
        pieces: Secret::default(),
    });
    turn.say("AUTHENTICATE +\r\n");
}

fn decoded(pieces: &Secret) -> Option<Secret> {
    let bytes = STANDARD.decode(pieces.expose()).ok()?;
    String::from_utf8(bytes).ok().map(Secret::from)
}

fn command(step: Step, said: &Secret, enter: bool) -> Option<Command> {
    let said = said.expose();
    let how = match step {
        Step::External if said.is_empty() => Proof::Certificate { nick: None },
        Step::External => Proof::Certificate {
            nick: Some(Nick::parse(said).ok()?),
        },
        Step::Plain => plain(said)?,
        Step::ScramEnd => Proof::Scram,
        Step::ScramFinal => {
            let client_final = Secret::from(said);
            return Some(Command::ScramFinal(ScramFinal { client_final }));
        }
        Step::ScramFirst => {
            let client_first = Secret::from(said);
            return Some(Command::ScramFirst(ScramFirst { client_first }));
        }
    };
    Some(Command::Authenticate(Authenticate { how, enter }))
}

/// For whom, who and the password, between NULs (RFC 4616). Nobody acts for somebody else here.
fn plain(said: &str) -> Option<Proof> {
    let mut parts = said.split('\0');
    let (whom, name, password) = (parts.next()?, parts.next()?, parts.next()?);
    let nick = Nick::parse(name).ok()?;
    let is_whole = parts.next().is_none() && (whom.is_empty() || nick.same(whom));
    is_whole.then(|| Proof::Password {
        nick,
        password: Secret::from(password),
    })
}

impl Irc {
    /// The core has answered a message of it.
    pub fn authenticated_so_far(&mut self, reply: &Reply) {
        let step = self.sasl.as_ref().map(|sasl| sasl.step);
        let next = match (reply, step) {
            (Reply::Challenge { .. }, Some(Step::ScramFirst)) => Some(Step::ScramFinal),
            (Reply::Challenge { .. }, Some(Step::ScramFinal)) => Some(Step::ScramEnd),
            _ => None,
        };
        self.sasl = next.map(|step| Sasl {
            step,
            pieces: Secret::default(),
        });
    }
}

/// What a message is answered with, beside 900.
pub fn answer(reply: &Reply, to: To<'_>) -> String {
    match reply {
        Reply::Authenticated { .. } | Reply::LoggedIn { .. } => {
            let line = numeric(to.server.name, 903, to.me);
            line.text("SASL authentication successful").ended()
        }
        Reply::Challenge { message } => {
            let encoded = STANDARD.encode(message.as_str());
            let mut lines: String = encoded
                .as_bytes()
                .chunks(PIECE_BYTES)
                .map(|piece| format!("AUTHENTICATE {}\r\n", String::from_utf8_lossy(piece)))
                .collect();
            if encoded.len() % PIECE_BYTES == 0 {
                lines.push_str("AUTHENTICATE +\r\n");
            }
            lines
        }
        refused => {
            let line = numeric(to.server.name, 904, to.me);
            line.text(&format!("SASL authentication failed: {}", refused.words()))
                .ended()
        }
    }
}
