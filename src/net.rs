//! The network: what stands between a socket and lines.

pub mod tls;
