//! What exists for IRC alone: commands without a rule in the plain grammar, answered with numerics of their own.

mod about;
mod authenticate;
mod chat_history;
mod clock;
mod enter;
mod force;
mod here;
mod leave_all;
mod list;
mod lusers;
mod mark_read;
mod monitor;
mod motd;
mod names;
mod oper;
mod rehash;
mod replay;
mod say;
mod say_ranked;
mod scram;
mod search;
mod send;
mod set_name;
mod show;
mod stats;
mod user_mode;
mod wallops;
mod who;
mod whois;

use crate::model::{Session, Text};
use crate::reply::Row;

pub use about::About;
pub use authenticate::{Authenticate, Proof};
pub use chat_history::{ChatHistory, ChatHistoryTargets};
pub use clock::Clock;
pub use enter::Enter;
pub use force::{ForceJoin, ForceLeave, Override};
pub use here::Here;
pub use leave_all::LeaveAll;
pub use list::{Age, List};
pub use lusers::Lusers;
pub use mark_read::{MarkRead, MarksItself, marker};
pub use monitor::Monitor;
pub use motd::Motd;
pub use names::{Names, entered};
pub use oper::Oper;
pub use rehash::Rehash;
pub use replay::Replay;
pub use say::{Say, To};
pub use say_ranked::SayRanked;
pub use scram::{ScramFinal, ScramFirst};
pub use search::SearchIrc;
pub use send::Send;
pub use set_name::{SetName, tell_real_name};
pub use show::show_rooms;
pub use stats::Stats;
pub use user_mode::UserModeIrc;
pub use wallops::Wallops;
pub use who::WhoIrc;
pub use whois::WhoisIrc;

/// So many targets at most in one PRIVMSG, NOTICE or TAGMSG (ISUPPORT TARGMAX).
pub const TARGETS_MAX: usize = 4;

/// The name and version of this software.
fn version() -> String {
    format!("chinwag-{}", env!("CARGO_PKG_VERSION"))
}

/// Whether a session speaks IRC, through a browser too.
#[must_use]
pub fn is_irc(session: &Session) -> bool {
    use crate::model::Door;
    match session.origin.door {
        Door::Irc | Door::Web => true,
        Door::Console | Door::Netcat => false,
    }
}

/// A numeric with its words and its text.
fn numeric<W: Into<Text>>(code: u16, words: impl IntoIterator<Item = W>, text: &str) -> Row {
    Row::Numeric {
        code,
        words: words.into_iter().map(Into::into).collect(),
        text: Some(text.into()),
    }
}
