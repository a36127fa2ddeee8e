//! `chinwag check-config`: every mistake, or none.

use std::io::{self, Write};
use std::path::Path;

use super::{environment, say, told};
use crate::config::{Config, Mistake, Origin, example};
use crate::net::tls::Reloadable;

/// Checks the configuration, or prints the example.
pub fn run(file: Option<&Path>, print_default: bool) -> anyhow::Result<()> {
    if print_default {
        return Ok(io::stdout().write_all(example::file().as_bytes())?);
    }
    match Config::load(file, environment()).and_then(|config| certificate(&config, file)) {
        Ok(()) => say(&format!("{}: no mistakes", shown(file))),
        Err(mistakes) => Err(anyhow::anyhow!(told(&mistakes))),
    }
}

/// A certificate that is there must be usable with its key; one that is not there is made on first start.
fn certificate(config: &Config, file: Option<&Path>) -> Result<(), Vec<Mistake>> {
    if !config.tls.cert.exists() && !config.tls.key.exists() {
        return Ok(());
    }
    Reloadable::load(&config.tls.cert, &config.tls.key)
        .map(drop)
        .map_err(|error| {
            vec![Mistake {
                origin: file.map_or(Origin::Default, |path| Origin::File {
                    path: path.to_owned(),
                    line: None,
                }),
                key: "tls".into(),
                wrong: error.to_string(),
                allowed: "allowed: a certificate and its key; chinwag cert --force makes both anew"
                    .into(),
            }]
        })
}

fn shown(file: Option<&Path>) -> String {
    file.map_or_else(|| "defaults".into(), |file| file.display().to_string())
}
