//! The grammar of chinwag: lines in, typed words out; nom only.
//!
//! The map, from the smallest piece to the largest:
//! - `name`, `mask`, `number`, `span`, `time`: what arguments are made of; a value in hand is valid.
//! - `tag`, `mode`: the tag of a plain request; mode strings.
//! - `abnf`: ABNF files read into a tree, and lines checked against them.
//! - `plain`: requests of the plain dialect, read by the rules of `commands.abnf` and `names.abnf`.
//! - `irc`: IRC lines split and written back.
//! - `detect`: who is there, by the first bytes of a connection.
//! - `telnet`: telnet's commands taken out of what a client sends.
//! - `sentence`: random sentences of those rules, for tests.
#![forbid(unsafe_code)]

pub mod abnf;
pub mod detect;
pub mod irc;
pub mod mask;
pub mod mode;
pub mod name;
pub mod number;
pub mod plain;
pub mod sentence;
pub mod span;
pub mod tag;
pub mod telnet;
pub mod time;

pub use mask::{Mask, MaskError};
pub use name::{Folded, NameError, Nick, RoomName};
pub use number::Number;
pub use span::Span;
pub use tag::Tag;
pub use time::Time;
