//! The front door of a listener: who is there, by the first bytes, through PROXY and TLS, until lines begin.
//!
//! The server waits for the first byte and greets after a second of silence; the greeting decides nothing.

mod door;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chinwag_grammar::detect::Detected;

use door::Door;

use super::peer::Peer;
use super::refusal;
use super::stream::{Socket, Stream};
use super::tls::Reloadable;
use crate::config::{Cidr, Config, Listen};

/// What holds at one listener.
pub struct Rules {
    /// Everything that arrives must be TLS.
    pub tls_only: bool,
    /// Every connection begins with a PROXY header.
    pub proxy_protocol: bool,
    /// Whose PROXY headers count.
    pub trusted_proxies: Vec<Cidr>,
    /// The certificate; without one, TLS is refused.
    pub tls: Option<Arc<Reloadable>>,
    /// How long one may take to say who one is.
    pub registration_timeout: Duration,
    /// How long one who was greeted may say nothing at all; absent, for ever.
    pub login_timeout: Option<Duration>,
    /// The name of the server, for those who are shown another way in.
    pub name: String,
}

/// What the front door asks of the house.
pub trait Host {
    /// Whether there is room for that peer; asked when its address is known, and once more where a gateway tells another.
    fn admit(&mut self, peer: &Peer) -> bool;
    /// The greeting; asked for when it is sent.
    fn greeting(&mut self, peer: &Peer) -> Bytes;
}

/// What became of a connection.
#[derive(Debug)]
pub enum Front {
    /// Nothing; it is closed.
    Closed(Closed),
    /// Lines begin.
    Lines(Lines),
}

/// A connection that sends lines.
#[derive(Debug)]
pub struct Lines {
    /// Where the rest of it comes from.
    pub stream: Stream,
    /// What of it was read already, telnet's commands included.
    pub first_bytes: Vec<u8>,
    /// They are IRC's; else the plain dialect's.
    pub irc: bool,
    /// It began with a command of telnet.
    pub telnet: bool,
    /// The greeting was sent.
    pub greeted: bool,
    /// Who it is.
    pub peer: Peer,
}

/// Why a connection was closed at the door.
#[derive(Debug)]
pub enum Closed {
    /// It broke.
    Failed(io::Error),
    /// A browser; it was answered.
    Http,
    /// It left without a word.
    Left,
    /// The PROXY header is missing or malformed.
    NoHeader,
    /// It came without TLS where that is required, and was told.
    NotTls,
    /// TLS failed, or there is no certificate.
    Tls(io::Error),
    /// It did not say in time who it is.
    TooLate,
    /// The house has no room for it.
    TooMany,
    /// Only trusted proxies may come in there.
    Untrusted,
}

impl Rules {
    /// The rules of a configured listener.
    #[must_use]
    pub fn of(config: &Config, listen: &Listen, tls: Option<Arc<Reloadable>>) -> Self {
        Self {
            tls_only: listen.tls,
            proxy_protocol: listen.proxy_protocol,
            trusted_proxies: config.server.trusted_proxies.clone(),
            tls,
            registration_timeout: Duration::from_millis(
                config.limits.registration_timeout.millis(),
            ),
            login_timeout: Some(Duration::from_millis(config.limits.login_timeout.millis()))
                .filter(|timeout| !timeout.is_zero()),
            name: config.server.name.clone(),
        }
    }

    fn trusts(&self, peer: &Peer) -> bool {
        // Who may write to a unix socket is decided by its permissions.
        peer.address.is_none_or(|address| {
            self.trusted_proxies
                .iter()
                .any(|block| block.contains(address))
        })
    }

    fn way_in(&self, door: &Door) -> String {
        let (name, port) = (&self.name, door.port);
        let port = port.map_or_else(String::new, |port| port.to_string());
        if self.tls_only || door.stream.is_tls() {
            format!("openssl s_client -quiet -connect {name}:{port}")
        } else {
            format!("nc {name} {port}")
        }
    }
}

/// Finds out who is there. May be dropped at any time, which closes the connection.
pub async fn enter(socket: Socket, rules: &Rules, host: &mut impl Host) -> Front {
    match lines(socket, rules, host).await {
        Ok(lines) => Front::Lines(lines),
        Err(closed) => Front::Closed(closed),
    }
}

async fn lines(socket: Socket, rules: &Rules, host: &mut impl Host) -> Result<Lines, Closed> {
    let mut door = Door::new(socket, rules)?;
    if rules.proxy_protocol {
        door.proxy_header(rules).await?;
    }
    if !host.admit(&door.peer) {
        return Err(Closed::TooMany);
    }
    let greets = !rules.tls_only && !rules.proxy_protocol;
    let mut found = door.detect(greets, rules, host).await?;
    if found == Detected::Tls {
        // Rare and large: in a box, so that quiet connections are small.
        door = Box::pin(door.handshake(rules)).await?;
        found = door.detect(true, rules, host).await?;
    }
    if found == Detected::Irc {
        let before = door.peer;
        door.webirc(rules).await?;
        if door.peer != before && !host.admit(&door.peer) {
            return Err(Closed::TooMany);
        }
    }
    let is_open = rules.tls_only && !door.stream.is_tls();
    let refused = match found {
        Detected::Http => (Closed::Http, refusal::http(&rules.way_in(&door))),
        Detected::Irc if is_open => (Closed::NotTls, refusal::irc_tls_required().to_owned()),
        Detected::Tls => return Err(Closed::Tls(io::ErrorKind::InvalidData.into())),
        Detected::NeedMore
        | Detected::Plain
        | Detected::ProxyV1
        | Detected::ProxyV2
        | Detected::Telnet
            if is_open =>
        {
            (Closed::NotTls, refusal::tls_required(&rules.way_in(&door)))
        }
        Detected::Irc
        | Detected::NeedMore
        | Detected::Plain
        | Detected::ProxyV1
        | Detected::ProxyV2
        | Detected::Telnet => return Ok(door.opened(found)),
    };
    let (closed, text) = refused;
    Box::pin(door.stream.farewell(text.as_bytes())).await;
    Err(closed)
}

/// For the log.
impl fmt::Display for Closed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => write!(out, "the connection broke: {error}"),
            Self::Http => out.write_str("HTTP is not served here"),
            Self::Left => out.write_str("it left without a word"),
            Self::NoHeader => out.write_str("the PROXY header is missing or malformed"),
            Self::NotTls => out.write_str("it came without TLS, which is required here"),
            Self::Tls(error) => write!(out, "TLS failed: {error}"),
            Self::TooLate => out.write_str("it did not say in time who it is"),
            Self::TooMany => out.write_str("too many connections from there"),
            Self::Untrusted => out.write_str("only trusted proxies may come in here"),
        }
    }
}

#[cfg(test)]
mod tests;
