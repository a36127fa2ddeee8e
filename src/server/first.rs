//! The first account of an empty database.

use crate::auth;
use crate::config::Config;
use crate::machine::Console;
use crate::model::Role;
use crate::state::Durable;

/// The password that every new server begins with; while it stands, it opens from this machine alone.
const INITIAL_PASSWORD: &str = "admin123";

/// What makes the first account, where there is none.
#[must_use]
pub fn account(config: &Config, durable: &Durable) -> Option<Console> {
    if !durable.accounts.is_empty() {
        return None;
    }
    let admin = &config.accounts.admin;
    Some(Console::Add {
        nick: admin.name.clone(),
        hashed: auth::Costs::of(&config.accounts).hash(&admin.password),
        role: Role::Admin,
        initial: admin.password.matches(INITIAL_PASSWORD),
    })
}
