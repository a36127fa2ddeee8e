//! The network: what stands between a socket and lines.

pub mod admission;
pub mod codec;
pub mod connection;
pub mod flood;
pub mod front;
pub mod listen;
pub mod outbox;
pub mod peer;
pub mod proxy;
pub mod refusal;
pub mod shard;
pub mod stream;
pub mod tls;
mod webirc;

#[cfg(test)]
mod testing;
