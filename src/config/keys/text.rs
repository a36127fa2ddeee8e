//! The texts that keys may hold, each with its check and its words.

use chinwag_grammar::{Nick, RoomName};

use crate::config::kind::{Text, parses};
use crate::config::{Address, Cidr};

const fn text(accepts: fn(&str) -> bool, allowed: &'static str) -> Text {
    Text {
        accepts,
        allowed,
        secret: false,
    }
}

const fn secret(accepts: fn(&str) -> bool, allowed: &'static str) -> Text {
    Text {
        accepts,
        allowed,
        secret: true,
    }
}

pub(super) const ADDRESS: Text = text(
    parses::<Address>,
    "an IP address and a port (\"127.0.0.1:6667\", \"[::]:6667\") or \"unix:\" and a path",
);
pub(super) const ADMIN: Text = text(
    |text| (1..=300).contains(&text.len()) && !text.contains(char::is_control),
    "lines of 1 to 300 bytes",
);
pub(super) const CIDR: Text = text(
    parses::<Cidr>,
    "an IP address or a block of them (\"10.0.0.0/8\", \"::1\")",
);
pub(super) const CONNECTION_PASSWORD: Text = secret(
    |text| (1..=256).contains(&text.len()) && !text.contains(char::is_control),
    "a password of 1 to 256 bytes without control characters",
);
pub(super) const HOST: Text = text(
    is_host,
    "a host name (\"chat.example.org\"): letters, digits, hyphens and dots, at most 63 bytes",
);
pub(super) const MAILBOX: Text = text(
    parses::<lettre::message::Mailbox>,
    "an e-mail address (\"chat@example.org\" or \"Chat <chat@example.org>\")",
);
pub(super) const MOTD: Text = text(
    |text| text.len() <= super::doors::MOTD_MAX_BYTES,
    "a text of at most 65536 bytes",
);
pub(super) const NETWORK: Text = text(
    |text| {
        (1..=64).contains(&text.len())
            && !text.contains(|found: char| found.is_whitespace() || found.is_control())
    },
    "1 to 64 bytes without spaces",
);
pub(super) const NICK: Text = text(
    Nick::accepts,
    "a name: letters, digits and []\\`_^{|}-, no digit or hyphen first, at most 64 bytes",
);
pub(super) const OPERATOR_PASSWORD: Text = secret(
    is_operator_password,
    "a password of 1 to 256 bytes without control characters, or a PHC string that begins with \"$argon2id$\"",
);
pub(super) const ORIGIN: Text = text(
    is_origin,
    "a scheme and a host (\"https://chat.example.org\"), without a path",
);
pub(super) const PASSWORD: Text = CONNECTION_PASSWORD;
pub(super) const PATH: Text = text(is_path, "the path of a file");
pub(super) const DATABASE: Text = text(is_path, "the path of a file, or \":memory:\"");
pub(super) const ROOM: Text = text(RoomName::accepts, "the name of a room (\"#lobby\")");
pub(super) const SMTP: Text = secret(
    is_smtp,
    "\"smtp://host:port\" or \"smtps://user:password@host\"; \"?tls=required\" asks for STARTTLS",
);
pub(super) const USER_MODES: Text = text(
    |text| {
        text.is_empty()
            || text.strip_prefix('+').is_some_and(|modes| {
                !modes.is_empty() && modes.bytes().all(|mode| mode.is_ascii_alphabetic())
            })
    },
    "\"\", or + and letters (\"+i\")",
);
pub(super) const WEB_ADDRESS: Text = text(
    |text| text.is_empty() || parses::<Address>(text),
    "an IP address and a port (\"127.0.0.1:5001\", \"[::]:5001\"), \"unix:\" and a path, or \"\" for no web",
);

fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 63 && text.split('.').all(label)
}

fn is_path(text: &str) -> bool {
    !text.is_empty() && !text.contains('\0')
}

fn is_operator_password(text: &str) -> bool {
    if text.starts_with("$argon2") {
        // The library decodes nothing without hashing; the parts of a PHC string are counted here, and
        // a cheap look at them catches a string that was cut.
        let parts: Vec<&str> = text.split('$').collect();
        return matches!(parts.as_slice(), ["", "argon2id" | "argon2i" | "argon2d", "v=19", costs, salt, hash]
            if costs.starts_with("m=") && is_base64(salt) && is_base64(hash));
    }
    (PASSWORD.accepts)(text)
}

fn is_base64(text: &str) -> bool {
    text.len() >= 8
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && !host.contains(|found: char| {
                matches!(found, '/' | '?' | '#' | '@') || found.is_whitespace()
            })
    })
}

/// The mail library's own reading, and only the schemes that are documented.
fn is_smtp(text: &str) -> bool {
    (text.starts_with("smtp://") || text.starts_with("smtps://"))
        && lettre::AsyncSmtpTransport::<lettre::Tokio1Executor>::from_url(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Text, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!((kind.accepts)(text), "{text:?} is {}", kind.allowed);
        }
        for text in bad {
            assert!(!(kind.accepts)(text), "{text:?} is not {}", kind.allowed);
        }
    }

    #[test]
    fn texts() {
        let (long, longest) = ("a".repeat(257), "a".repeat(256));
        check(CONNECTION_PASSWORD, &["x", &longest], &["", &long, "a\tb"]);
        check(DATABASE, &[":memory:", "a.db"], &["", "a\0"]);
        check(
            HOST,
            &["a", "chat.example.org", "a-b.c1"],
            &["", "a..b", "-a", "a-", "a b", "a_b", &"a".repeat(64)],
        );
        check(
            MAILBOX,
            &["chat@example.org", "Chat <chat@example.org>"],
            &["", "chat", "@example.org"],
        );
        check(
            NETWORK,
            &["Example", &"é".repeat(32)],
            &["", "My Net", &"a".repeat(65)],
        );
        check(
            ORIGIN,
            &["https://a", "http://a:80"],
            &["", "https://", "https://a/", "a.example", "ftp://a"],
        );
        check(
            SMTP,
            &[
                "smtp://127.0.0.1:1025",
                "smtps://a:b@mail.example",
                "smtp://a?tls=required",
            ],
            &["", "smtp://", "http://a", "a:25"],
        );
        check(USER_MODES, &["", "+i", "+iw"], &["+", "i", "-i", "+1"]);
        check(
            WEB_ADDRESS,
            &["", "127.0.0.1:0", "unix:/a"],
            &["localhost:1"],
        );
    }

    #[test]
    fn operators() {
        let hashed = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG";
        check(
            OPERATOR_PASSWORD,
            &["1", hashed],
            &["", "$argon2id$", &hashed[..40], "$argon2id$v=19$m=1$a b$c"],
        );
    }
}
