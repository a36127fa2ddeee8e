//! How what happened reaches connections, and what the lines of connections mean.

pub mod caps;
pub mod index;
pub mod irc;
pub mod plain;
