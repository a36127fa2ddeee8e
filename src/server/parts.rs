//! The parts of a server, each started with what it needs.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;

use anyhow::Context as _;
use tokio::sync::mpsc;

use crate::cert;
use crate::config::Config;
use crate::control::{self, Lock, Owner};
use crate::net::listen::Bound;
use crate::net::shard::{Handle, Parts, Shard};
use crate::net::tls::Reloadable;
use crate::sequencer::Input;
use crate::store::{Space, SpaceLeft};

pub(super) fn certificate(config: &Config) -> anyhow::Result<Option<Arc<Reloadable>>> {
    let needed = config.listen.iter().any(|listen| listen.tls);
    let made = cert::ensure(config);
    match made {
        Ok(Some(fingerprint)) => tracing::info!(%fingerprint, "a self-signed certificate was made"),
        Ok(None) => {}
        Err(error) if needed => return Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "there is no TLS");
            return Ok(None);
        }
    }
    let tls = Reloadable::load(&config.tls.cert, &config.tls.key)?;
    Ok(Some(Arc::new(tls)))
}

pub(super) fn own_database(config: &Config) -> anyhow::Result<Option<Lock>> {
    if config.database.in_memory() {
        return Ok(None);
    }
    match control::reach(&config.database.path)? {
        Owner::Us(lock) => Ok(Some(lock)),
        Owner::Server(_) => anyhow::bail!(
            "{} is in use by a server that runs already; end it first",
            config.database.path.display()
        ),
    }
}

pub(super) fn bind(config: &Config) -> anyhow::Result<Vec<Bound>> {
    let listeners = config.listen.iter().enumerate();
    listeners
        .map(|(place, listen)| Ok(Bound::bind(&listen.address, place)?))
        .collect()
}

pub(super) fn start_shards(
    config: &Arc<Config>,
    tls: Option<&Arc<Reloadable>>,
    inputs: &mpsc::Sender<Input>,
    people: &Arc<AtomicUsize>,
) -> anyhow::Result<Vec<Handle>> {
    let count = match config.limits.shards {
        0 => thread::available_parallelism().map_or(1, usize::from),
        count => count,
    };
    let number = |place: usize| u16::try_from(place).expect("limits.shards is at most 256");
    (0..count)
        .map(|place| {
            let parts = Parts {
                inputs: inputs.clone(),
                config: Arc::clone(config),
                tls: tls.map(Arc::clone),
                people: Arc::clone(people),
            };
            Shard::start(number(place), parts).context("a shard cannot be started")
        })
        .collect()
}

/// Asked before every batch; what changes is logged once.
pub(super) fn is_full(space: Space) -> Box<dyn FnMut() -> bool + Send> {
    let mut was_full = false;
    Box::new(move || {
        let full = match space.left() {
            Ok(SpaceLeft::Enough) => false,
            Ok(SpaceLeft::TooLittle { free_mb }) => {
                if !was_full {
                    tracing::error!(
                        free_mb,
                        "less than database.min_free_mb: writes are refused"
                    );
                }
                true
            }
            Err(fault) => {
                tracing::error!(%fault, "the room on the disk cannot be told");
                false
            }
        };
        was_full = full;
        full
    })
}
