//! The server: starts every part, hands each its channel ends, and ends them in order.
//!
//! - `first`: the first account of an empty database.
//! - `rules`: the part of the configuration that decisions read.
//! - `release`: the store's thread: committed, then told.
//! - `parts`, `errands`: the parts that need more than a line to start.
//! - `administer`, `controlled`: what the command line asks, without a server and of one that runs.
//! - `ways_in`: how to come in, as it is printed.

mod administer;
mod controlled;
mod errands;
mod first;
mod parts;
mod release;
mod rules;
mod ways_in;

use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, RwLock};
use std::thread;

use anyhow::Context as _;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;

use crate::config::{Address, Config};
use crate::control::{self, Lock};
use crate::fd_limit;
use crate::log::{Local, system_clock};
use crate::machine::{Console, Entry, Machine};
use crate::mail::Mailer;
use crate::net::admission::Admission;
use crate::net::listen::{Bound, Shards};
use crate::net::shard::Handle;
use crate::net::tls::Reloadable;
use crate::sequencer::{Input, Sequencer};
use crate::store::{self, Fault, Place, Readers, Space, Writer};
use controlled::{ask, controlled};
use errands::errands;
use parts::{bind, certificate, is_full, own_database, start_shards};
use release::{Release, Work};

pub use administer::offline;
pub use first::account as first_account;
pub use rules::rules;

/// A server that runs.
pub struct Server {
    config: Arc<Config>,
    file: Option<PathBuf>,
    tls: Option<Arc<Reloadable>>,
    inputs: mpsc::Sender<Input>,
    shards: Vec<Handle>,
    threads: Vec<thread::JoinHandle<()>>,
    readers: Option<Readers>,
    mailer: Option<Arc<Mailer>>,
    tasks: JoinSet<()>,
    /// The configuration as it was read last, for what is checked with it.
    current: Arc<RwLock<Arc<Config>>>,
    reload: Arc<Notify>,
    failed: oneshot::Receiver<Fault>,
    /// Where it listens, with the ports that the system chose.
    pub addresses: Vec<Address>,
    _lock: Option<Lock>,
}

impl Server {
    /// Starts a server, inside a tokio runtime. Whoever connects when this returns is served.
    ///
    /// # Errors
    /// Whatever stands in the way: the database, a listener, a certificate.
    pub async fn start(config: Config, file: Option<PathBuf>) -> anyhow::Result<Self> {
        if let Err(error) = fd_limit::raise_fd_limit(config.limits.max_connections) {
            tracing::warn!(%error, "fewer connections are possible than limits.max_connections");
        }
        let tls = certificate(&config)?;
        let lock = own_database(&config)?;
        let place = Place::of(&config.database)?;
        let database = store::open(&place, config.database.durability)?;
        let (durable, applied) = store::load(&database)?;
        let admin = first::account(&config, &durable);
        let bound = bind(&config)?;
        let config = Arc::new(config);
        let mailer = Mailer::start(&config)?.map(Arc::new);
        let (inputs, waiting) = mpsc::channel(config.limits.command_queue);
        let people = Arc::new(AtomicUsize::new(0));
        let shards = start_shards(&config, tls.as_ref(), &inputs, &people)?;
        let readers = match config.database.in_memory() {
            true => None,
            false => Some(Readers::start(place.path())?),
        };
        let (work, to_do) = sync_channel(config.limits.batches_waiting);
        let (fail, failed) = oneshot::channel();
        let reload = Arc::new(Notify::new());
        let current = Arc::new(RwLock::new(Arc::clone(&config)));
        let release = Release {
            writer: Writer::new(database, place.clone()),
            readers: readers.as_ref().map(Readers::tasks),
            shards: shards
                .iter()
                .map(|shard| shard.deliveries.clone())
                .collect(),
            mailer: mailer.clone(),
            reload: Arc::clone(&reload),
            failed: fail,
        };
        let sequencer = Sequencer {
            machine: Machine::new(durable),
            log: Box::new(Local::after(applied, system_clock)),
            inputs: waiting,
            commits: {
                let work = work.clone();
                Box::new(move |commit| work.send(Work::Commit(Box::new(commit))).is_ok())
            },
            errands: errands(&current, &inputs, readers.as_ref(), work)?,
            is_full: is_full(Space::around(place, config.database.min_free_mb)),
            people,
            clock: system_clock,
            batch_size: config.limits.batch_size,
        };
        let threads = vec![
            named("sequencer", move || sequencer.run())?,
            named("store", move || release.run(&to_do))?,
        ];
        let mut server = Self {
            addresses: bound.iter().map(|bound| bound.address.clone()).collect(),
            config,
            file,
            tls,
            inputs,
            shards,
            threads,
            readers,
            mailer,
            tasks: JoinSet::new(),
            current,
            reload,
            failed,
            _lock: lock,
        };
        server.open(bound, admin).await?;
        Ok(server)
    }

    /// Waits until the store has failed, and tells why: the process must end, since memory is ahead of the disk.
    pub async fn failed(&mut self) -> anyhow::Error {
        match (&mut self.failed).await {
            Ok(fault) => anyhow::Error::new(fault).context("the store has failed"),
            Err(_) => anyhow::anyhow!("a thread of the server has ended before it was told to"),
        }
    }

    /// Woken when an operator wants the configuration to be read again.
    #[must_use]
    pub fn reloads(&self) -> Arc<Notify> {
        Arc::clone(&self.reload)
    }

    /// Reads configuration and certificates again. What cannot change while the server runs is told in the log.
    pub async fn reload(&self) {
        if let Some(tls) = &self.tls
            && let Err(error) = tls.reload()
        {
            tracing::error!(%error, "the certificate stays as it was");
        }
        let env = std::env::vars_os()
            .filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?)));
        match Config::load(self.file.as_deref(), env) {
            Ok(fresh) => {
                let fixed = self.config.fixed_changes(&fresh);
                if !fixed.is_empty() {
                    tracing::warn!(keys = %fixed.join(", "), "these take effect after a restart");
                }
                self.configure(&fresh).await;
                let fresh = Arc::new(fresh);
                *self.current.write().expect("nobody panics with it") = fresh;
                tracing::info!("configuration and certificates are read again");
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    tracing::error!(%mistake, "the configuration stays as it was");
                }
            }
        }
    }

    /// Ends in order: nobody new; what was received is answered; everyone is told; everything is on disk.
    ///
    /// # Errors
    /// When a thread has failed.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.tasks.shutdown().await;
        // All at once: a shard whose clients do not read keeps nobody waiting twice.
        let mut draining: JoinSet<bool> = self.shards.iter().map(Handle::drain).collect();
        while let Some(drained) = draining.join_next().await {
            if !drained.unwrap_or(false) {
                tracing::warn!("some requests were not answered in time");
            }
        }
        // Every dialect says itself what a shutdown is.
        let why = "".into();
        let _ = self
            .inputs
            .send(Input::Entry(Entry::ShuttingDown { why }))
            .await;
        self.fence().await;
        let shards = std::mem::take(&mut self.shards);
        tokio::task::spawn_blocking(move || {
            let ending: Vec<_> = shards.into_iter().map(Handle::end).collect();
            for thread in ending {
                // A shard that panicked has said so already.
                let _ = thread.join();
            }
        })
        .await?;
        drop(self.inputs);
        let (threads, readers) = (self.threads, self.readers);
        let clean = tokio::task::spawn_blocking(move || {
            let clean = threads.into_iter().all(|thread| thread.join().is_ok());
            if let Some(readers) = readers {
                readers.end();
            }
            clean
        })
        .await?;
        if let Some(mailer) = self.mailer.and_then(Arc::into_inner) {
            mailer.close().await;
        }
        if let Ok(fault) = self.failed.try_recv() {
            return Err(anyhow::Error::new(fault).context("the store has failed"));
        }
        anyhow::ensure!(clean, "a thread of the server has failed");
        Ok(())
    }

    /// The core is told its rules, and only then the doors open.
    async fn open(&mut self, bound: Vec<Bound>, admin: Option<Console>) -> anyhow::Result<()> {
        self.configure(&Arc::clone(&self.config)).await;
        if let Some(console) = admin {
            ask(&self.inputs, console)
                .await
                .context("the first account cannot be made")?;
            if !self.config.loopback_only() {
                tracing::warn!(
                    "the first account is locked, since others than this machine can connect: \
                     chinwag user passwd {} --password-stdin unlocks it",
                    self.config.accounts.admin.name
                );
            }
        }
        self.fence().await;
        let admission = Admission::of(&self.config.limits);
        let senders = self.shards.iter().map(|shard| shard.accepted.clone());
        let shards = Shards::new(senders.collect());
        for bound in bound {
            let (admission, shards) = (admission.clone(), shards.clone());
            self.tasks
                .spawn(async move { bound.serve(&admission, &shards).await });
        }
        if let Some(lock) = &self._lock {
            let listener = control::Listener::bind(&self.config.database.path, lock)?;
            let (inputs, config) = (self.inputs.clone(), Arc::clone(&self.config));
            self.tasks.spawn(listener.serve(move |request, replies| {
                controlled(inputs.clone(), Arc::clone(&config), request, replies)
            }));
        }
        let inputs = self.inputs.clone();
        self.tasks.spawn(tick(inputs));
        Ok(())
    }

    async fn configure(&self, config: &Config) {
        let rules = Box::new(rules(config));
        let _ = self
            .inputs
            .send(Input::Entry(Entry::Configured { rules }))
            .await;
    }

    /// Waits until everything before is on disk and handed to the shards.
    async fn fence(&self) {
        let (fence, passed) = oneshot::channel();
        if self.inputs.send(Input::Fence(fence)).await.is_ok() {
            let _ = passed.await;
        }
    }

    /// How to come in, for whoever started it.
    #[must_use]
    pub fn ways_in(&self) -> String {
        ways_in::text(&self.config, &self.addresses)
    }
}

/// Old history is looked for so often.
const TICK: std::time::Duration = std::time::Duration::from_secs(3_600);

async fn tick(inputs: mpsc::Sender<Input>) {
    loop {
        tokio::time::sleep(TICK).await;
        if inputs.send(Input::Entry(Entry::Ticked)).await.is_err() {
            return;
        }
    }
}

fn named(
    name: &str,
    run: impl FnOnce() + Send + 'static,
) -> std::io::Result<thread::JoinHandle<()>> {
    thread::Builder::new().name(name.into()).spawn(run)
}
