//! chinwag: the map follows with the modules.
//!
//! Pure: no clock, no socket, no file, no thread, no random number.
//! - `model`: the nouns.
//! - `policy`: what somebody may do, as questions.
//!
//! Shell: what touches files, sockets and the clock.
//! - `auth`: passwords, codes and tokens: hashed, checked, made.
//! - `cert`: self-signed certificates.
//! - `cli`: the command line.
//! - `config`: the configuration file, environment variables, defaults; every mistake at once.
//! - `control`: the lock and the socket beside a database, by which the command line reaches a running server.
//! - `fd_limit`: the limit of open files.
//! - `logging`: lines on standard error.
//! - `mail`: recovery codes by e-mail.
//! - `net`: what stands between a socket and lines.
//! - `secret`: texts that are never shown.
//! - `store`: the database: opened, made, copied, verified.
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used)]

pub mod auth;
pub mod cert;
pub mod cli;
pub mod config;
pub mod control;
pub mod fd_limit;
pub mod logging;
pub mod mail;
pub mod model;
pub mod net;
pub mod policy;
pub mod secret;
pub mod store;
