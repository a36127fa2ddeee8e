//! The program as people and scripts call it: its help, its checks, its words about mistakes.

#[path = "cli/administer.rs"]
mod administer;
#[path = "cli/cert.rs"]
mod cert;
#[path = "cli/check_config.rs"]
mod check_config;
#[path = "cli/database.rs"]
mod database;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/parse.rs"]
mod parse;
#[path = "cli/program.rs"]
mod program;
