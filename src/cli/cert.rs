//! `chinwag cert`: a self-signed certificate, on request.

use super::say;
use crate::cert::{self, Files};
use crate::config::Config;

/// Makes a certificate at the configured paths.
pub fn run(config: &Config, force: bool) -> anyhow::Result<()> {
    let files = Files::of(config);
    let fingerprint = cert::make(&config.server.name, &files, force)?;
    say(&format!(
        "{} and {} made for {}\nSHA-256 {fingerprint}",
        files.cert.display(),
        files.key.display(),
        config.server.name
    ))
}
