//! The commands that exist for IRC alone: no rule reads them, the conversation of IRC makes them.

mod chat_history;
mod mark_read;
mod monitor;
mod replay;
mod search;

pub use chat_history::{ChatHistory, ChatHistoryTargets};
pub use mark_read::{MarkRead, MarksItself, marker};
pub use monitor::Monitor;
pub use replay::Replay;
pub use search::SearchIrc;
