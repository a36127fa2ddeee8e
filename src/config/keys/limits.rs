//! Keys of [limits]: every queue, buffer and loop has its bound here.

use chinwag_grammar::name::{NICK_MAX_BYTES, ROOM_MAX_BYTES};

use super::{Key, flag, span, whole};

const KIB: u64 = 1_024;
const MIB: u64 = 1_024 * KIB;

pub(super) const KEYS: &[Key] = &[
    whole(
        "limits.line_bytes",
        "512",
        (512, 16 * KIB),
        "An IRC line without its tags, CRLF included.",
    ),
    whole(
        "limits.request_bytes",
        "8192",
        (512, MIB),
        "A plain request.",
    ),
    whole(
        "limits.message_bytes",
        "4096",
        (400, 64 * KIB),
        "A message of several lines.",
    ),
    whole(
        "limits.in_flight",
        "16",
        (1, 1_024),
        "Requests of one connection under way; then it is not read.",
    ),
    whole(
        "limits.rooms_per_account",
        "100",
        (1, 100_000),
        "Rooms that an account can be in.",
    ),
    whole(
        "limits.members_per_room",
        "100000",
        (1, 10_000_000),
        "Members of a room.",
    ),
    whole(
        "limits.login_failures_per_minute",
        "10",
        (1, 10_000),
        "Wrong passwords in a minute, per account and per network (IPv6: /64).",
    ),
    whole(
        "limits.flood_burst",
        "10",
        (1, 10_000),
        "Commands that run at once.",
    ),
    whole(
        "limits.flood_per_second",
        "4",
        (1, 10_000),
        "Commands in a second after that; more are delayed.",
    ),
    whole(
        "limits.nick_len",
        "32",
        (1, NICK_MAX_BYTES as u64),
        "The longest name of a person, in bytes.",
    ),
    whole(
        "limits.channel_len",
        "64",
        (2, ROOM_MAX_BYTES as u64),
        "The longest name of a room, in bytes.",
    ),
    whole(
        "limits.topic_len",
        "390",
        (1, 4 * KIB),
        "The longest topic, in bytes.",
    ),
    flag(
        "limits.flood",
        "true",
        "Whether commands are delayed at all; false is for tests and benchmarks.",
    ),
    whole(
        "limits.max_connections",
        "100000",
        (1, 10_000_000),
        "Connections at once.",
    ),
    whole(
        "limits.max_per_ip",
        "64",
        (0, 10_000_000),
        "Connections from one address, of IPv6 one /64; 0 is no limit, loopback is exempt.",
    ),
    span(
        "limits.ping_interval",
        "\"120s\"",
        (1, 86_400),
        "How long an IRC connection may be silent before it is asked.",
    ),
    span(
        "limits.registration_timeout",
        "\"60s\"",
        (1, 3_600),
        "How long IRC and undetected connections have to say who they are.",
    ),
    span(
        "limits.login_timeout",
        "\"15m\"",
        (1, 30 * 86_400),
        "How long a plain connection may stay without logging in.",
    ),
    whole(
        "limits.send_queue_bytes",
        "1048576",
        (16 * KIB, 1_024 * MIB),
        "What may wait for a slow reader; one that falls further behind is told, then dropped.",
    ),
    whole(
        "limits.shards",
        "0",
        (0, 256),
        "Threads that own connections; 0 is one a processor core.",
    ),
    whole(
        "limits.command_queue",
        "4096",
        (16, MIB),
        "Commands that wait for the sequencer.",
    ),
    whole(
        "limits.batch_size",
        "1024",
        (1, 64 * KIB),
        "Commands in one transaction.",
    ),
    whole(
        "limits.batches_waiting",
        "2",
        (1, 64),
        "Transactions that wait for the disk.",
    ),
    whole(
        "limits.auth_threads",
        "2",
        (1, 64),
        "Passwords that are hashed at once.",
    ),
    whole(
        "limits.auth_queue",
        "64",
        (1, 64 * KIB),
        "Passwords that wait to be hashed; then logins are refused.",
    ),
    whole(
        "limits.mail_queue",
        "64",
        (1, 64 * KIB),
        "Mails that wait to be sent.",
    ),
    span(
        "limits.mail_timeout",
        "\"30s\"",
        (1, 600),
        "How long a mail may take to be sent; then it is given up.",
    ),
    whole(
        "limits.sessions_per_account",
        "64",
        (1, 10_000),
        "Sessions of one account at once.",
    ),
    whole(
        "limits.tokens_per_account",
        "50",
        (0, 10_000),
        "Tokens of one account.",
    ),
    whole(
        "limits.certificates_per_account",
        "10",
        (0, 10_000),
        "Client certificates that log one account in.",
    ),
    whole(
        "limits.ignores_per_account",
        "100",
        (0, 10_000),
        "People that an account can ignore.",
    ),
    whole(
        "limits.notifications_per_account",
        "1000",
        (1, 100_000),
        "Notifications kept for an account; older ones go.",
    ),
    whole(
        "limits.unread_places",
        "100",
        (1, 10_000),
        "Places that the summary at login names.",
    ),
    whole(
        "limits.bans_per_room",
        "1000",
        (0, 100_000),
        "Bans of one room.",
    ),
    whole(
        "limits.server_bans",
        "10000",
        (0, 100_000),
        "Bans of the whole server.",
    ),
    whole(
        "limits.whowas",
        "1000",
        (0, 100_000),
        "People who went that IRC's WHOWAS remembers.",
    ),
    whole(
        "limits.monitor",
        "200",
        (0, 10_000),
        "Names whose coming and going a connection can watch (IRC's MONITOR).",
    ),
];
