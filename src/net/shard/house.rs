//! What all connections of a shard share.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Notify, mpsc};

use super::Parts;
use super::table::Table;
use crate::config::{Address, Config};
use crate::hub::irc::{Setup, Sts, offered};
use crate::model::ConnId;
use crate::net::flood::Flood;
use crate::net::front::Rules;
use crate::net::peer::Peer;
use crate::render::plain;
use crate::sequencer::Input;

/// What all connections of a shard share.
pub struct House {
    /// Which shard it is.
    number: u16,
    /// Connections so far.
    count: Cell<u64>,
    /// Connections whose task has not ended, those at the door not counted.
    pub open: Cell<usize>,
    /// Where commands go.
    pub inputs: mpsc::Sender<Input>,
    /// The limits, and the name of the server.
    pub config: Arc<Config>,
    /// What holds at each listener.
    pub doors: Vec<Rules>,
    /// The rule against floods.
    pub flood: Flood,
    /// What all IRC connections have in common.
    pub irc: Arc<Setup>,
    /// Who is here.
    pub table: RefCell<Table>,
    /// Nothing more is read.
    pub draining: Cell<bool>,
    /// A connection has ended.
    pub settled: Notify,
    people: Arc<AtomicUsize>,
}

impl House {
    /// An empty one.
    #[must_use]
    pub fn new(number: u16, parts: Parts) -> Self {
        let config = &parts.config;
        let doors = config.listen.iter();
        Self {
            number,
            count: Cell::new(0),
            open: Cell::new(0),
            inputs: parts.inputs,
            doors: doors
                .map(|listen| Rules::of(config, listen, parts.tls.clone()))
                .collect(),
            flood: Flood::of(&config.limits),
            irc: Arc::new(setup(config)),
            table: RefCell::new(Table::new(&config.server.name)),
            draining: Cell::new(false),
            settled: Notify::new(),
            people: parts.people,
            config: parts.config,
        }
    }

    /// The next connection.
    pub fn next_conn(&self) -> ConnId {
        let count = self.count.get();
        self.count.set(count + 1);
        ConnId::new(self.number, count)
    }

    /// The first line of all.
    #[must_use]
    pub fn greeting(&self, peer: &Peer) -> Bytes {
        let people = self.people.load(Ordering::Relaxed);
        let safe = peer.tls || peer.is_loopback();
        plain::greeting(&self.config.server.name, people, safe).into()
    }

    /// How long the end may take.
    #[must_use]
    pub fn patience(&self) -> Duration {
        Duration::from_millis(self.config.server.shutdown_timeout.millis())
    }
}

/// What IRC connections need to know of the configuration.
#[must_use]
pub fn setup(config: &Config) -> Setup {
    Setup {
        name: config.server.name.clone(),
        has_password: config.server.password.is_some(),
        offered: offered(config.tls.sts.secs() > 0 && tls_port(config).is_some()),
        line_bytes: config.limits.line_bytes,
        message_bytes: config.limits.message_bytes,
        scram: config.accounts.scram,
        sts: tls_port(config).map(|port| Sts {
            duration: config.tls.sts.secs(),
            port,
        }),
        registers_first: config.accounts.register_before_connect,
    }
}

/// The first port where TLS is required.
fn tls_port(config: &Config) -> Option<u16> {
    let mut ports = config.listen.iter().filter(|listen| listen.tls);
    ports.find_map(|listen| match &listen.address {
        Address::Tcp(address) => Some(address.port()),
        Address::Unix(_) => None,
    })
}
