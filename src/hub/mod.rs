//! How what happened reaches connections.

pub mod index;
pub mod plain;
