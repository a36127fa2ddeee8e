//! What a command is answered with: one row a reply, its code, its IRC numeric and its plain words side by side.
//!
//! A reply is a layer of its own: commands do not know what lines look like, and the nouns do not know words.

mod row;

use chinwag_grammar::{Mask, Nick, Number, RoomName, Span, Time};

use crate::model::{Rank, Text};

pub use row::{Entered, Named, Presence, Row};

/// The noun that belongs to so many.
#[must_use]
pub const fn noun(count: u64, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// What a field of a reply names: a person, a room or a mode; all else only stands in its words.
trait Names {
    fn named(&self) -> Option<String> {
        None
    }
}

impl Names for Nick {
    fn named(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Names for RoomName {
    fn named(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Names for char {
    fn named(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<T> Names for Vec<T> {}
impl Names for &str {}
impl Names for Mask {}
impl Names for Number {}
impl Names for Rank {}
impl Names for Span {}
impl Names for Text {}
impl Names for Time {}
impl Names for bool {}
impl Names for u32 {}
impl Names for u64 {}
impl Names for usize {}

/// Makes the enum of replies and its table. A row is `Name { fields } = code, numeric, [pairs], "words";`: the code `""` is
/// that of success, the numeric 0 stands where IRC has none, pairs are those fields that programs find as `key=value`.
macro_rules! replies {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident : $kind:ty),+ })? = $code:literal, $numeric:literal, [$($pair:ident),*], $words:literal;)+) => {
        /// The last line of an answer: exactly one for each request.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the words of each say what its fields are")]
        pub enum Reply {
            $($(#[$doc])* $name $({ $($field: $kind),+ })?,)+
        }

        impl Reply {
            /// The code of the standard replies; nothing for success.
            #[must_use]
            pub const fn code(&self) -> Option<&'static str> {
                let code = match self { $(Self::$name { .. } => $code,)+ };
                if code.is_empty() { None } else { Some(code) }
            }

            /// The IRC numeric, where there is one.
            #[must_use]
            pub const fn numeric(&self) -> Option<u16> {
                let numeric = match self { $(Self::$name { .. } => $numeric,)+ };
                if numeric == 0 { None } else { Some(numeric) }
            }

            /// What programs find as `key=value`.
            #[must_use]
            pub fn pairs(&self) -> Vec<(&'static str, String)> {
                match self { $(
                    Self::$name $({ $($field),+ })? => {
                        $(let _ = ($($field,)+);)?
                        vec![$((stringify!($pair), $pair.to_string())),*]
                    }
                )+ }
            }

            /// The people, rooms and modes that it names, in order: numerics and standard replies have them as words.
            #[must_use]
            pub fn context(&self) -> Vec<String> {
                match self { $(
                    Self::$name $({ $($field),+ })? => {
                        let named: &[Option<String>] = &[$($($field.named()),+)?];
                        named.iter().flatten().cloned().collect()
                    }
                )+ }
            }

            /// The words for people.
            #[must_use]
            pub fn words(&self) -> String {
                match self { $(
                    Self::$name $({ $($field),+ })? => {
                        $(let _ = ($($field,)+);)?
                        format!($words)
                    }
                )+ }
            }

            /// The name of every row, with its code and words, for tests that look for one that no transcript shows.
            #[must_use]
            pub const fn table() -> &'static [(&'static str, &'static str, &'static str)] {
                &[$((stringify!($name), $code, $words)),+]
            }
        }
    };
}

replies! {
    // ---- success
    AccountDeleted { nick: Nick } = "", 0, [], "the account {nick} is deleted";
    AlreadyIn { room: RoomName } = "", 0, [], "you are in {room} already";
    /// It has shown whose account it is, and does not come in yet, or is that already.
    Authenticated { nick: Nick } = "", 900, [], "you are {nick}";
    AwaySet = "", 306, [], "you are marked as away; AWAY alone takes it back";
    BackSet = "", 305, [], "you are no longer marked as away";
    Blocked { nick: Nick, until: Text } = "", 0, [], "{nick} is blocked {until}";
    BlockLifted { nick: Nick } = "", 0, [], "{nick} is no longer blocked";
    Bye = "", 0, [], "goodbye";
    CertificateAdded { fingerprint: Text } = "", 0, [], "the certificate {fingerprint} logs you in from now on";
    CertificateRemoved { fingerprint: Text } = "", 0, [], "the certificate {fingerprint} logs you in no longer";
    /// Our message of an exchange that shows a password.
    Challenge { message: Text } = "", 0, [], "{message}";
    ClearOffered { room: RoomName, code: u32, count: u64, noun: &'static str } = "", 0, [], "repeat as CLEAR {room} {code} within 60 s to remove {count} {noun}";
    Cleared { number: Number, room: RoomName } = "", 0, [], "{number} the history of {room} is removed";
    Created { number: Number, room: RoomName } = "", 0, [], "{number} {room} is yours";
    EmailShown { email: Text } = "", 0, [], "your e-mail address is {email}";
    EmailAbsent = "", 0, [], "you have no e-mail address";
    EmailRemoved = "", 0, [], "your e-mail address is removed";
    EmailSet { email: Text } = "", 0, [], "your e-mail address is now {email}";
    Entered { nick: Nick } = "", 0, [], "you are here as {nick}, a guest";
    Exported { count: u64, noun: &'static str } = "", 0, [], "{count} {noun}: everything you wrote";
    FormatIs { format: &'static str } = "", 0, [], "format {format}";
    Helped = "", 0, [], "HELP MSG explains MSG, and so on";
    InvitationMade = "", 0, [], "whoever has this code can register with it, once: REGISTER name password CODE";
    Ignoring { nick: Nick } = "", 0, [], "you no longer see what {nick} says; IGNORE {nick} once more takes it back";
    Joined { number: Number, room: RoomName } = "", 0, [], "{number} joined {room}";
    Left { number: Number, room: RoomName, talked: bool } = "", 0, [], "{number} left {room}";
    LoggedIn { nick: Nick } = "", 900, [], "logged in as {nick}";
    LoggedOut = "", 901, [], "logged out";
    ModesAre { room: RoomName, modes: Text } = "", 324, [], "modes of {room}: {modes}";
    MonitorEnd { count: u64, noun: &'static str } = "", 733, [], "{count} {noun}";
    /// The end of a list of MODE, where it is bans.
    BanList { room: RoomName, count: u64, noun: &'static str } = "", 368, [], "{count} {noun}";
    ExceptionList { room: RoomName, count: u64, noun: &'static str } = "", 349, [], "{count} {noun}";
    InvitationList { room: RoomName, count: u64, noun: &'static str } = "", 347, [], "{count} {noun}";
    NotIgnoring { nick: Nick } = "", 0, [], "you see what {nick} says again";
    NothingChanged = "", 0, [], "nothing to change";
    /// What took a number: it is on disk.
    Numbered { number: Number } = "", 0, [], "{number}";
    Ok = "", 0, [], "done";
    Page { count: u64, noun: &'static str, left_out: Text } = "", 0, [], "{count} {noun}{left_out}";
    PageMore { count: u64, noun: &'static str, left_out: Text, more: Text } = "", 0, [], "{count} {noun}{left_out}, more: {more}";
    PasswordAccepted = "", 0, [], "the connection password is right";
    PasswordChanged = "", 0, [], "password changed, other sessions ended";
    Pong { text: Text } = "", 0, [], "{text}";
    /// A private message to somebody who is not there, or away: kept for them.
    PrivateKept { number: Number, nick: Nick, why: Text } = "", 301, [], "{number} {nick} is away{why}, will see it";
    ReadAll = "", 0, [], "everything is marked as read";
    ReactionStands { message: Number, reaction: Text } = "", 0, [], "your {reaction} to {message} stands already";
    Read { place: Text } = "", 0, [], "{place} is marked as read";
    RecoveryAsked { nick: Nick } = "", 0, [], "if the account exists, a code is on its way or can be had from an admin; then RECOVER {nick} CODE";
    Registered { nick: Nick } = "", 0, [], "registered and logged in as {nick}";
    ResetIssued { nick: Nick, lifetime: Span } = "", 0, [], "whoever has this code within {lifetime} sets a new password: RECOVER {nick} CODE";
    RoleIs { nick: Nick, role: &'static str } = "", 0, [], "{nick} is now {role}";
    Rows { count: u64, noun: &'static str } = "", 0, [], "{count} {noun}";
    /// Something was sent that is not recorded.
    Sent { nick: Nick } = "", 0, [], "sent to {nick}";
    /// More than one page; the oldest are those that are missing.
    SearchMore { count: u64, noun: &'static str, left_out: Text } = "", 0, [], "{count} {noun}{left_out}, the newest of more: add words, in:#room, from:name, before:date or after:date";
    ServerBanLifted { target: Text } = "", 0, [], "{target} is no longer banned from the server";
    ServerBanStands { target: Text, until: Text, count: u64 } = "", 0, [], "{target} is banned from the server {until}; connections ended: {count}";
    /// The same in a room, to those who have a rank there.
    SentRanked { rank: &'static str, room: RoomName } = "", 0, [], "sent to those in {room} who are {rank} or more";
    SessionsEnded { count: u64, nick: Nick } = "", 0, [], "sessions of {nick} ended: {count}";
    Setting { name: &'static str, value: Text } = "", 0, [], "{name} {value}";
    TalkOff = "", 0, [], "lines are commands again";
    TalkOn { room: RoomName } = "", 0, [], "every line is said in {room} now; /talk off ends that, /verb is a command";
    TelnetAsked = "", 0, [], "your telnet client is asked about its window";
    TokenMade { label: Text } = "", 0, [], "the token {label} is made; it is shown once, use it in place of the password";
    TokenRevoked { label: Text } = "", 0, [], "the token {label} is revoked";
    TopicAbsent { room: RoomName } = "", 331, [], "{room} has no topic";
    TopicIs { room: RoomName, topic: Text, by: Nick, at: Time } = "", 332, [], "topic of {room}, set by {by}: {topic}";
    /// An IRC client is in, as an account or a guest.
    Welcomed { nick: Nick } = "", 0, [], "welcome, {nick}";
    /// An IRC client is in, and nobody yet: it can register or log in, and nothing else.
    WelcomedUnnamed { nick: Nick } = "", 0, [], "welcome, {nick}; you are not logged in";
    WhoisEnd { nick: Nick } = "", 318, [], "that is {nick}";

    // ---- refusals
    AccountBlocked { until: Text } = "BLOCKED", 465, [], "this account is blocked {until}";
    AccountExists { nick: Nick } = "ACCOUNT_EXISTS", 433, [], "{nick} is taken. LOGIN {nick}, or choose another name";
    AccountsOnly { room: RoomName } = "ACCOUNT_REQUIRED", 477, [], "in {room} one needs an account: LOGOUT, then REGISTER name";
    AlreadyLoggedIn { nick: Nick } = "ALREADY_LOGGED_IN", 462, [], "you are {nick}. LOGOUT first";
    BadDestination { wrong: Text } = "INVALID_PARAMS", 0, [], "{wrong}";
    BadKey { room: RoomName } = "BAD_KEY", 475, [], "{room} needs its key: JOIN {room} KEY";
    BannedFrom { room: RoomName, why: Text } = "BANNED", 474, [], "you are banned from {room}{why}";
    Busy { retry: u64 } = "RATE_LIMITED", 263, [retry], "too many passwords are being checked; try again in {retry} s";
    Cancelled = "CANCELLED", 0, [], "nothing was changed";
    CannotPostThere = "NO_PERMISSION", 0, [], "your token does not allow that";
    CertificateAbsent = "CERTIFICATE_REQUIRED", 0, [], "this connection came without a client certificate";
    CertificateInUse = "CERTIFICATE_IN_USE", 0, [], "that certificate logs somebody in already; CERT LIST lists yours";
    CleartextRefused = "NEED_TLS", 0, [], "this connection is not encrypted, and no password may be sent over it. Use TLS, as the greeting says";
    CodeWrong = "INVALID_CODE", 0, [], "that code is wrong or has expired";
    EmailRequired = "NEED_MORE_PARAMS", 461, [], "an e-mail address is required: REGISTER name password you@example.org";
    EmailUnwanted = "INVALID_PARAMS", 0, [], "this server keeps no e-mail addresses";
    EmailWrong { email: Text } = "INVALID_EMAIL", 0, [], "{email} is no e-mail address";
    GuestCannot { nick: Nick } = "ACCOUNT_REQUIRED", 0, [], "{nick} is a guest; only accounts can be that";
    GuestsOff = "GUESTS_OFF", 0, [], "guests are not allowed here: REGISTER name, or LOGIN name";
    HistoryOff = "HISTORY_OFF", 0, [], "this server does not show what was said before";
    InvalidCredentials = "INVALID_CREDENTIALS", 464, [], "that name and password do not match. RECOVER name helps with a forgotten password";
    InvalidName { wrong: Text } = "INVALID_NAME", 432, [], "{wrong}";
    InvitationNeeded = "INVITATION_REQUIRED", 0, [], "registration is by invitation: REGISTER name password INVITATION";
    InvitationWrong = "INVALID_INVITATION", 0, [], "that invitation is wrong or was used";
    InvalidRealName = "INVALID_REALNAME", 0, [], "that is no real name: it is empty, or too long";
    InviteOnly { room: RoomName } = "INVITE_ONLY", 473, [], "{room} is by invitation only; ask one of its operators";
    LastAdmin = "NO_PERMISSION", 0, [], "the server would be left without an admin";
    LineTooLong { limit: usize } = "TOO_LONG", 417, [limit], "a line has at most {limit} bytes; nothing of it was done";
    Moderated { room: RoomName } = "MODERATED", 404, [], "in {room} only operators and those with voice speak";
    Muted { room: RoomName } = "MUTED", 404, [], "you are muted in {room}";
    NeedAccount = "ACCOUNT_REQUIRED", 0, [], "guests cannot do that: LOGOUT, then REGISTER name";
    NickNotInRoom { nick: Nick, room: RoomName } = "USER_NOT_IN_ROOM", 441, [], "{nick} is not in {room}";
    ModeFixed { mode: char } = "NO_PERMISSION", 482, [], "{mode} shows that the room stays: CREATE makes it so";
    NickInRoom { nick: Nick, room: RoomName } = "USER_ON_CHANNEL", 443, [], "{nick} is in {room} already";
    NickIsSelf = "INVALID_PARAMS", 0, [], "that is you";
    NoCtcp { room: RoomName } = "NO_PERMISSION", 404, [], "{room} takes no requests between clients (CTCP)";
    NoGuestAway { nick: Nick } = "NO_SUCH_NICK", 401, [], "{nick} is not here, and guests cannot leave messages";
    NoLastPrivate = "NO_RECIPIENT", 411, [], "there is no private message to answer: PRIV name text";
    NoPermission { need: &'static str } = "NO_PERMISSION", 481, [], "{need}";
    NoRank { room: RoomName, need: &'static str } = "NO_PERMISSION", 482, [], "{need}";
    NoSuchAccount { nick: Nick } = "NO_SUCH_ACCOUNT", 401, [], "there is no account {nick}";
    NoSuchBan { mask: Text, room: RoomName } = "NO_SUCH_BAN", 0, [], "nothing in {room} stands against {mask}. BANS {room} lists what does";
    NoSuchCertificate { fingerprint: Text } = "NO_SUCH_CERTIFICATE", 0, [], "no certificate of yours is {fingerprint}. CERT LIST lists them";
    NoSuchCommand { verb: Text, hint: Text } = "UNKNOWN_COMMAND", 421, [], "no command \"{verb}\".{hint}";
    NoSuchNick { nick: Nick } = "NO_SUCH_NICK", 401, [], "nobody here is called {nick}";
    NoSuchRoom { room: RoomName } = "NO_SUCH_ROOM", 403, [], "there is no room {room}. ROOMS lists them, CREATE {room} makes it";
    NoSuchServerBan { target: Text } = "NO_SUCH_BAN", 0, [], "no ban of the server stands against {target}. SBANS lists what does";
    NoSuchSession { count: u32 } = "NO_SUCH_SESSION", 0, [], "you have no session {count}. SESSIONS lists them";
    NoSuchReaction { message: Number, reaction: Text } = "NO_SUCH_REACTION", 0, [], "no {reaction} of yours is on {message}";
    NoSuchToken { label: Text } = "NO_SUCH_TOKEN", 0, [], "you have no token {label}. TOKEN LIST lists them";
    NotAdmitted = "PASSWORD_REQUIRED", 464, [], "this server has a password: PASSWORD x comes first";
    NotAllowedRegistration = "REGISTRATION_CLOSED", 0, [], "nobody can register here; an admin can make an account";
    NotBlocked { nick: Nick } = "NOT_BLOCKED", 0, [], "{nick} is not blocked";
    NotInRoom { room: RoomName } = "NOT_IN_ROOM", 442, [], "you are not in {room}. JOIN {room}";
    NotLoggedIn = "NOT_LOGGED_IN", 451, [], "say who you are first: REGISTER name, or LOGIN name";
    NotUtf8 = "INVALID_UTF8", 0, [], "that line is not UTF-8; nothing of it was done";
    OperatorWrong = "INVALID_CREDENTIALS", 464, [], "no operator has that name and password";
    Outranked { nick: Nick, room: RoomName } = "NO_PERMISSION", 482, [], "{nick} ranks too high in {room} for you to do that";
    PasswordInitial = "PASSWORD_CHANGE_REQUIRED", 0, [], "change the password that every new server begins with first: PASSWD";
    PasswordWeak { min: usize, wrong: Text } = "WEAK_PASSWORD", 0, [min], "{wrong}";
    PasswordWrong = "INVALID_CREDENTIALS", 464, [], "that is not your password";
    RateLimited { retry: u64 } = "RATE_LIMITED", 263, [retry], "too many tries; wait {retry} s";
    ReactionMissing = "NO_SUCH_REACTION", 0, [], "you have not put that on this message";
    RegisteredOnly { nick: Nick } = "ACCOUNT_REQUIRED", 486, [], "{nick} takes private messages from accounts alone: REGISTER name";
    RoomExists { room: RoomName } = "ROOM_EXISTS", 0, [], "{room} exists. JOIN {room}";
    RoomFixed { room: RoomName } = "NO_PERMISSION", 482, [], "{room} is the lobby: it is always there, under that name";
    RoomFlood { room: RoomName, lines: u32, seconds: u32, retry: u64 } = "RATE_LIMITED", 404, [retry], "in {room} nobody says more than {lines} lines in {seconds} s; wait {retry} s";
    RoomFull { room: RoomName } = "ROOM_FULL", 471, [], "{room} is full";
    ServerBanAccount { nick: Nick } = "NO_PERMISSION", 0, [], "{nick} is an admin; no ban of the server stands against one";
    ServerBanOwn { target: Text } = "INVALID_PARAMS", 0, [], "{target} would keep you out too";
    ServerBanWide { target: Text } = "INVALID_PARAMS", 0, [], "{target} would keep out this machine, or more people than anybody means";
    ServerBanned { until: Text } = "BANNED", 465, [], "you are banned from this server {until}";
    ScramMalformed = "INVALID_SASL", 904, [], "that is no message of SCRAM-SHA-256, or none that comes now";
    ScramOff = "INVALID_SASL", 904, [], "this server keeps no keys for SCRAM";
    ServerPasswordWrong = "INVALID_CREDENTIALS", 464, [], "that is not the connection password";
    StorageBroken = "INTERNAL_ERROR", 0, [], "the server cannot read its history; its operator finds why in the log";
    StorageFull = "STORAGE_FULL", 0, [], "the server's disk is full: you can read, but nothing can be written until its operator makes room";
    Syntax { code_words: Text } = "INVALID_PARAMS", 0, [], "{code_words}";
    SyntaxMissing { code_words: Text } = "NEED_MORE_PARAMS", 461, [], "{code_words}";
    TalkEnded { room: RoomName } = "NOT_IN_ROOM", 442, [], "you are not in {room} any more; nothing was said. /JOIN {room}, or /talk off";
    TextEmpty = "NO_TEXT", 412, [], "there is nothing to say in that";
    TextTooLong { limit: usize } = "TOO_LONG", 417, [limit], "that is longer than {limit} bytes; nothing of it was sent";
    TooManyBans { room: RoomName, limit: usize } = "TOO_MANY", 478, [limit], "{room} has as many bans and the like as a room may have";
    TooManyCertificates { limit: usize } = "TOO_MANY", 0, [limit], "you have as many certificates as you may; CERT REMOVE one";
    TooManyIgnored { limit: usize } = "TOO_MANY", 0, [limit], "you ignore as many people as you may";
    TooManyInvitations { limit: usize } = "TOO_MANY", 0, [limit], "you have made as many invitations as may wait to be used";
    TooManyMembers { room: RoomName, limit: usize } = "ROOM_FULL", 471, [limit], "{room} has as many members as a room may have";
    TooManyMade { limit: usize } = "TOO_MANY", 405, [limit], "you have made as many rooms as you may; DROP one";
    TooManyMonitored { limit: usize, nicks: Text } = "TOO_MANY", 734, [limit], "you watch as many names as you may; not these: {nicks}";
    TooManyRooms { limit: usize } = "TOO_MANY", 405, [limit], "you are in as many rooms as you may be; LEAVE one";
    TooManyServerBans { limit: usize } = "TOO_MANY", 0, [limit], "as many bans of the server stand as may; UNSBAN lifts one";
    TooManySessions { limit: usize } = "TOO_MANY", 0, [limit], "this account has as many sessions as it may have";
    TooManyTokens { limit: usize } = "TOO_MANY", 0, [limit], "you have as many tokens as you may have; TOKEN REVOKE one";
    TokenExists { label: Text } = "TOKEN_EXISTS", 0, [], "you have a token {label} already; TOKEN REVOKE {label} first";
    TokenMayNot = "NO_PERMISSION", 0, [], "a session that came with a token cannot do that; LOGIN with the password";
    UnknownMessage { number: Number } = "UNKNOWN_MSGID", 0, [], "there is no message {number} that you can read";
    UnknownMode { mode: char } = "UNKNOWN_MODE", 472, [], "there is no mode {mode}. HELP MODE lists them";
    UnknownZone { zone: Text } = "INVALID_PARAMS", 0, [], "no time zone is called {zone}; names are like Europe/Madrid";
    WrongMask { mask: Mask } = "INVALID_PARAMS", 0, [], "{mask} would keep everybody out";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_several() {
        let counted = [0, 1, 2].map(|count| noun(count, "person", "people"));
        assert_eq!(counted, ["people", "person", "people"]);
        // Whatever is counted has its noun beside it.
        for (name, _, words) in Reply::table() {
            let fixed = words
                .match_indices("{count} ")
                .any(|(at, found)| !words[at + found.len()..].starts_with("{noun}"));
            assert!(!fixed, "{name}: {words}");
        }
    }
}
