//! The commands, a file each: typed arguments in, events out. They read the state and never change it otherwise.
//!
//! - `context`: what a command decides with.
//! - `errand`: slow work that is done before, outside.
//! - `audience`: who hears of an event.
//! - `prove`: what every way to show who one is has in common.
//! - `arrive`, `depart`: what every way in and out has in common.
//! - `speak`: what everything said has in common.
//! - `bar`, `rank`: what BAN and MUTE, and OP and VOICE, have in common.
//! - `browse`: what everything that shows history has in common.
//! - `choose`: what everything chosen for the screen has in common.
//! - `irc`: what exists for IRC alone.
//!
//! To add one: its file, its row in the table below, its rule in `grammar/commands.abnf`, its transcript.

mod arrive;
pub mod audience;
mod bar;
mod browse;
mod choose;
mod context;
mod depart;
pub mod errand;
pub mod irc;
mod prelude;
mod prove;
mod rank;
mod speak;

use chinwag_grammar::plain::Args;
use chinwag_grammar::{Nick, Number};

pub use context::Context;
pub use depart::{end_sessions, ended as session_ended};

use crate::effect::Query;
use crate::model::Text;
use crate::policy::gate::Gate;
use crate::reply::Reply;
use crate::secret::Secret;
use crate::state::State;
use errand::Errand;

/// What a command does: it answers, or is refused. `?` on a lookup is the refusal.
pub type Outcome = Result<Answer, Reply>;

/// What a command that was not refused is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Asked of the store, which answers after everything before is on disk.
    Query(Box<Query>),
    /// This.
    Reply(Reply),
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

impl From<Query> for Answer {
    fn from(query: Query) -> Self {
        Self::Query(Box::new(query))
    }
}

/// What a command is, to the table.
pub trait Verb: Sized {
    /// Who may run it at all, and whether it writes.
    const GATE: Gate;

    /// The same for these arguments: what only shows something is not refused when the disk is full.
    fn gate(&self) -> Gate {
        Self::GATE
    }

    /// Takes its arguments from a line that follows its rule.
    ///
    /// # Panics
    /// For what exists for IRC alone: it has no rule, and nobody reads it so.
    #[must_use]
    fn read(_args: &Args<'_>) -> Self {
        unreachable!("what has no rule is not read by one")
    }

    /// The prompt for a secret that it still lacks: `password (not shown)`.
    fn asks(&self) -> Option<&'static str> {
        None
    }

    /// Takes the secret it asked for.
    fn answer(&mut self, _secret: Secret) {}

    /// Takes the text of a here-document.
    fn body(&mut self, _text: Text) {}

    /// What it needs done outside before it can decide.
    ///
    /// # Errors
    /// A refusal, where it is clear already that it will be refused.
    fn errand(&mut self, _before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        Ok(None)
    }

    /// Whether the next line can be understood, or answered, only after this one was.
    const WAITS: bool = false;

    /// The same for these arguments.
    fn waits(&self) -> bool {
        Self::WAITS
    }

    /// Decides.
    ///
    /// # Errors
    /// The refusal.
    fn decide(self, context: &mut Context<'_>) -> Outcome;
}

/// What an errand is found with: the state as it is, and who asks.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// What the server knows.
    pub state: &'a State,
    /// When it is.
    pub now: chinwag_grammar::Time,
    /// Who asks.
    pub conn: crate::model::ConnId,
}

/// Makes the enum of commands and hands everything on to the type that each row names.
macro_rules! commands {
    (
        typed { $($variant:ident = $module:ident :: $kind:ident, $rule:literal;)+ }
        irc { $($irc_variant:ident = $irc_kind:ident;)* }
    ) => {
        $(pub(crate) mod $module;)+

        /// A command with its arguments.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "grammar/commands.abnf says what each does")]
        pub enum Command { $($variant($module::$kind),)+ $($irc_variant(irc::$irc_kind),)* }

        impl Command {
            /// Takes the arguments of the rule of that name, as `grammar/commands.abnf` has it.
            #[must_use]
            pub fn read(rule: &str, args: &Args<'_>) -> Option<Self> {
                match rule {
                    $($rule => Some(Self::$variant(<$module::$kind as Verb>::read(args))),)+
                    _ => None,
                }
            }

            /// The name of its rule; nothing where it exists for IRC alone.
            #[must_use]
            pub const fn rule(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant(_) => Some($rule),)+
                    $(Self::$irc_variant(_) => None,)*
                }
            }

            /// The names of all rules, for tests.
            #[must_use]
            pub const fn rules() -> &'static [&'static str] { &[$($rule),+] }

            /// Who may run it at all, and whether it writes.
            #[must_use]
            pub fn gate(&self) -> Gate {
                match self {
                    $(Self::$variant(command) => command.gate(),)+
                    $(Self::$irc_variant(command) => command.gate(),)*
                }
            }

            /// The prompt for a secret that it still lacks.
            #[must_use]
            pub fn asks(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant(command) => command.asks(),)+
                    $(Self::$irc_variant(command) => command.asks(),)*
                }
            }

            /// Takes the secret it asked for.
            pub fn answer(&mut self, secret: Secret) {
                match self {
                    $(Self::$variant(command) => command.answer(secret),)+
                    $(Self::$irc_variant(command) => command.answer(secret),)*
                }
            }

            /// Takes the text of a here-document.
            pub fn body(&mut self, text: Text) {
                match self {
                    $(Self::$variant(command) => command.body(text),)+
                    $(Self::$irc_variant(command) => command.body(text),)*
                }
            }

            /// Whether the next line has to wait for its answer.
            #[must_use]
            pub fn waits(&self) -> bool {
                match self {
                    $(Self::$variant(command) => command.waits(),)+
                    $(Self::$irc_variant(command) => command.waits(),)*
                }
            }

            /// What it needs done outside before it can decide.
            ///
            /// # Errors
            /// A refusal, where it is clear already.
            pub fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
                match self {
                    $(Self::$variant(command) => command.errand(before),)+
                    $(Self::$irc_variant(command) => command.errand(before),)*
                }
            }

            /// Decides.
            ///
            /// # Errors
            /// The refusal.
            pub fn decide(self, context: &mut Context<'_>) -> Outcome {
                match self {
                    $(Self::$variant(command) => command.decide(context),)+
                    $(Self::$irc_variant(command) => command.decide(context),)*
                }
            }
        }
    };
}

commands! {
    typed {
        Account = account::AccountVerb, "account-command";
        Answer = answer::AnswerLast, "answer";
        Around = around::Around, "context";
        Audit = audit::Audit, "audit";
        Away = away::Away, "away";
        Ban = ban::Ban, "ban";
        Bans = bans::Bans, "bans";
        Bell = bell::Bell, "bell";
        Block = block::BlockVerb, "block";
        Bot = bot::Bot, "bot";
        Cert = cert::Cert, "cert";
        Clear = clear::Clear, "clear";
        Color = color::Color, "color";
        ConnectionPassword = connection_password::ConnectionPassword, "password-command";
        Create = create::Create, "create";
        Delete = delete::Delete, "delete";
        Deop = deop::Deop, "deop";
        Devoice = devoice::Devoice, "devoice";
        Drop = drop::DropRoom, "drop";
        Email = email::Email, "email";
        Format = format::Format, "format";
        Guest = guest::Guest, "guest";
        Help = help::Help, "help";
        History = history::History, "history";
        Ignore = ignore::Ignore, "ignore";
        Invitation = invitation::Invitation, "invitation";
        Invite = invite::Invite, "invite";
        Join = join::Join, "join";
        Kick = kick::Kick, "kick";
        Kill = kill::Kill, "kill";
        Leave = leave::Leave, "leave";
        Login = login::Login, "login";
        Logout = logout::Logout, "logout";
        Me = me::Me, "me";
        Mode = mode::Mode, "mode";
        Msg = msg::Msg, "msg";
        Mute = mute::Mute, "mute";
        Notice = notice::Notice, "notice";
        Numbers = numbers::Numbers, "numbers";
        Op = op::Op, "op";
        Passwd = passwd::Passwd, "passwd";
        Ping = ping::Ping, "ping";
        Priv = private::Priv, "priv";
        Quiet = quiet::Quiet, "quiet";
        Quit = quit::Quit, "quit";
        React = react::React, "react";
        Read = read::Read, "read";
        Recover = recover::Recover, "recover";
        Register = register::Register, "register";
        Rename = rename::Rename, "rename";
        Reply = reply::Respond, "reply";
        Reset = reset::Reset, "reset";
        Role = role::RoleVerb, "role";
        Rooms = rooms::Rooms, "rooms";
        Sban = sban::Sban, "sban";
        Sbans = sbans::Sbans, "sbans";
        Search = search::Search, "search";
        Sessions = sessions::Sessions, "sessions";
        Show = show::Show, "show";
        Talk = talk::Talk, "talk";
        Telnet = telnet::Telnet, "telnet";
        Time = time::Time, "time";
        Token = token::Token, "token";
        Topic = topic::Topic, "topic";
        Tz = tz::Tz, "tz";
        Unban = unban::Unban, "unban";
        Unblock = unblock::Unblock, "unblock";
        Unmute = unmute::Unmute, "unmute";
        Unreact = unreact::Unreact, "unreact";
        Unsban = unsban::Unsban, "unsban";
        Unread = unread::Unread, "unread";
        Voice = voice::Voice, "voice";
        Who = who::WhoVerb, "who";
        Whois = whois::Whois, "whois";
        Width = width::Width, "width";
    }
    irc {
        About = About;
        Authenticate = Authenticate;
        ChatHistory = ChatHistory;
        ChatHistoryTargets = ChatHistoryTargets;
        Clock = Clock;
        Enter = Enter;
        ForceJoin = ForceJoin;
        ForceLeave = ForceLeave;
        Here = Here;
        LeaveAll = LeaveAll;
        List = List;
        Lusers = Lusers;
        MarkRead = MarkRead;
        MarksItself = MarksItself;
        Monitor = Monitor;
        Motd = Motd;
        Names = Names;
        Oper = Oper;
        Override = Override;
        Rehash = Rehash;
        Replay = Replay;
        Say = Say;
        SayRanked = SayRanked;
        ScramFinal = ScramFinal;
        ScramFirst = ScramFirst;
        SearchIrc = SearchIrc;
        Send = Send;
        SetName = SetName;
        Stats = Stats;
        UserModeIrc = UserModeIrc;
        Wallops = Wallops;
        WhoIrc = WhoIrc;
        WhoisIrc = WhoisIrc;
    }
}

impl Command {
    /// What a line is while every line is speech.
    #[must_use]
    pub fn say(room: chinwag_grammar::RoomName, text: &str) -> Self {
        Self::Msg(msg::Msg::to(room, text))
    }

    /// Removes a message.
    #[must_use]
    pub const fn delete(number: Number, why: Option<Text>) -> Self {
        Self::Delete(delete::Delete { number, why })
    }

    /// Puts a reaction on a message.
    #[must_use]
    pub const fn react(number: Number, reaction: Text) -> Self {
        Self::React(react::React { number, reaction })
    }

    /// Takes a reaction back.
    #[must_use]
    pub const fn unreact(number: Number, reaction: Text) -> Self {
        Self::Unreact(unreact::Unreact { number, reaction })
    }

    /// Answers a message where it stands.
    #[must_use]
    pub const fn reply(number: Number, text: Text) -> Self {
        Self::Reply(reply::Respond { number, text })
    }

    /// REGISTER as another dialect reads it. `credential` is an e-mail address or an invitation; without `enter` the
    /// connection has shown whose it is afterwards, and comes in later.
    #[must_use]
    pub fn register(nick: Nick, password: Secret, credential: Option<Secret>, enter: bool) -> Self {
        Self::Register(register::Register::of(nick, password, credential, enter))
    }
}

/// The name under which the command line of the server acts.
///
/// # Panics
/// Never: the name is valid.
#[must_use]
pub fn console_nick() -> Nick {
    Nick::parse("console").expect("the name is valid")
}
