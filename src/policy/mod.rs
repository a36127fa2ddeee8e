//! What somebody may do, as questions: permissions live here alone.

pub mod email;
pub mod gate;
pub mod history;
pub mod login;
pub mod name;
pub mod password;
pub mod room;
pub mod staff;
