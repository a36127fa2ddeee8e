//! What somebody may do, as questions: permissions live here alone.

pub mod password;
