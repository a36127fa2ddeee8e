//! A server that is killed while people talk: what anybody saw is there afterwards, once; and a disk that is full.

// Two programs of tests share these, and each uses its part.
#[allow(dead_code)]
#[path = "support/peer.rs"]
mod peer;
#[allow(dead_code)]
#[path = "support/pipe.rs"]
mod pipe;
#[allow(dead_code)]
#[path = "support/server.rs"]
mod server;

#[path = "crash/full.rs"]
mod full;
#[path = "crash/killed.rs"]
mod killed;
