//! How to come in, as it is printed when a server has started.

use std::fmt::Write as _;

use crate::config::{Address, Config};

/// A line for each way in that exists.
#[must_use]
pub fn text(config: &Config, addresses: &[Address]) -> String {
    let mut out = format!("chinwag at {} is ready. Come in by\n", config.server.name);
    for (listen, address) in config.listen.iter().zip(addresses) {
        let line = match (address, listen.tls) {
            (Address::Tcp(address), false) => {
                format!("  nc {} {}", address.ip(), address.port())
            }
            (Address::Tcp(address), true) => format!(
                "  openssl s_client -quiet -connect {}:{}",
                address.ip(),
                address.port()
            ),
            (Address::Unix(path), _) => format!("  nc -U {}", path.display()),
        };
        writeln!(out, "{line}").expect("writing to a string does not fail");
    }
    out.push_str("and type REGISTER yourname, or HELP.");
    out
}
