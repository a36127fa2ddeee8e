//! Commands that exist for IRC alone: they have no rule, and whoever reads IRC makes them.

mod authenticate;
mod enter;
mod scram;

pub use authenticate::{Authenticate, Proof};
pub use enter::Enter;
pub use scram::{ScramFinal, ScramFirst};
