//! Where to listen: an address with a port, or the path of a unix socket.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

/// An address to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// An IP address and a port; port 0 takes a free one.
    Tcp(SocketAddr),
    /// The path of a unix socket.
    Unix(PathBuf),
}

/// The text is not an address to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

impl Address {
    /// Whether only this machine can reach it.
    #[must_use]
    pub fn is_local(&self) -> bool {
        match self {
            Self::Tcp(address) => address.ip().to_canonical().is_loopback(),
            Self::Unix(_) => true,
        }
    }

    /// Whether both cannot be listened on at once.
    #[must_use]
    pub fn collides(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tcp(one), Self::Tcp(two)) => {
                one.port() == two.port() && one.port() != 0 && covers(one.ip(), two.ip())
            }
            (Self::Unix(one), Self::Unix(two)) => one == two,
            (Self::Tcp(_), Self::Unix(_)) | (Self::Unix(_), Self::Tcp(_)) => false,
        }
    }

    /// Whether one is `[::]` and the other of IPv4 at the same port: they collide where the system lets `[::]` take
    /// IPv4 as well.
    #[must_use]
    pub fn spans(&self, other: &Self) -> bool {
        let (Self::Tcp(one), Self::Tcp(two)) = (self, other) else {
            return false;
        };
        let all = |ip: IpAddr| ip.is_ipv6() && ip.is_unspecified();
        let (first, second) = (one.ip(), two.ip());
        let meet = |six, four: IpAddr| all(six) && four.to_canonical().is_ipv4();
        one.port() == two.port() && one.port() != 0 && (meet(first, second) || meet(second, first))
    }
}

/// `0.0.0.0` covers every IPv4 address; `[::]` every one of IPv6.
fn covers(one: IpAddr, two: IpAddr) -> bool {
    let (one, two) = (one.to_canonical(), two.to_canonical());
    one == two || (one.is_ipv4() == two.is_ipv4() && (one.is_unspecified() || two.is_unspecified()))
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        match text.strip_prefix("unix:") {
            Some("") => Err(NotAnAddress),
            // The kernel takes 107 bytes and a NUL.
            Some(path) if path.len() > 107 || path.contains('\0') => Err(NotAnAddress),
            Some(path) => Ok(Self::Unix(path.into())),
            None => text.parse().map(Self::Tcp).map_err(|_| NotAnAddress),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(out),
            Self::Unix(path) => write!(out, "unix:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, local) in [
            ("127.0.0.1:6667", true),
            ("[::1]:6697", true),
            ("[::ffff:127.0.0.1]:1", true),
            ("0.0.0.0:0", false),
            ("[::]:6667", false),
            ("192.0.2.1:65535", false),
            ("unix:/run/chinwag.sock", true),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(
                (address.to_string().as_str(), address.is_local()),
                (text, local)
            );
        }
        let long = format!("unix:{}", "a".repeat(108));
        for bad in [
            "",
            "127.0.0.1",
            "localhost:1",
            "127.0.0.1:65536",
            "::1:6667",
            "unix:",
            ":6667",
            &long,
        ] {
            assert_eq!(bad.parse::<Address>(), Err(NotAnAddress), "{bad}");
        }
        assert!(long[..long.len() - 1].parse::<Address>().is_ok());
    }

    #[test]
    fn collisions() {
        for (one, two, both) in [
            ("127.0.0.1:1", "127.0.0.1:1", true),
            ("127.0.0.1:1", "127.0.0.1:2", false),
            ("127.0.0.1:0", "127.0.0.1:0", false),
            ("0.0.0.0:1", "127.0.0.1:1", true),
            ("[::1]:1", "[::]:1", true),
            ("[::]:1", "127.0.0.1:1", false),
            ("[::ffff:127.0.0.1]:1", "0.0.0.0:1", true),
            ("[::1]:1", "0.0.0.0:1", false),
            ("unix:/a", "unix:/a", true),
            ("unix:/a", "unix:/b", false),
            ("unix:/a", "127.0.0.1:1", false),
        ] {
            let (first, second): (Address, Address) = (one.parse().unwrap(), two.parse().unwrap());
            assert_eq!(
                (first.collides(&second), second.collides(&first)),
                (both, both),
                "{one} {two}"
            );
        }
    }

    #[test]
    fn spanning() {
        for (one, two, both) in [
            ("[::]:1", "0.0.0.0:1", true),
            ("[::]:1", "127.0.0.1:1", true),
            ("[::]:1", "127.0.0.1:2", false),
            ("[::]:0", "0.0.0.0:0", false),
            ("[::]:1", "[::1]:1", false),
            ("[::1]:1", "127.0.0.1:1", false),
            ("[::]:1", "unix:/a", false),
        ] {
            let (first, second): (Address, Address) = (one.parse().unwrap(), two.parse().unwrap());
            assert_eq!(
                (first.spans(&second), second.spans(&first)),
                (both, both),
                "{one} {two}"
            );
        }
    }
}
