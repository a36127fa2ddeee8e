//! Names that connections watch, found by connection and by name.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Folded, Nick};

use crate::model::ConnId;

/// Names that connections watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Monitors {
    by_conn: BTreeMap<ConnId, BTreeMap<Folded, Nick>>,
    by_name: BTreeMap<Folded, BTreeSet<ConnId>>,
}

impl Monitors {
    /// The names that a connection watches, as they were written; nothing where there are none.
    #[must_use]
    pub fn of(&self, conn: ConnId) -> Option<&BTreeMap<Folded, Nick>> {
        self.by_conn.get(&conn)
    }

    /// The connections that watch a name.
    pub fn watching(&self, name: &Folded) -> impl Iterator<Item = ConnId> {
        self.by_name.get(name).into_iter().flatten().copied()
    }

    pub(super) fn change(&mut self, conn: ConnId, added: &[Nick], removed: &[Nick]) {
        for nick in removed {
            self.remove(conn, &nick.folded());
        }
        for nick in added {
            let names = self.by_conn.entry(conn).or_default();
            names.insert(nick.folded(), nick.clone());
            self.by_name.entry(nick.folded()).or_default().insert(conn);
        }
    }

    pub(super) fn forget(&mut self, conn: ConnId) {
        for name in self.by_conn.remove(&conn).unwrap_or_default().keys() {
            self.unindex(conn, name);
        }
    }

    fn remove(&mut self, conn: ConnId, name: &Folded) {
        if let Some(names) = self.by_conn.get_mut(&conn) {
            names.remove(name);
            if names.is_empty() {
                self.by_conn.remove(&conn);
            }
        }
        self.unindex(conn, name);
    }

    fn unindex(&mut self, conn: ConnId, name: &Folded) {
        if let Some(conns) = self.by_name.get_mut(name) {
            conns.remove(&conn);
            if conns.is_empty() {
                self.by_name.remove(name);
            }
        }
    }
}
