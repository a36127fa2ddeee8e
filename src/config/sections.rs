//! `Config`, section by section, put together from checked values.
#![expect(
    missing_docs,
    reason = "the table of keys documents each, where the example file and the mistakes take it from"
)]

use std::path::PathBuf;

use chinwag_grammar::{Nick, RoomName, Span};

use super::values::Values;
use super::{
    Address, AlwaysOn, Casemapping, Cidr, Cleartext, Durability, RegisterEmail, Registration,
    RoomCreation,
};
use crate::secret::Secret;

/// The whole configuration, checked. Its fields are the keys that `keys()` describes, under the same names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub server: Server,
    pub listen: Vec<Listen>,
    pub tls: Tls,
    pub web: Web,
    pub database: Database,
    pub accounts: Accounts,
    pub rooms: Rooms,
    pub limits: Limits,
    pub operator: Vec<Operator>,
    pub history: History,
    /// Absent where [mail] is.
    pub mail: Option<Mail>,
}

/// [server]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub name: String,
    pub network: String,
    pub trusted_proxies: Vec<Cidr>,
    /// What `motd` says or `motd_file` holds.
    pub motd: Option<String>,
    pub motd_file: Option<PathBuf>,
    pub casemapping: Casemapping,
    pub default_user_modes: String,
    pub admin: Vec<String>,
    pub password: Option<Secret>,
    pub shutdown_timeout: Span,
}

/// [[listen]]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listen {
    pub address: Address,
    pub tls: bool,
    pub proxy_protocol: bool,
}

/// [tls]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    pub cert: PathBuf,
    pub key: PathBuf,
    /// Zero: not advertised.
    pub sts: Span,
}

/// [web]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Web {
    /// Absent: no web.
    pub address: Option<Address>,
    pub tls: bool,
    pub origins: Vec<String>,
}

/// [database]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Database {
    pub path: PathBuf,
    pub min_free_mb: u64,
    pub durability: Durability,
}

/// [accounts]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accounts {
    pub registration: Registration,
    pub password_min: usize,
    pub scram: bool,
    pub cleartext: Cleartext,
    pub recovery_code_lifetime: Span,
    pub guests: bool,
    pub register_before_connect: bool,
    pub register_email: RegisterEmail,
    pub always_on: AlwaysOn,
    pub argon2: Argon2,
    pub admin: Admin,
}

/// The costs of hashing a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2 {
    pub memory_kib: u32,
    pub iterations: u32,
    pub parallelism: u32,
}

/// The account that an empty database begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    pub name: Nick,
    pub password: Secret,
}

/// [rooms]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rooms {
    pub lobby: RoomName,
    pub autojoin: Vec<RoomName>,
    pub create: RoomCreation,
}

/// [limits]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    pub line_bytes: usize,
    pub request_bytes: usize,
    pub message_bytes: usize,
    pub in_flight: usize,
    pub rooms_per_account: usize,
    pub members_per_room: usize,
    pub login_failures_per_minute: u32,
    pub flood_burst: u32,
    pub flood_per_second: u32,
    pub nick_len: usize,
    pub channel_len: usize,
    pub topic_len: usize,
    pub flood: bool,
    pub max_connections: usize,
    /// 0: no limit.
    pub max_per_ip: usize,
    pub ping_interval: Span,
    pub registration_timeout: Span,
    pub login_timeout: Span,
    pub send_queue_bytes: usize,
    /// 0: one a processor core.
    pub shards: usize,
    pub command_queue: usize,
    pub batch_size: usize,
    pub batches_waiting: usize,
    pub auth_threads: usize,
    pub auth_queue: usize,
    pub mail_queue: usize,
    pub mail_timeout: Span,
    pub sessions_per_account: usize,
    pub tokens_per_account: usize,
    pub certificates_per_account: usize,
    pub ignores_per_account: usize,
    pub notifications_per_account: usize,
    pub unread_places: usize,
    pub bans_per_room: usize,
    pub server_bans: usize,
    pub whowas: usize,
    pub monitor: usize,
}

/// [[operator]]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub name: String,
    /// Plain text or a PHC argon2 string.
    pub password: Secret,
}

/// [history]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    pub enabled: bool,
    pub max_query: usize,
    pub replay: usize,
    /// Zero: for ever.
    pub retention: Span,
}

/// [mail]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// It may hold a password.
    pub smtp: Secret,
    pub from: String,
}

impl Config {
    pub(super) fn from_values(mut values: Values) -> Self {
        let v = &mut values;
        let config = Self {
            server: server(v),
            listen: v.items("listen").into_iter().map(listen).collect(),
            tls: Tls {
                cert: v.text("tls.cert").into(),
                key: v.text("tls.key").into(),
                sts: v.span("tls.sts"),
            },
            web: Web {
                address: v.read("web.address", |text| match text {
                    "" => Some(None),
                    text => text.parse().ok().map(Some),
                }),
                tls: v.flag("web.tls"),
                origins: v.texts("web.origins"),
            },
            database: Database {
                path: v.text("database.path").into(),
                min_free_mb: v.whole("database.min_free_mb"),
                durability: v.choice("database.durability"),
            },
            accounts: accounts(v),
            rooms: Rooms {
                lobby: v.read("rooms.lobby", |text| RoomName::parse(text).ok()),
                autojoin: v.read_all("rooms.autojoin", |text| RoomName::parse(text).ok()),
                create: v.choice("rooms.create"),
            },
            limits: limits(v),
            operator: v.items("operator").into_iter().map(operator).collect(),
            history: History {
                enabled: v.flag("history.enabled"),
                max_query: v.whole("history.max_query"),
                replay: v.whole("history.replay"),
                retention: v.span("history.retention"),
            },
            mail: mail(v),
        };
        values.finish();
        config
    }

    /// Whether only this machine can reach any of the doors.
    #[must_use]
    pub fn loopback_only(&self) -> bool {
        let mut doors = self
            .listen
            .iter()
            .map(|listen| &listen.address)
            .chain(&self.web.address);
        doors.all(Address::is_local)
    }
}

impl Database {
    /// Whether nothing is kept.
    #[must_use]
    pub fn in_memory(&self) -> bool {
        self.path.as_os_str() == ":memory:"
    }
}

fn server(v: &mut Values) -> Server {
    Server {
        name: v.text("server.name"),
        network: v.text("server.network"),
        trusted_proxies: v.read_all("server.trusted_proxies", |text| text.parse().ok()),
        motd: v.maybe_text("server.motd"),
        motd_file: v.maybe_text("server.motd_file").map(PathBuf::from),
        casemapping: v.choice("server.casemapping"),
        default_user_modes: v.text("server.default_user_modes"),
        admin: v.texts("server.admin"),
        password: v.maybe_text("server.password").map(Secret::from),
        shutdown_timeout: v.span("server.shutdown_timeout"),
    }
}

fn listen(mut v: Values) -> Listen {
    let listen = Listen {
        address: v.read("listen.address", |text| text.parse().ok()),
        tls: v.flag("listen.tls"),
        proxy_protocol: v.flag("listen.proxy_protocol"),
    };
    v.finish();
    listen
}

fn accounts(v: &mut Values) -> Accounts {
    Accounts {
        registration: v.choice("accounts.registration"),
        password_min: v.whole("accounts.password_min"),
        scram: v.flag("accounts.scram"),
        cleartext: v.choice("accounts.cleartext"),
        recovery_code_lifetime: v.span("accounts.recovery_code_lifetime"),
        guests: v.flag("accounts.guests"),
        register_before_connect: v.flag("accounts.register_before_connect"),
        register_email: v.choice("accounts.register_email"),
        always_on: v.choice("accounts.always_on"),
        argon2: Argon2 {
            memory_kib: v.whole("accounts.argon2.memory_kib"),
            iterations: v.whole("accounts.argon2.iterations"),
            parallelism: v.whole("accounts.argon2.parallelism"),
        },
        admin: Admin {
            name: v.read("accounts.admin.name", |text| Nick::parse(text).ok()),
            password: v.secret("accounts.admin.password"),
        },
    }
}

fn limits(v: &mut Values) -> Limits {
    Limits {
        line_bytes: v.whole("limits.line_bytes"),
        request_bytes: v.whole("limits.request_bytes"),
        message_bytes: v.whole("limits.message_bytes"),
        in_flight: v.whole("limits.in_flight"),
        rooms_per_account: v.whole("limits.rooms_per_account"),
        members_per_room: v.whole("limits.members_per_room"),
        login_failures_per_minute: v.whole("limits.login_failures_per_minute"),
        flood_burst: v.whole("limits.flood_burst"),
        flood_per_second: v.whole("limits.flood_per_second"),
        nick_len: v.whole("limits.nick_len"),
        channel_len: v.whole("limits.channel_len"),
        topic_len: v.whole("limits.topic_len"),
        flood: v.flag("limits.flood"),
        max_connections: v.whole("limits.max_connections"),
        max_per_ip: v.whole("limits.max_per_ip"),
        ping_interval: v.span("limits.ping_interval"),
        registration_timeout: v.span("limits.registration_timeout"),
        login_timeout: v.span("limits.login_timeout"),
        send_queue_bytes: v.whole("limits.send_queue_bytes"),
        shards: v.whole("limits.shards"),
        command_queue: v.whole("limits.command_queue"),
        batch_size: v.whole("limits.batch_size"),
        batches_waiting: v.whole("limits.batches_waiting"),
        auth_threads: v.whole("limits.auth_threads"),
        auth_queue: v.whole("limits.auth_queue"),
        mail_queue: v.whole("limits.mail_queue"),
        mail_timeout: v.span("limits.mail_timeout"),
        sessions_per_account: v.whole("limits.sessions_per_account"),
        tokens_per_account: v.whole("limits.tokens_per_account"),
        certificates_per_account: v.whole("limits.certificates_per_account"),
        ignores_per_account: v.whole("limits.ignores_per_account"),
        notifications_per_account: v.whole("limits.notifications_per_account"),
        unread_places: v.whole("limits.unread_places"),
        bans_per_room: v.whole("limits.bans_per_room"),
        server_bans: v.whole("limits.server_bans"),
        whowas: v.whole("limits.whowas"),
        monitor: v.whole("limits.monitor"),
    }
}

fn operator(mut v: Values) -> Operator {
    let operator = Operator {
        name: v.text("operator.name"),
        password: v.secret("operator.password"),
    };
    v.finish();
    operator
}

/// Half a [mail] is none, and a mistake that `cross` tells.
fn mail(v: &mut Values) -> Option<Mail> {
    let (smtp, from) = (v.maybe_text("mail.smtp"), v.maybe_text("mail.from"));
    Some(Mail {
        smtp: smtp?.into(),
        from: from?,
    })
}
