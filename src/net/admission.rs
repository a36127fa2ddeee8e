//! How many connections there may be, in all and of one address; shared by the threads of the shards.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::peer::{Network, Peer};
use crate::config::Limits;

/// The counts. Clones are the same counts.
#[derive(Clone, Debug)]
pub struct Admission(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    max_connections: usize,
    /// 0: no limit.
    max_per_ip: usize,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    connections: usize,
    by_network: HashMap<Network, usize>,
}

/// The place of one connection; free again when dropped.
#[derive(Debug)]
pub struct Place {
    admission: Admission,
    network: Option<Network>,
}

impl Admission {
    /// The limits of the configuration.
    #[must_use]
    pub fn of(limits: &Limits) -> Self {
        Self::new(limits.max_connections, limits.max_per_ip)
    }

    /// So many connections in all, and of one address; 0 of one address is no limit.
    #[must_use]
    pub fn new(max_connections: usize, max_per_ip: usize) -> Self {
        Self(Arc::new(Shared {
            max_connections,
            max_per_ip,
            counts: Mutex::default(),
        }))
    }

    /// A place for a connection that was accepted; none where the server is full.
    #[must_use]
    pub fn enter(&self) -> Option<Place> {
        let mut counts = self.counts();
        if counts.connections >= self.0.max_connections {
            return None;
        }
        counts.connections += 1;
        Some(Place {
            admission: self.clone(),
            network: None,
        })
    }

    /// Connections there are.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.counts().connections
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        // Nothing below panics while it holds the lock.
        self.0.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Counts the connection for its address, which behind a proxy is known only later; whether there is room.
    pub fn claim(&mut self, peer: &Peer) -> bool {
        let most = self.admission.0.max_per_ip;
        // Whoever has one IPv6 address has all of its /64.
        let is_counted = most > 0 && peer.address.is_some() && !peer.is_loopback();
        let counted = is_counted.then(|| peer.network());
        let mut counts = self.admission.counts();
        counts.leave(self.network.take());
        let Some(network) = counted else {
            return true;
        };
        let count = counts.by_network.entry(network).or_default();
        if *count >= most {
            return false;
        }
        *count += 1;
        self.network = Some(network);
        true
    }
}

impl Counts {
    fn leave(&mut self, network: Option<Network>) {
        let Some(network) = network else {
            return;
        };
        if let Some(count) = self.by_network.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                self.by_network.remove(&network);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.admission.counts();
        counts.connections -= 1;
        counts.leave(self.network);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(address: &str) -> Peer {
        Peer::direct(Some(address.parse().unwrap()))
    }

    #[test]
    fn so_many_in_all() {
        let admission = Admission::new(2, 0);
        let (one, two) = (admission.enter().unwrap(), admission.enter().unwrap());
        assert!(admission.enter().is_none());
        drop(one);
        let three = admission.enter().unwrap();
        assert!(admission.enter().is_none());
        drop((two, three));
        assert_eq!(admission.connections(), 0);
    }

    #[test]
    fn so_many_of_an_address() {
        let admission = Admission::new(100, 2);
        let mut places: Vec<Place> = (0..8).map(|_| admission.enter().unwrap()).collect();
        let one = peer("192.0.2.1");
        assert_eq!(
            places
                .iter_mut()
                .map(|place| place.claim(&one))
                .filter(|room| *room)
                .count(),
            2
        );
        assert!(places[7].claim(&peer("192.0.2.2")));
        for free in [peer("127.0.0.1"), peer("::1"), Peer::direct(None)] {
            assert!(places[2..7].iter_mut().all(|place| place.claim(&free)));
        }
        assert!(places[0].claim(&one), "a place counts once");
        places.remove(0);
        assert!(places[5].claim(&one) && !places[4].claim(&one));
        assert!(!places[4].claim(&Peer::behind("192.0.2.1".parse().unwrap())));
        let mut six: Vec<Place> = (1..=3).map(|_| admission.enter().unwrap()).collect();
        let near = ["2001:db8::1", "2001:db8::2", "2001:db8::3"].map(peer);
        let room = six
            .iter_mut()
            .zip(&near)
            .map(|(place, peer)| place.claim(peer));
        assert_eq!(room.collect::<Vec<_>>(), [true, true, false]);
        drop((places, six));
        assert!(admission.counts().by_network.is_empty());
    }

    #[test]
    fn no_limit() {
        let admission = Admission::new(100, 0);
        let mut places: Vec<Place> = (0..100).map(|_| admission.enter().unwrap()).collect();
        assert!(
            places
                .iter_mut()
                .all(|place| place.claim(&peer("192.0.2.1")))
        );
        assert!(admission.counts().by_network.is_empty());
    }

    #[test]
    fn from_many_threads() {
        let admission = Admission::new(50, 10);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..1_000 {
                        if let Some(mut place) = admission.enter() {
                            assert!(place.claim(&peer("192.0.2.1")));
                        }
                    }
                });
            }
        });
        assert_eq!(admission.connections(), 0);
        assert!(admission.counts().by_network.is_empty());
    }
}
