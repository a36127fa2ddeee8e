//! Keys of [server], [[listen]], [tls], [web] and [database].

use super::{Default, Key, flag, span, text, whole};
use crate::config::choices::{Casemapping, Durability};
use crate::config::kind::{Kind, words};

/// The longest message of the day, in bytes.
pub const MOTD_MAX_BYTES: usize = 65_536;
/// Where a certificate is made if none is configured.
pub const DEFAULT_CERT: &str = "certs/chinwag.pem";
/// Where its key is.
pub const DEFAULT_KEY: &str = "certs/chinwag.key";

const YEAR: u64 = 365 * 86_400;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "server.name",
        kind: Kind::Text(text::HOST),
        default: Default::Value("\"chinwag.localhost\""),
        doc: "The host name by which people reach the server; the certificate made on first start is for it.",
    },
    Key {
        name: "server.network",
        kind: Kind::Text(text::NETWORK),
        default: Default::Value("\"chinwag\""),
        doc: "The name that IRC clients show for the network.",
    },
    Key {
        name: "server.trusted_proxies",
        kind: Kind::Texts(text::CIDR),
        default: Default::Value("[\"127.0.0.0/8\", \"::1\"]"),
        doc: "Who may say where a connection really comes from (PROXY, WEBIRC, X-Forwarded-For).",
    },
    Key {
        name: "server.motd",
        kind: Kind::Text(text::MOTD),
        default: Default::Absent("\"Be kind.\""),
        doc: "The message of the day, shown at login.",
    },
    Key {
        name: "server.motd_file",
        kind: Kind::Text(text::PATH),
        default: Default::Absent("\"motd.txt\""),
        doc: "A file with the message of the day, in place of motd; read again on reload.",
    },
    Key {
        name: "server.casemapping",
        kind: Kind::Choice(words::<Casemapping>),
        default: Default::Value("\"ascii\""),
        doc: "When names are the same: \"ascii\" ignores the case of a to z, \"precis\" follows RFC 8265 and guards against look-alikes.",
    },
    Key {
        name: "server.default_user_modes",
        kind: Kind::Text(text::USER_MODES),
        default: Default::Value("\"\""),
        doc: "IRC user modes that everybody starts with.",
    },
    Key {
        name: "server.admin",
        kind: Kind::Texts(text::ADMIN),
        default: Default::Value("[]"),
        doc: "What IRC's ADMIN answers: who runs the server, where, and how to reach them, a line each.",
    },
    Key {
        name: "server.password",
        kind: Kind::Text(text::CONNECTION_PASSWORD),
        default: Default::Absent("\"open-sesame\""),
        doc: "A password that every connection must give first; absent, none is asked.",
    },
    span(
        "server.shutdown_timeout",
        "\"10s\"",
        (1, 3_600),
        "How long a server that ends waits for answers to be written.",
    ),
    Key {
        name: "listen.address",
        kind: Kind::Text(text::ADDRESS),
        default: Default::Required("\"127.0.0.1:6667\""),
        doc: "Where to listen for plain lines and IRC, told apart by what arrives.",
    },
    flag(
        "listen.tls",
        "false",
        "Whether everything that arrives there must be TLS.",
    ),
    flag(
        "listen.proxy_protocol",
        "false",
        "Whether every connection there begins with a PROXY header (v1 or v2) from a trusted proxy.",
    ),
    Key {
        name: "tls.cert",
        kind: Kind::Text(text::PATH),
        default: Default::Value("\"certs/chinwag.pem\""),
        doc: "The certificate chain, in PEM; at the default path one is made on first start.",
    },
    Key {
        name: "tls.key",
        kind: Kind::Text(text::PATH),
        default: Default::Value("\"certs/chinwag.key\""),
        doc: "The private key of the certificate, in PEM.",
    },
    Key {
        name: "tls.sts",
        kind: Kind::Span {
            min: 1,
            max: 10 * YEAR,
            zero: Some("not advertised"),
        },
        default: Default::Value("\"0\""),
        doc: "How long IRC clients must insist on TLS once they have seen it (IRCv3 STS).",
    },
    Key {
        name: "web.address",
        kind: Kind::Text(text::WEB_ADDRESS),
        default: Default::Value("\"127.0.0.1:5001\""),
        doc: "Where the browser client, /ws, /healthz and /metrics are served.",
    },
    flag(
        "web.tls",
        "false",
        "Whether the web is served over TLS, with the certificate of [tls].",
    ),
    Key {
        name: "web.origins",
        kind: Kind::Texts(text::ORIGIN),
        default: Default::Value("[]"),
        doc: "More origins from which a WebSocket may be opened; the same host always may.",
    },
    Key {
        name: "database.path",
        kind: Kind::Text(text::DATABASE),
        default: Default::Value("\"chinwag.db\""),
        doc: "The SQLite file with everything in it; \":memory:\" keeps nothing.",
    },
    whole(
        "database.min_free_mb",
        "64",
        (0, 1_073_741_824),
        "With less free disk space than this, in MB, writes are refused and reads go on.",
    ),
    Key {
        name: "database.durability",
        kind: Kind::Choice(words::<Durability>),
        default: Default::Value("\"full\""),
        doc: "\"full\" syncs to disk before a message is acknowledged or delivered; \"normal\" survives a killed process, not a power cut.",
    },
];
