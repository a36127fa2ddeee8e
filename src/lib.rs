//! chinwag: the map follows with the modules.
//!
//! Shell: what touches files, sockets and the clock.
//! - `config`: the configuration file, environment variables, defaults; every mistake at once.
//! - `secret`: texts that are never shown.
#![forbid(unsafe_code)]

pub mod config;
pub mod secret;
