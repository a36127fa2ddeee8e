//! WEBIRC: from where a trusted gateway says that a connection comes (IRCv3 webirc).

use std::net::IpAddr;

use chinwag_grammar::irc::Message;

/// A line is no longer.
pub const LINE_MAX_BYTES: usize = 512;

const WORD: &[u8] = b"WEBIRC ";

/// What a gateway tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Where the client is.
    pub address: IpAddr,
    /// Whether the way from the client to the gateway is encrypted.
    pub secure: bool,
}

/// Whether the first line is one.
#[must_use]
pub fn begins(bytes: &[u8]) -> bool {
    let word = bytes.get(..WORD.len());
    word.is_some_and(|word| word.eq_ignore_ascii_case(WORD))
}

/// `WEBIRC password gateway hostname ip [:secure …]`. The password is nobody's proof here: gateways are trusted by their
/// addresses.
#[must_use]
pub fn parse(line: &[u8]) -> Option<Gateway> {
    let line = std::str::from_utf8(line)
        .ok()?
        .trim_end_matches(['\r', '\n']);
    let message = Message::parse(line).ok()?;
    let address = message.param(3)?;
    let options = message.param(4).unwrap_or_default();
    let is_secure = |option: &str| option == "secure" || option.starts_with("secure=");
    Some(Gateway {
        address: address
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .ok()?,
        secure: options.split(' ').any(is_secure),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let gateway = |address: &str, secure| {
            let address = address.parse().unwrap();
            Some(Gateway { address, secure })
        };
        for (line, expected) in [
            (
                "WEBIRC pw kiwi host.example 192.0.2.9\r\n",
                gateway("192.0.2.9", false),
            ),
            (
                "webirc pw kiwi h 192.0.2.9 :secure local-port=1\n",
                gateway("192.0.2.9", true),
            ),
            (
                "WEBIRC pw kiwi h 2001:db8::1 secure\n",
                gateway("2001:db8::1", true),
            ),
            (
                "WEBIRC pw kiwi h [2001:db8::1]\n",
                gateway("2001:db8::1", false),
            ),
            ("WEBIRC pw kiwi h 0::1\n", gateway("::1", false)),
            ("WEBIRC pw kiwi h nowhere\n", None),
            ("WEBIRC pw\n", None),
            ("WEBIRC \u{0} a b c\n", None),
        ] {
            assert_eq!(parse(line.as_bytes()), expected, "{line}");
        }
        assert!(begins(b"WebIRC a") && !begins(b"WEBIRC") && !begins(b"NICK a b c"));
        assert_eq!(parse(b"WEBIRC \xff a b 192.0.2.9\n"), None);
    }
}
