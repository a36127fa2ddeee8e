//! The arguments of the load generator.

use std::time::Duration;

use anyhow::{Context as _, bail};

/// What was asked for.
pub struct Options {
    only: Vec<String>,
    /// How long each saturated measurement runs.
    pub span: Duration,
    /// Connections that are held.
    pub connections: usize,
    /// Messages in the large room.
    pub messages: u64,
}

impl Options {
    /// Reads them; `names` are the measurements there are.
    pub fn read(mut args: impl Iterator<Item = String>, names: &[&str]) -> anyhow::Result<Self> {
        let mut options = Self {
            only: Vec::new(),
            span: Duration::from_secs(5),
            connections: 10_000,
            messages: 1_000_000,
        };
        while let Some(arg) = args.next() {
            let mut number = || -> anyhow::Result<u64> {
                let text = args
                    .next()
                    .with_context(|| format!("{arg} needs a number"))?;
                text.parse().with_context(|| format!("{arg} {text}"))
            };
            match arg.as_str() {
                // Cargo says so to every benchmark.
                "--bench" => {}
                "--seconds" => options.span = Duration::from_secs(number()?),
                "--connections" => options.connections = usize::try_from(number()?)?,
                "--messages" => options.messages = number()?,
                name if names.contains(&name) => options.only.push(arg),
                other => bail!("{other} is none of {}", names.join(", ")),
            }
        }
        Ok(options)
    }

    /// Whether a measurement is to be run.
    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one == name)
    }
}
