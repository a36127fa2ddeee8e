//! The configuration: a file, environment variables over it, defaults under it; every mistake is told at once.
//!
//! - `keys`: the table of all keys; everything else follows it.
//! - `kind`, `choices`, `address`, `cidr`: what keys may hold.
//! - `read`, `values`, `sections`: from TOML to checked values to the structs here.
//! - `cross`: what keys demand of each other.
//! - `example`: the table as a file and as the README shows it.
//! - `mistake`: what is wrong, and where.

mod address;
mod choices;
mod cross;
pub mod example;
mod keys;
mod kind;
mod mistake;
mod read;
mod sections;
mod values;

use std::path::Path;

pub use crate::model::cidr::{Cidr, NotACidr};
pub use address::{Address, NotAnAddress};
pub use choices::{
    AlwaysOn, Casemapping, Cleartext, Durability, RegisterEmail, Registration, RoomCreation,
};
pub use keys::doors::{DEFAULT_CERT, DEFAULT_KEY};
pub use keys::{Default as KeyDefault, Key, keys};
pub use kind::Kind;
pub use mistake::{Mistake, Origin};
pub use sections::{
    Accounts, Admin, Argon2, Config, Database, History, Limits, Listen, Mail, Operator, Rooms,
    Server, Tls, Web,
};

impl Config {
    /// Reads a file, where there is one, and the variables of an environment.
    ///
    /// # Errors
    /// Every mistake, in the order of the file; then those of the variables.
    pub fn load(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Vec<Mistake>> {
        let (values, mut notes) = read::all(file, env);
        let mut config = Self::from_values(values);
        cross::check(&mut config, &mut notes);
        let mut mistakes = notes.mistakes;
        mistakes.sort();
        mistakes.dedup();
        if mistakes.is_empty() {
            Ok(config)
        } else {
            Err(mistakes)
        }
    }

    /// Keys that differ and take effect only when the server is started again; all others may be reloaded.
    #[must_use]
    pub fn fixed_changes(&self, new: &Self) -> Vec<&'static str> {
        let (ours, theirs) = (&self.limits, &new.limits);
        let fixed = [
            ("listen", self.listen == new.listen),
            ("tls.cert", self.tls.cert == new.tls.cert),
            ("tls.key", self.tls.key == new.tls.key),
            ("web.address", self.web.address == new.web.address),
            ("web.tls", self.web.tls == new.web.tls),
            ("database.path", self.database.path == new.database.path),
            (
                "database.durability",
                self.database.durability == new.database.durability,
            ),
            ("limits.shards", ours.shards == theirs.shards),
            (
                "limits.command_queue",
                ours.command_queue == theirs.command_queue,
            ),
            ("limits.batch_size", ours.batch_size == theirs.batch_size),
            (
                "limits.batches_waiting",
                ours.batches_waiting == theirs.batches_waiting,
            ),
            (
                "limits.auth_threads",
                ours.auth_threads == theirs.auth_threads,
            ),
            ("limits.auth_queue", ours.auth_queue == theirs.auth_queue),
            ("limits.mail_queue", ours.mail_queue == theirs.mail_queue),
        ];
        fixed
            .iter()
            .filter(|(_, same)| !same)
            .map(|(key, _)| *key)
            .collect()
    }
}

impl Default for Config {
    fn default() -> Self {
        // Without a look at the files of the directory, which are nobody's mistake.
        Self::from_values(read::all(None, []).0)
    }
}

#[cfg(test)]
mod tests;
