//! A connection at the door: its first bytes, and how long they are waited for.

use std::io;
use std::time::Duration;

use chinwag_grammar::Span;
use chinwag_grammar::detect::{Detected, Doors, detect};
use tokio::time::{Instant, timeout, timeout_at};

use super::{Closed, Host, Lines, Rules};
use crate::log;
use crate::model::Screen;
use crate::net::peer::Peer;
use crate::net::proxy::{self, NoHeader};
use crate::net::stream::{Socket, Stream, Ways};
use crate::net::webirc;
use crate::render::plain;

/// After so long a silence somebody in netcat is assumed.
const SILENCE: Duration = Duration::from_secs(1);
/// What is read at once before it is known who is there.
const CHUNK_BYTES: usize = 4_096;

/// A connection while it is not known who is there.
pub struct Door {
    pub stream: Stream,
    first_bytes: Vec<u8>,
    /// Nothing comes after them.
    ended: bool,
    greeted: bool,
    pub peer: Peer,
    /// Ours, where it has one.
    pub port: Option<u16>,
    deadline: Instant,
}

impl Door {
    pub fn new(socket: Socket, rules: &Rules) -> Result<Self, Closed> {
        let address = socket.address().map_err(Closed::Failed)?;
        Ok(Self {
            port: socket.port(),
            stream: Stream::Plain(socket),
            first_bytes: Vec::new(),
            ended: false,
            greeted: false,
            peer: Peer::direct(address),
            deadline: Instant::now() + rules.registration_timeout,
        })
    }

    pub fn opened(self, found: Detected) -> Lines {
        Lines {
            stream: self.stream,
            first_bytes: self.first_bytes,
            irc: found == Detected::Irc,
            telnet: found == Detected::Telnet,
            greeted: self.greeted,
            peer: self.peer,
        }
    }

    pub async fn proxy_header(&mut self, rules: &Rules) -> Result<(), Closed> {
        if !rules.trusts(&self.peer) {
            return Err(Closed::Untrusted);
        }
        loop {
            match proxy::header(&self.first_bytes) {
                Ok(header) => {
                    // In a new vector: when nothing is left, nothing is kept.
                    self.first_bytes = self.first_bytes.split_off(header.length);
                    // A proxy that does not tell for whom it speaks does not speak for this machine.
                    let unknown = Peer {
                        forwarded: true,
                        ..self.peer
                    };
                    self.peer = header.source.map_or(unknown, Peer::behind);
                    return Ok(());
                }
                Err(NoHeader::Malformed) => return Err(Closed::NoHeader),
                Err(NoHeader::NeedMore) if self.ended => return Err(Closed::NoHeader),
                Err(NoHeader::NeedMore) => self.more_in_time().await?,
            }
        }
    }

    /// A trusted gateway of browsers tells for whom it speaks, in a first line of IRC.
    pub async fn webirc(&mut self, rules: &Rules) -> Result<(), Closed> {
        if !webirc::begins(&self.first_bytes) {
            return Ok(());
        }
        let length = loop {
            match self.first_bytes.iter().position(|byte| *byte == b'\n') {
                Some(end) => break end + 1,
                None if self.ended || self.first_bytes.len() > webirc::LINE_MAX_BYTES => {
                    return Err(Closed::NoHeader);
                }
                None => self.more_in_time().await?,
            }
        };
        let rest = self.first_bytes.split_off(length);
        let line = std::mem::replace(&mut self.first_bytes, rest);
        if !rules.trusts(&self.peer) {
            return Err(Closed::Untrusted);
        }
        let gateway = webirc::parse(&line).ok_or(Closed::NoHeader)?;
        self.peer = Peer {
            tls: self.peer.tls && gateway.secure,
            ..Peer::behind(gateway.address)
        };
        Ok(())
    }

    pub async fn handshake(self, rules: &Rules) -> Result<Self, Closed> {
        let (Stream::Plain(socket), Some(tls)) = (self.stream, &rules.tls) else {
            return Err(Closed::Tls(io::ErrorKind::Unsupported.into()));
        };
        let acceptor = tls.acceptor();
        let shaken = Stream::handshake(socket, self.first_bytes, &acceptor);
        let stream = timeout_at(self.deadline, shaken)
            .await
            .map_err(|_| Closed::TooLate)?
            .map_err(Closed::Tls)?;
        let certificate = stream.client_certificate();
        Ok(Self {
            stream,
            first_bytes: Vec::new(),
            ended: false,
            // A greeting before the handshake told a TLS client nothing.
            greeted: false,
            peer: Peer {
                tls: true,
                certificate,
                ..self.peer
            },
            ..self
        })
    }

    pub async fn detect(
        &mut self,
        greets: bool,
        rules: &Rules,
        host: &mut impl Host,
    ) -> Result<Detected, Closed> {
        loop {
            match self.detected() {
                Detected::NeedMore if self.ended => return Err(Closed::Left),
                Detected::NeedMore if self.first_bytes.is_empty() && greets => {
                    self.first_byte(rules, host).await?;
                }
                Detected::NeedMore => self.more_in_time().await?,
                found => return Ok(found),
            }
        }
    }

    fn detected(&self) -> Detected {
        if self.ended && !self.first_bytes.is_empty() {
            // The end of input ends a line.
            let line = [&self.first_bytes[..], b"\n"].concat();
            return match detect(&line, Doors::default()) {
                Detected::NeedMore => Detected::Plain,
                found => found,
            };
        }
        detect(&self.first_bytes, Doors::default())
    }

    /// Who is greeted may be quiet for as long as the house allows.
    async fn first_byte(&mut self, rules: &Rules, host: &mut impl Host) -> Result<(), Closed> {
        if !self.greeted {
            if let Ok(read) = timeout(SILENCE, self.more()).await {
                return read;
            }
            let greeting = host.greeting(&self.peer);
            timeout_at(self.deadline, self.stream.write_all(&greeting))
                .await
                .map_err(|_| Closed::TooLate)?
                .map_err(Closed::Failed)?;
            self.greeted = true;
        }
        match rules.login_timeout {
            Some(patience) => match timeout(patience, self.more()).await {
                Ok(read) => read?,
                // Rare: in a box, so that quiet connections are small.
                Err(_) => return Err(Box::pin(self.too_late(patience)).await),
            },
            None => self.more().await?,
        }
        self.deadline = Instant::now() + rules.registration_timeout;
        Ok(())
    }

    /// Who was greeted and stays quiet is told why it ends.
    async fn too_late(&mut self, patience: Duration) -> Closed {
        let patience = Span::seconds(patience.as_secs());
        let words = plain::too_late(patience, log::system_clock(), &Screen::default());
        // Who is not there any more need not hear it.
        let _ = timeout(SILENCE, self.stream.write_all(words.as_bytes())).await;
        Closed::TooLate
    }

    async fn more_in_time(&mut self) -> Result<(), Closed> {
        timeout_at(self.deadline, self.more())
            .await
            .map_err(|_| Closed::TooLate)?
    }

    /// Waits for bytes, or for the end of them.
    async fn more(&mut self) -> Result<(), Closed> {
        loop {
            self.stream
                .ready(Ways::READ)
                .await
                .map_err(Closed::Failed)?;
            if self.read().map_err(Closed::Failed)? {
                return Ok(());
            }
        }
    }

    /// Not a part of a future, which would hold the buffer while it waits.
    fn read(&mut self) -> io::Result<bool> {
        let mut buffer = [0; CHUNK_BYTES];
        match self.stream.try_read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
            Err(error) => return Err(error),
            Ok(0) => self.ended = true,
            Ok(length) => self.first_bytes.extend_from_slice(&buffer[..length]),
        }
        Ok(true)
    }
}
