//! The grammar of chinwag: lines in, typed words out; nom only.
//!
//! The map, from the smallest piece to the largest:
//! - `name`, `mask`, `number`, `span`, `time`: what arguments are made of; a value in hand is valid.
#![forbid(unsafe_code)]

pub mod mask;
pub mod name;
pub mod number;
pub mod span;
pub mod time;

pub use mask::{Mask, MaskError};
pub use name::{Folded, NameError, Nick, RoomName};
pub use number::Number;
pub use span::Span;
pub use time::Time;
