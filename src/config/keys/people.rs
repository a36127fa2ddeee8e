//! Keys of [accounts], [rooms], [[operator]], [history] and [mail].

use super::{Default, Key, flag, span, text, whole};
use crate::config::choices::{AlwaysOn, Cleartext, RegisterEmail, Registration, RoomCreation};
use crate::config::kind::{Kind, words};

const YEAR: u64 = 365 * 86_400;

pub(super) const KEYS: &[Key] = &[
    Key {
        name: "accounts.registration",
        kind: Kind::Choice(words::<Registration>),
        default: Default::Value("\"open\""),
        doc: "Who may register: everybody, whoever has an invitation code, or nobody.",
    },
    whole(
        "accounts.password_min",
        "8",
        (1, 128),
        "The shortest password, in characters.",
    ),
    flag(
        "accounts.scram",
        "false",
        "Whether SCRAM-SHA-256 keys are stored too: weaker than argon2id if the file is stolen.",
    ),
    Key {
        name: "accounts.cleartext",
        kind: Kind::Choice(words::<Cleartext>),
        default: Default::Value("\"warn\""),
        doc: "What happens to a password that comes over an unencrypted line from another machine.",
    },
    span(
        "accounts.recovery_code_lifetime",
        "\"15m\"",
        (1, 7 * 86_400),
        "How long a recovery code from an admin or by mail is good for.",
    ),
    flag(
        "accounts.guests",
        "false",
        "Whether people may come in without an account.",
    ),
    flag(
        "accounts.register_before_connect",
        "true",
        "Whether IRC's REGISTER works before the connection is complete.",
    ),
    Key {
        name: "accounts.register_email",
        kind: Kind::Choice(words::<RegisterEmail>),
        default: Default::Value("\"optional\""),
        doc: "Whether registration takes an e-mail address; \"required\" needs [mail].",
    },
    Key {
        name: "accounts.always_on",
        kind: Kind::Choice(words::<AlwaysOn>),
        default: Default::Value("\"opt-in\""),
        doc: "Whether accounts stay present while they are disconnected.",
    },
    whole(
        "accounts.argon2.memory_kib",
        "19456",
        (8, 4_194_304),
        "Memory that hashing one password takes, in KiB; at least 8 for each lane.",
    ),
    whole(
        "accounts.argon2.iterations",
        "2",
        (1, 1_000),
        "Passes over that memory.",
    ),
    whole(
        "accounts.argon2.parallelism",
        "1",
        (1, 64),
        "Lanes of that memory.",
    ),
    Key {
        name: "accounts.admin.name",
        kind: Kind::Text(text::NICK),
        default: Default::Value("\"admin\""),
        doc: "The name of the account that an empty database begins with.",
    },
    Key {
        name: "accounts.admin.password",
        kind: Kind::Text(text::PASSWORD),
        default: Default::Value("\"admin123\""),
        doc: "Its password; while it is admin123, it opens only from this machine and must be changed.",
    },
    Key {
        name: "rooms.lobby",
        kind: Kind::Text(text::ROOM),
        default: Default::Value("\"#lobby\""),
        doc: "The room of everybody, where a message without a target goes.",
    },
    Key {
        name: "rooms.autojoin",
        kind: Kind::Texts(text::ROOM),
        default: Default::Value("[\"#lobby\"]"),
        doc: "Rooms that an account joins at its first login.",
    },
    Key {
        name: "rooms.create",
        kind: Kind::Choice(words::<RoomCreation>),
        default: Default::Value("\"accounts\""),
        doc: "Who may make rooms.",
    },
    Key {
        name: "operator.name",
        kind: Kind::Text(text::NICK),
        default: Default::Required("\"operuser\""),
        doc: "A name for IRC's OPER; every admin account is an operator as well.",
    },
    Key {
        name: "operator.password",
        kind: Kind::Text(text::OPERATOR_PASSWORD),
        default: Default::Required("\"operpassword\""),
        doc: "Its password, as text or as a PHC argon2 string.",
    },
    flag(
        "history.enabled",
        "true",
        "Whether messages can be read again later.",
    ),
    whole(
        "history.max_query",
        "1000",
        (1, 100_000),
        "The most rows that one request answers.",
    ),
    whole(
        "history.replay",
        "50",
        (0, 1_000),
        "Messages of each place that an IRC client that cannot ask for history is shown when it comes.",
    ),
    Key {
        name: "history.retention",
        kind: Kind::Span {
            min: 1,
            max: 100 * YEAR,
            zero: Some("for ever"),
        },
        default: Default::Value("\"0\""),
        doc: "How long messages are kept.",
    },
    Key {
        name: "mail.smtp",
        kind: Kind::Text(text::SMTP),
        default: Default::Absent("\"smtp://127.0.0.1:1025\""),
        doc: "The mail server for recovery codes; absent, no e-mail is sent.",
    },
    Key {
        name: "mail.from",
        kind: Kind::Text(text::MAILBOX),
        default: Default::Absent("\"chat@example.org\""),
        doc: "The sender of those mails.",
    },
];
