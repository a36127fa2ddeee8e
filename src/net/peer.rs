//! Who is at the other end of a connection, as far as the network tells.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::model::credential::Digest;

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Where it is; absent on a unix socket.
    pub address: Option<IpAddr>,
    /// Whether what it sends is encrypted.
    pub tls: bool,
    /// Whether a trusted proxy stands between.
    pub forwarded: bool,
    /// The fingerprint of its client certificate, where it has shown one.
    pub certificate: Option<Digest>,
}

/// Those who are throttled together: an IPv4 address, the /64 of an IPv6 address, or everybody on a unix socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Network {
    /// An IPv4 address.
    Address(Ipv4Addr),
    /// Unix sockets.
    Local,
    /// An IPv6 address with its last 64 bits cleared.
    Prefix(Ipv6Addr),
}

impl Peer {
    /// A peer as the socket has it. An IPv4 address mapped into IPv6 is an IPv4 address.
    #[must_use]
    pub fn direct(address: Option<IpAddr>) -> Self {
        Self {
            address: address.map(|address| address.to_canonical()),
            tls: false,
            forwarded: false,
            certificate: None,
        }
    }

    /// A peer as a trusted proxy told it.
    #[must_use]
    pub fn behind(address: IpAddr) -> Self {
        Self {
            forwarded: true,
            ..Self::direct(Some(address))
        }
    }

    /// Whether it is on this machine. Another machine's loopback, told by a proxy, is not ours.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        !self.forwarded && self.address.is_none_or(|address| address.is_loopback())
    }

    /// With whom it is throttled together.
    #[must_use]
    pub fn network(&self) -> Network {
        match self.address {
            None => Network::Local,
            Some(IpAddr::V4(address)) => Network::Address(address),
            Some(IpAddr::V6(address)) => {
                Network::Prefix(Ipv6Addr::from(u128::from(address) >> 64 << 64))
            }
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(out),
            Self::Local => out.write_str("local"),
            Self::Prefix(prefix) => write!(out, "{prefix}/64"),
        }
    }
}

/// The address, or `local`.
impl fmt::Display for Peer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            None => out.write_str("local"),
            Some(address) => address.fmt(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks() {
        for (address, network, loopback) in [
            ("192.0.2.7", "192.0.2.7", false),
            ("127.0.0.9", "127.0.0.9", true),
            ("::ffff:192.0.2.7", "192.0.2.7", false),
            ("::ffff:127.0.0.1", "127.0.0.1", true),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", false),
            ("::1", "::/64", true),
        ] {
            let address: IpAddr = address.parse().unwrap();
            let peer = Peer::direct(Some(address));
            assert_eq!(peer.network().to_string(), network);
            assert_eq!(peer.is_loopback(), loopback, "{peer}");
            assert!(!Peer::behind(address).is_loopback());
            assert_eq!(Peer::behind(address).network(), peer.network());
        }
        let local = Peer::direct(None);
        assert_eq!(
            (local.network(), local.is_loopback()),
            (Network::Local, true)
        );
        assert_eq!(local.to_string(), local.network().to_string());
    }
}
