//! The real program on real sockets, spoken to by the programs that people have.

// Two programs of tests share these, and each uses its part.
#[path = "support/irc.rs"]
mod irc;
#[allow(dead_code)]
#[path = "support/peer.rs"]
mod peer;
#[allow(dead_code)]
#[path = "support/pipe.rs"]
mod pipe;
#[allow(dead_code)]
#[path = "support/server.rs"]
mod server;
#[allow(dead_code)]
#[path = "support/smtp.rs"]
mod smtp;
#[path = "support/tools.rs"]
mod tools;

#[path = "wire/beside.rs"]
mod beside;
#[path = "wire/certified.rs"]
mod certified;
#[path = "wire/conversation.rs"]
mod conversation;
#[path = "wire/doors.rs"]
mod doors;
#[path = "wire/follow.rs"]
mod follow;
#[path = "wire/irc_enter.rs"]
mod irc_enter;
#[path = "wire/irc_life.rs"]
mod irc_life;
#[path = "wire/irc_lines.rs"]
mod irc_lines;
#[path = "wire/limits.rs"]
mod limits;
#[path = "wire/lines.rs"]
mod lines;
#[path = "wire/programs.rs"]
mod programs;
#[path = "wire/recovery.rs"]
mod recovery;
#[path = "wire/signals.rs"]
mod signals;
#[path = "wire/telnet.rs"]
mod telnet;
