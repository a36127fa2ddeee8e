//! What events do to rooms.

use std::collections::{BTreeMap, BTreeSet};

use chinwag_grammar::{Mask, Number, RoomName, Time};

use crate::model::session::Person;
use crate::model::{
    AccountId, Ban, BanKind, Member, Modes, Place, Rank, Ranks, Room, RoomId, RoomRef, Text, Topic,
    Who,
};
use crate::state::{ClearOffer, State};

impl State {
    pub(super) fn with_room(&mut self, id: RoomId, change: impl FnOnce(&mut Room)) {
        if let Some(room) = self.durable.rooms.get_mut(&id) {
            change(room);
        }
    }

    /// A room that exists becomes permanent, its creator's, and described anew.
    pub(super) fn room_created(
        &mut self,
        room: &RoomRef,
        by: Option<&Who>,
        description: &Text,
        permanent: bool,
        at: Time,
    ) {
        let creator = by.and_then(|by| by.account);
        if let Some(known) = self.durable.rooms.get_mut(&room.id) {
            known.permanent = permanent;
            known.creator = creator;
            known.description = description.clone();
            return;
        }
        self.durable.last_room = self.durable.last_room.max(room.id);
        self.durable.room_names.insert(room.name.folded(), room.id);
        let made = Room {
            id: room.id,
            name: room.name.clone(),
            description: description.clone(),
            topic: None,
            creator,
            created: at,
            permanent,
            modes: Modes::initial(),
            bans: BTreeMap::new(),
            invited: BTreeSet::new(),
            members: BTreeMap::new(),
            last: Number::default(),
            cleared_to: Number::default(),
        };
        self.durable.rooms.insert(room.id, made);
    }

    pub(super) fn room_dropped(&mut self, id: RoomId) {
        let Some(room) = self.durable.rooms.remove(&id) else {
            return;
        };
        self.durable.room_names.remove(&room.name.folded());
        let place = Place::Room(id);
        for account in self.durable.accounts.values_mut() {
            account.rooms.remove(&id);
            account.read.remove(&place);
            account
                .notifications
                .retain(|_, what| what.place != Some(place));
        }
        self.live.room_guests.remove(&id);
        self.live.clears.retain(|(room, _), _| *room != id);
        self.live.spoken.retain(|(room, _), _| *room != id);
        for session in self.live.sessions.values_mut() {
            session.pending.remove(&place);
            if session.talk == Some(id) {
                session.talk = None;
            }
            if let Person::Guest { rooms, .. } = &mut session.person {
                rooms.remove(&id);
            }
        }
    }

    pub(super) fn room_renamed(&mut self, id: RoomId, name: &RoomName) {
        let Some(room) = self.durable.rooms.get_mut(&id) else {
            return;
        };
        self.durable.room_names.remove(&room.name.folded());
        room.name = name.clone();
        self.durable.room_names.insert(name.folded(), id);
    }

    pub(super) fn joined(&mut self, id: RoomId, who: &Who, ranks: Ranks, number: Number) {
        let Some(account) = who.account else {
            self.guest_moved(id, who, Some(ranks));
            return;
        };
        self.with_account_id(account, |account| {
            account.rooms.insert(id);
        });
        self.with_room(id, |room| {
            let joined = number;
            room.members.insert(account, Member { ranks, joined });
            room.invited.remove(&account);
        });
    }

    pub(super) fn left(&mut self, id: RoomId, who: &Who) {
        self.live.spoken.remove(&(id, who.nick.folded()));
        let Some(account) = who.account else {
            self.guest_moved(id, who, None);
            return;
        };
        let place = Place::Room(id);
        self.with_account_id(account, |account| {
            account.rooms.remove(&id);
            account.read.remove(&place);
        });
        self.with_room(id, |room| {
            room.members.remove(&account);
        });
        let conns = self.live.present.get(&account).cloned().unwrap_or_default();
        for conn in conns {
            self.with_session(conn, |session| {
                session.pending.remove(&place);
                if session.talk == Some(id) {
                    session.talk = None;
                }
            });
        }
    }

    pub(super) fn banned(&mut self, id: RoomId, kind: BanKind, mask: &Mask, ban: Ban) {
        self.with_room(id, |room| {
            room.bans.insert((kind, mask.clone()), ban);
        });
    }

    pub(super) fn invited(&mut self, id: RoomId, who: &Who) {
        if let Some(account) = who.account {
            self.with_room(id, |room| {
                room.invited.insert(account);
            });
        }
    }

    pub(super) fn ranked(&mut self, id: RoomId, who: &Who, rank: Rank, given: bool) {
        let Some(account) = who.account else {
            let conn = self.live.guests.get(&who.nick.folded());
            let guests = self.live.room_guests.get_mut(&id);
            if let Some(ranks) = conn.zip(guests).and_then(|(conn, all)| all.get_mut(conn)) {
                *ranks = ranks.with(rank, given);
            }
            return;
        };
        self.with_room(id, |room| {
            if let Some(member) = room.members.get_mut(&account) {
                member.ranks = member.ranks.with(rank, given);
            }
        });
    }

    pub(super) fn modes_set(&mut self, id: RoomId, modes: &Modes) {
        if modes.flood.is_none() {
            self.live.spoken.retain(|(room, _), _| *room != id);
        }
        self.with_room(id, |room| room.modes = modes.clone());
    }

    /// Remembered where the room limits it, and no more than it asks for.
    pub(super) fn spoke(&mut self, id: RoomId, by: &Who, at: Time) {
        let Some(flood) = self.room(id).and_then(|room| room.modes.flood) else {
            return;
        };
        let key = (id, by.nick.folded());
        let times = self.live.spoken.entry(key).or_default();
        times.push_back(at);
        while times.len() > flood.lines as usize {
            times.pop_front();
        }
    }

    pub(super) fn topic_set(&mut self, id: RoomId, by: &Who, text: &Text, at: Time) {
        let topic = (!text.is_blank()).then(|| Topic {
            text: text.clone(),
            by: by.nick.clone(),
            at,
        });
        self.with_room(id, |room| room.topic = topic);
    }

    pub(super) fn cleared(&mut self, id: RoomId, by: &Who, number: Number) {
        self.with_room(id, |room| {
            room.cleared_to = number;
            room.last = Number::default();
        });
        if let Some(account) = by.account {
            self.live.clears.remove(&(id, account));
        }
        let place = Place::Room(id);
        for account in self.durable.accounts.values_mut() {
            account
                .notifications
                .retain(|_, what| what.place != Some(place));
        }
    }

    pub(super) fn clear_offered(&mut self, id: RoomId, by: AccountId, code: u32, expires: Time) {
        self.live
            .clears
            .insert((id, by), ClearOffer { code, expires });
    }

    /// In, as that, or out.
    fn guest_moved(&mut self, id: RoomId, who: &Who, ranks: Option<Ranks>) {
        let Some(conn) = self.live.guests.get(&who.nick.folded()).copied() else {
            return;
        };
        let Some(session) = self.live.sessions.get_mut(&conn) else {
            return;
        };
        let Person::Guest { rooms, .. } = &mut session.person else {
            return;
        };
        let guests = self.live.room_guests.entry(id).or_default();
        if let Some(ranks) = ranks {
            rooms.insert(id);
            guests.insert(conn, ranks);
            return;
        }
        rooms.remove(&id);
        guests.remove(&conn);
        if guests.is_empty() {
            self.live.room_guests.remove(&id);
        }
        if session.talk == Some(id) {
            session.talk = None;
        }
    }
}
