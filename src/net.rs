//! The network: what stands between a socket and lines.

pub mod admission;
pub mod codec;
pub mod flood;
pub mod peer;
pub mod tls;
