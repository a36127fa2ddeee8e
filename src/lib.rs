//! chinwag, THE MAP.
//!
//! A line becomes a command by the grammar; a command decides, emitting events; events change the state; events are
//! recorded, then told. Each module may name only what stands above it here; `tests/tidy.rs` holds the table.
//!
//! Pure: no clock, no socket, no file, no thread, no random number. What they need of these is an argument.
//! - `secret`: texts that are never shown.
//! - `model`: the nouns, and every event.
//! - `reply`: what commands are answered with: code, numeric and words side by side.
//! - `effect`: what a step leads to: facts, answers, queries.
//! - `hub::caps`: the capabilities of IRC clients.
//! - `hub::index`: which connections hear what.
//! - `render`: what all that looks like in each dialect.
//! - `state`: what the server knows; it changes in `apply` alone.
//! - `policy`: what somebody may do, as questions.
//! - `command`: a file a command: arguments in, events out.
//! - `hub::plain`: what the lines of a plain connection mean, one after the other.
//! - `hub::irc`: the same of IRC.
//! - `machine`: an entry of the log in, effects out.
//!
//! Shell: what touches files, sockets and the clock.
//! - `config`: the configuration file, environment variables, defaults; every mistake at once.
//! - `logging`: lines on standard error.
//! - `fd_limit`: the limit of open files.
//! - `log`: the one order of everything.
//! - `store`: the database: opened, made, copied, verified.
//! - `auth`: passwords, codes and tokens: hashed, checked, made.
//! - `mail`: recovery codes by e-mail.
//! - `control`: the lock and the socket beside a database, by which the command line reaches a running server.
//! - `sequencer`: the thread that owns the state and makes batches.
//! - `net`: what stands between a socket and lines.
//! - `cert`: self-signed certificates.
//! - `server`: starts every part and hands out the channel ends.
//! - `cli`: the command line.
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used)]

pub mod auth;
pub mod cert;
pub mod cli;
pub mod command;
pub mod config;
pub mod control;
pub mod effect;
pub mod fd_limit;
pub mod hub;
pub mod log;
pub mod logging;
pub mod machine;
pub mod mail;
pub mod model;
pub mod net;
pub mod policy;
pub mod render;
pub mod reply;
pub mod secret;
pub mod sequencer;
pub mod server;
pub mod state;
pub mod store;
