//! What nearly every command needs.

pub use chinwag_grammar::plain::Args;

pub use super::errand::{Errand, Found};
pub use super::{Answer, Before, Context, Outcome, Verb};
pub use crate::model::{Event, Place, Spot, Text, Who};
pub use crate::policy::gate::{Gate, Needs, TokenUse};
pub use crate::reply::Reply;
