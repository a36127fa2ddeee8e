//! What somebody may do, as questions: permissions live here alone.

pub mod email;
pub mod gate;
pub mod history;
pub mod login;
pub mod name;
pub mod operator;
pub mod password;
pub mod person;
pub mod room;
pub mod server_ban;
pub mod staff;
#[cfg(test)]
pub(crate) mod testing;
