//! What events do to accounts.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Nick, Number, Time};

use crate::model::credential::{Digest, Hashed};
use crate::model::person::Notification;
use crate::model::{Account, AccountId, Event, Marked, Place, Settings, Who};
use crate::state::{Invitation, State};

impl State {
    pub(super) fn with_account_id(&mut self, id: AccountId, change: impl FnOnce(&mut Account)) {
        if let Some(account) = self.durable.accounts.get_mut(&id) {
            change(account);
        }
    }

    pub(super) fn with_account(&mut self, who: &Who, change: impl FnOnce(&mut Account)) {
        if let Some(id) = who.account {
            self.with_account_id(id, change);
        }
    }

    pub(super) fn registered(&mut self, event: &Event, at: Time) {
        let Event::Registered {
            who,
            hashed,
            email,
            role,
            initial_password,
            recovery,
        } = event
        else {
            return;
        };
        let id = who.account.expect("who registers has a number");
        self.durable.last_account = self.durable.last_account.max(id);
        self.durable.names.insert(who.nick.folded(), id);
        let account = Account {
            id,
            name: who.nick.clone(),
            verifier: hashed.verifier.clone(),
            scram: hashed.scram.clone(),
            email: email.clone(),
            role: *role,
            created: at,
            initial_password: *initial_password,
            visited: false,
            block: None,
            settings: Settings::default(),
            ignored: BTreeMap::new(),
            tokens: BTreeMap::new(),
            certificates: BTreeMap::new(),
            recovery: recovery.iter().copied().collect(),
            reset: None,
            rooms: BTreeSet::new(),
            read: BTreeMap::new(),
            notifications: BTreeMap::new(),
        };
        self.durable.accounts.insert(id, account);
    }

    /// Memberships and private conversations go with it; its sessions were ended before.
    pub(super) fn account_deleted(&mut self, who: &Who) {
        let Some(id) = who.account else {
            return;
        };
        let Some(account) = self.durable.accounts.remove(&id) else {
            return;
        };
        self.durable.names.remove(&account.name.folded());
        self.durable.certificates.retain(|_, owner| *owner != id);
        self.unauthenticate(Some(id), |_| true);
        for room in self.durable.rooms.values_mut() {
            room.members.remove(&id);
            room.invited.remove(&id);
            if room.creator == Some(id) {
                room.creator = None;
            }
        }
        self.durable
            .conversations
            .retain(|(low, high), _| *low != id && *high != id);
        for account in self.durable.accounts.values_mut() {
            let pair = Place::between(id, account.id);
            account.read.remove(&pair);
            account
                .notifications
                .retain(|_, notification| notification.place != Some(pair));
        }
        self.durable
            .invitations
            .retain(|_, invitation| invitation.by != id);
        self.live.away.remove(&id);
        // Whoever takes the name is somebody else, and no answer to its last owner reaches them.
        for session in self.live.sessions.values_mut() {
            let is_gone = |nick: &mut Nick| nick.same(who.nick.as_str());
            session.last_private.take_if(is_gone);
        }
    }

    pub(super) fn certificate_added(&mut self, id: AccountId, digest: Digest, at: Time) {
        self.durable.certificates.insert(digest, id);
        self.with_account_id(id, |account| {
            account.certificates.insert(digest, at);
        });
    }

    pub(super) fn certificate_removed(&mut self, id: AccountId, digest: &Digest) {
        self.durable.certificates.remove(digest);
        self.with_account_id(id, |account| {
            account.certificates.remove(digest);
        });
    }

    /// Whoever has shown another password than the one of now has shown nothing.
    pub(super) fn password_set(&mut self, id: AccountId, hashed: &Hashed, renewed: bool) {
        self.with_account_id(id, |account| {
            account.verifier = hashed.verifier.clone();
            account.scram.clone_from(&hashed.scram);
            account.initial_password = false;
        });
        if !renewed {
            self.unauthenticate(Some(id), |_| true);
        }
    }

    pub(super) fn token_revoked(&mut self, id: AccountId, label: &str) {
        self.with_account_id(id, |account| {
            account.tokens.remove(label);
        });
        self.unauthenticate(Some(id), |limits| {
            limits.is_some_and(|limits| limits.label == label)
        });
    }

    pub(super) fn ignored(&mut self, id: AccountId, nick: &Nick, ignored: bool) {
        self.with_account_id(id, |account| {
            if ignored {
                account.ignored.insert(nick.folded(), nick.clone());
            } else {
                account.ignored.remove(&nick.folded());
            }
        });
    }

    pub(super) fn invitation_made(&mut self, by: AccountId, digest: Digest, at: Time) {
        self.durable
            .invitations
            .insert(digest, Invitation { by, at });
    }

    /// The oldest go when there are too many.
    pub(super) fn notified(&mut self, id: AccountId, number: Number, what: Notification) {
        let limit = self.rules().notifications_per_account;
        self.with_account_id(id, |account| {
            account.notifications.insert(number, what);
            while account.notifications.len() > limit {
                account.notifications.pop_first();
            }
        });
    }

    pub(super) fn read_marked(&mut self, id: AccountId, marks: &[Marked], personal: bool) {
        self.with_account_id(id, |account| {
            for Marked { place, mark, .. } in marks {
                let known = account.read.entry(*place).or_default();
                // Marks go forward only.
                known.number = known.number.max(mark.number);
                known.at = known.at.max(mark.at);
                let read = known.number;
                account
                    .notifications
                    .retain(|at, what| what.place != Some(*place) || *at > read);
            }
            if personal {
                account.notifications.retain(|_, what| what.place.is_some());
            }
        });
        for Marked { place, .. } in marks {
            self.looked_at_elsewhere(id, *place);
        }
    }

    /// What waited for the account's sessions in a place is read, whichever of them read it.
    fn looked_at_elsewhere(&mut self, id: AccountId, place: Place) {
        let (read, last) = (self.read_to(id, place), self.last_in(place));
        for conn in self.live.present.get(&id).cloned().unwrap_or_default() {
            self.with_session(conn, |session| {
                if read >= last.min(session.login_number) {
                    session.pending.remove(&place);
                }
            });
        }
    }

    pub(super) fn settings_chosen(&mut self, id: AccountId, settings: Settings) {
        self.with_account_id(id, |account| account.settings = settings);
        let conns = self.live.present.get(&id).cloned().unwrap_or_default();
        for conn in conns {
            self.with_session(conn, |session| session.screen.settings = settings);
        }
    }
}
