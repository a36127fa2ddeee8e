//! Everything that can happen. Events are in the past tense; `State::apply` is the only place that they change.

mod about;

use chinwag_grammar::{Folded, Mask, Nick, Number, RoomName, Time};

use super::credential::{Digest, Hashed, ServerSecret};
use super::person::{Block, Notification, Reset, Token};
use super::room::Modes;
use super::scram::Exchange;
use super::session::{Session, TokenLimits};
use super::{
    AccountId, BanKind, BanTarget, ConnId, Door, Format, Marked, Place, Rank, Ranks, Role, RoomId,
    RoomRef, Rules, Settings, Spot, Text, UserModes, Who,
};

/// An event with its number, if it is one that people see in history, and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The number, of those events that `Event::is_numbered`.
    pub number: Option<Number>,
    /// When it happened.
    pub at: Time,
    /// What happened.
    pub event: Event,
}

/// How something was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speech {
    /// ME: somebody does something.
    Action,
    /// MSG, and PRIV in private.
    Message,
    /// NOTICE: no script may answer.
    Notice,
}

/// Something that passes by between those who are there, and is kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signal {
    /// A question or an answer of CTCP, without its delimiters.
    Ctcp {
        /// Whether it is an answer.
        notice: bool,
        /// What it says.
        text: Text,
    },
    /// Tags alone: that somebody types, for one.
    Tags(Vec<(Text, Text)>),
}

/// Whether an event is kept, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A row of the history, with a number.
    History,
    /// Not at all: it is about connections, which end with the process.
    Live,
    /// A change of what is stored, without a number.
    Stored,
}

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Event {
    // ---- history: numbered
    /// Somebody was kept out of a room or kept silent there.
    Banned {
        room: RoomRef,
        by: Who,
        kind: BanKind,
        mask: Mask,
        until: Option<Time>,
        why: Option<Text>,
    },
    /// An account was shut out.
    Blocked { who: Who, by: Who, block: Block },
    /// The history of a room was removed up to the number before this one.
    Cleared { room: RoomRef, by: Who },
    /// A message was removed.
    Deleted {
        spot: Spot,
        by: Who,
        message: Number,
        author: Nick,
        why: Option<Text>,
    },
    /// Somebody was asked into a room.
    Invited { room: RoomRef, who: Who, by: Who },
    /// Somebody became a member, or a guest came in.
    Joined {
        room: RoomRef,
        who: Who,
        /// What they are there from the beginning.
        ranks: Ranks,
    },
    /// Somebody was put out.
    Kicked {
        room: RoomRef,
        who: Who,
        by: Who,
        why: Option<Text>,
    },
    /// Somebody left for good, or a guest went.
    Left {
        room: RoomRef,
        who: Who,
        why: Option<Text>,
        /// Whether it is a guest whose connection ends: `Offline` came before, for all their rooms.
        gone: bool,
    },
    /// The modes of a room changed.
    ModesSet {
        room: RoomRef,
        by: Who,
        modes: Modes,
        /// The change as it was typed, without the key: `+ik`.
        change: Text,
    },
    /// Somebody was made something in a room, or no longer is.
    Ranked {
        room: RoomRef,
        who: Who,
        by: Who,
        rank: Rank,
        given: bool,
    },
    /// A reaction was put on a message, or taken back.
    Reacted {
        spot: Spot,
        by: Who,
        message: Number,
        reaction: Text,
        added: bool,
    },
    /// The role of an account changed.
    RoleSet { who: Who, by: Who, role: Role },
    /// A room was made; or one that was temporary became permanent.
    RoomCreated {
        room: RoomRef,
        by: Option<Who>,
        description: Text,
        permanent: bool,
    },
    /// A room was removed with its history; without `by`, because nobody was left in it.
    RoomDropped { room: RoomRef, by: Option<Who> },
    /// A room got another name; `room` has the old one.
    RoomRenamed {
        room: RoomRef,
        by: Who,
        name: RoomName,
    },
    /// Something was said.
    Said {
        spot: Spot,
        by: Who,
        speech: Speech,
        reply_to: Option<Number>,
        /// Tags that came along from an IRC client, for others: they are told and not kept.
        tags: Vec<(Text, Text)>,
        text: Text,
    },
    /// A topic was set; an empty one removes it.
    TopicSet { room: RoomRef, by: Who, text: Text },
    /// A ban was lifted.
    Unbanned {
        room: RoomRef,
        by: Who,
        kind: BanKind,
        mask: Mask,
    },
    /// An account was let in again.
    Unblocked { who: Who, by: Who },

    // ---- stored, without a number
    /// An account was removed, with its private conversations.
    AccountDeleted { who: Who },
    /// A member of the staff did something.
    Audited { by: Nick, door: Door, text: Text },
    /// A client certificate logs its account in from now on.
    CertificateAdded { account: AccountId, digest: Digest },
    /// It does not any more.
    CertificateRemoved { account: AccountId, digest: Digest },
    /// The configuration that decisions read is this now.
    Configured { rules: Box<Rules> },
    /// An address was set, or removed.
    EmailSet {
        account: AccountId,
        email: Option<Text>,
    },
    /// History older than this was removed.
    Expired { before: Time },
    /// Somebody is ignored, or is not any more.
    Ignored {
        account: AccountId,
        nick: Nick,
        ignored: bool,
    },
    /// A code was made with which one person can register.
    InvitationMade { by: AccountId, digest: Digest },
    /// That code was used.
    InvitationUsed { digest: Digest },
    /// An account is to be told something when it comes back; the number is that of its cause.
    Notified {
        account: AccountId,
        number: Number,
        notification: Notification,
    },
    /// An account has another password.
    PasswordSet {
        account: AccountId,
        hashed: Hashed,
        /// Whether it is the same password, hashed as passwords are hashed now.
        renewed: bool,
    },
    /// Places were read up to these marks.
    ReadMarked {
        account: AccountId,
        marks: Vec<Marked>,
        /// Whether what is about the account itself was read as well.
        personal: bool,
    },
    /// A recovery code was used.
    RecoveryUsed { account: AccountId, digest: Digest },
    /// An account was made.
    Registered {
        who: Who,
        hashed: Hashed,
        email: Option<Text>,
        role: Role,
        initial_password: bool,
        recovery: Vec<Digest>,
    },
    /// A code that lets somebody set a new password was issued, or used up.
    ResetSet {
        account: AccountId,
        reset: Option<Reset>,
    },
    /// The secret of the server was made, by which names that are nobody's get their salts.
    SecretMade { secret: ServerSecret },
    /// Somebody was kept out of the whole server.
    ServerBanned {
        target: BanTarget,
        by: Who,
        until: Option<Time>,
        why: Option<Text>,
    },
    /// That ban was lifted.
    ServerUnbanned { target: BanTarget, by: Who },
    /// An account chose what lines look like.
    SettingsChosen {
        account: AccountId,
        settings: Settings,
    },
    /// A token was made.
    TokenMade {
        account: AccountId,
        label: String,
        token: Token,
    },
    /// A token was revoked.
    TokenRevoked { account: AccountId, label: String },
    /// An account logged in for the first time.
    Visited { account: AccountId },

    // ---- live: gone with the process
    /// A connection gave the connection password.
    Admitted { conn: ConnId },
    /// A connection has shown whose it is, and does not come in yet: nobody hears of it.
    Authenticated {
        conn: ConnId,
        account: AccountId,
        limits: Option<TokenLimits>,
    },
    /// Somebody is back.
    CameBack { who: Who },
    /// CLEAR was asked for; it is done when the code is repeated.
    ClearOffered {
        room: RoomId,
        by: AccountId,
        code: u32,
        expires: Time,
    },
    /// Somebody connected.
    Connected { session: Box<Session> },
    /// A connection is no more.
    Disconnected { conn: ConnId },
    /// A connection chose a format.
    FormatChosen { conn: ConnId, format: Format },
    /// Somebody came in without an account.
    GuestEntered { conn: ConnId, who: Who },
    /// A connection logged in.
    LoggedIn {
        conn: ConnId,
        who: Who,
        limits: Option<TokenLimits>,
        /// The rooms it hears from now on.
        rooms: Vec<RoomId>,
        settings: Settings,
        ignored: Vec<Folded>,
        /// Places with something unread.
        pending: Vec<Place>,
    },
    /// A connection logged out and stays.
    LoggedOut { conn: ConnId },
    /// A login or a recovery failed.
    LoginFailed { name: Folded, network: String },
    /// From now on a connection says itself what is read on it.
    MarksItself { conn: ConnId },
    /// A connection watches other names.
    Monitored {
        conn: ConnId,
        added: Vec<Nick>,
        removed: Vec<Nick>,
    },
    /// A connection is that of an operator of the server from now on, under that name of the configuration; or no longer.
    Opered {
        conn: ConnId,
        who: Who,
        name: Option<Text>,
    },
    /// An operator told something to the others, and to those who want to hear it.
    OperatorsTold { by: Who, text: Text },
    /// What that connection asks is decided as if it came from an admin, until this is taken back in the same step.
    Overrode { conn: Option<ConnId> },
    /// The last session of somebody ended. A guest's rooms are left right after it, each with `Left`.
    Offline {
        who: Who,
        lobby: Option<RoomRef>,
        why: Option<Text>,
        /// The operator who ended it.
        killed_by: Option<Nick>,
    },
    /// The first session of somebody began.
    Online {
        who: Who,
        lobby: Option<RoomRef>,
        /// All the rooms that they come back to, and what they are there.
        rooms: Vec<(RoomRef, Ranks)>,
    },
    /// Somebody called themselves in full; `who` once they have said who they are.
    RealNamed {
        conn: ConnId,
        who: Option<Who>,
        name: Text,
        /// Whether others are told: not while they arrive.
        is_told: bool,
    },
    /// An exchange that shows a password was begun, went on or ended.
    ScramSet {
        conn: ConnId,
        exchange: Option<Box<Exchange>>,
    },
    /// A place was looked at: what was unread there at login is read.
    Seen { conn: ConnId, places: Vec<Place> },
    /// The server ends.
    ShuttingDown { why: Text },
    /// The process serves from now on.
    Started,
    /// Something passed by that is no message.
    Signalled { spot: Spot, by: Who, signal: Signal },
    /// TALK was chosen, or ended.
    TalkChosen { conn: ConnId, room: Option<RoomRef> },
    /// Somebody chose what they want of the server.
    UserModesSet {
        who: Who,
        modes: UserModes,
        /// The change: `+iw-B`.
        change: Text,
    },
    /// Somebody is away.
    WentAway { who: Who, why: Text },
    /// A connection has so many columns.
    WidthChosen { conn: ConnId, width: u16 },
}
