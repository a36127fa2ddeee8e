//! The nouns of the chat: plain values, without a clock, a socket or a file.

pub mod credential;
