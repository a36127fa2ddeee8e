//! How to come in, as it is printed when a server has started.

use std::fmt::Write as _;

use crate::config::{Address, Config};

/// A line for each way in that exists.
#[must_use]
pub fn text(config: &Config, addresses: &[Address]) -> String {
    let name = &config.server.name;
    let mut out = format!("chinwag at {name} is ready. Come in by\n");
    for (listen, address) in config.listen.iter().zip(addresses) {
        writeln!(out, "  {}", way_in(name, address, listen.tls))
            .expect("writing to a string does not fail");
        if let Some(url) = irc(name, address, listen.tls) {
            writeln!(out, "  {url}    in an IRC client")
                .expect("writing to a string does not fail");
        }
    }
    out.push_str("and type REGISTER yourname, or HELP.");
    out
}

/// What somebody types. Where it listens at every address, the name of the server is one that can be reached.
fn way_in(name: &str, address: &Address, tls: bool) -> String {
    let address = match address {
        Address::Tcp(address) => address,
        Address::Unix(path) => return format!("nc -U {}", path.display()),
    };
    let (ip, port) = (address.ip(), address.port());
    match (ip.is_unspecified(), tls) {
        (false, false) => format!("nc {ip} {port}"),
        (false, true) => format!("openssl s_client -quiet -connect {address}"),
        (true, false) => format!("nc {name} {port}"),
        (true, true) => format!("openssl s_client -quiet -connect {name}:{port}"),
    }
}

/// The address for an IRC client; unix sockets have none that clients know.
fn irc(name: &str, address: &Address, tls: bool) -> Option<String> {
    let Address::Tcp(address) = address else {
        return None;
    };
    let scheme = if tls { "ircs" } else { "irc" };
    if address.ip().is_unspecified() {
        return Some(format!("{scheme}://{name}:{}", address.port()));
    }
    Some(format!("{scheme}://{address}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_that_can_be_typed() {
        for (address, tls, typed) in [
            ("127.0.0.1:1", false, "nc 127.0.0.1 1"),
            ("0.0.0.0:1", false, "nc chat.example 1"),
            (
                "[::]:1",
                true,
                "openssl s_client -quiet -connect chat.example:1",
            ),
            ("[::1]:1", true, "openssl s_client -quiet -connect [::1]:1"),
        ] {
            let address = Address::Tcp(address.parse().unwrap());
            assert_eq!(way_in("chat.example", &address, tls), typed);
            let url = irc("chat.example", &address, tls).unwrap();
            assert_eq!(url.starts_with("ircs://"), tls, "{url}");
        }
    }
}
