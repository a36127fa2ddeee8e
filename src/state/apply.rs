//! The one place where the state changes: an event that happened is applied, which cannot fail.

mod accounts;
mod rooms;
mod sessions;

use chinwag_grammar::{Number, Time};

use super::State;
use crate::model::{Ban, Event, Fact, Place, ServerBan, Spot, Text, Who};

/// So many removed messages are remembered, for what was looked up before.
const REMOVED_MAX: usize = 1_024;

impl State {
    /// Applies an event. What it names is there: the command that decided has looked.
    pub fn apply(&mut self, fact: &Fact) {
        if let Some(number) = fact.number {
            assert!(
                number == self.durable.last.next(),
                "numbers have no gap: {number} after {}",
                self.durable.last
            );
            self.durable.last = number;
        }
        let number = fact.number.unwrap_or(self.durable.last);
        self.change(&fact.event, number, fact.at);
    }

    fn change(&mut self, event: &Event, number: Number, at: Time) {
        match event {
            Event::AccountDeleted { who } => self.account_deleted(who),
            Event::Admitted { conn } => self.with_session(*conn, |session| session.admitted = true),
            // These are kept by the store alone.
            Event::Audited { .. }
            | Event::Expired { .. }
            | Event::Reacted { .. }
            | Event::Signalled { .. } => {}
            Event::Authenticated {
                conn,
                account,
                limits,
            } => self.authenticated(*conn, *account, limits.clone()),
            Event::Banned {
                room,
                by,
                kind,
                mask,
                until,
                why,
            } => self.banned(room.id, *kind, mask, ban(by, at, *until, why)),
            Event::Blocked { who, block, .. } => {
                self.with_account(who, |account| account.block = Some(block.clone()));
                self.unauthenticate(who.account, |_| true);
            }
            Event::CameBack { who } => self.came_back(who),
            Event::CertificateAdded { account, digest } => {
                self.certificate_added(*account, *digest, at);
            }
            Event::CertificateRemoved { account, digest } => {
                self.certificate_removed(*account, digest);
            }
            Event::Cleared { room, by } => self.cleared(room.id, by, number),
            Event::ClearOffered {
                room,
                by,
                code,
                expires,
            } => self.clear_offered(*room, *by, *code, *expires),
            Event::Configured { rules } => self.durable.rules = Some(rules.clone()),
            Event::Connected { session } => {
                self.live
                    .sessions
                    .insert(session.conn, session.as_ref().clone());
            }
            Event::Deleted { message, .. } => self.message_removed(*message),
            Event::Disconnected { conn } => self.disconnected(*conn, at),
            Event::EmailSet { account, email } => {
                self.with_account_id(*account, |account| account.email.clone_from(email));
            }
            Event::FormatChosen { conn, format } => {
                self.with_session(*conn, |session| session.screen.format = *format);
            }
            Event::GuestEntered { conn, who } => self.guest_entered(*conn, who),
            Event::Ignored {
                account,
                nick,
                ignored,
            } => self.ignored(*account, nick, *ignored),
            Event::InvitationMade { by, digest } => self.invitation_made(*by, *digest, at),
            Event::InvitationUsed { digest } => {
                self.durable.invitations.remove(digest);
            }
            Event::Invited { room, who, .. } => self.invited(room.id, who),
            Event::Joined { room, who, ranks } => self.joined(room.id, who, *ranks, number),
            Event::Kicked { room, who, .. } | Event::Left { room, who, .. } => {
                self.left(room.id, who);
            }
            Event::LoggedIn {
                conn,
                who,
                limits,
                settings,
                pending,
                ..
            } => self.logged_in(*conn, who, limits.clone(), *settings, pending),
            Event::LoggedOut { conn } => self.logged_out(*conn, at),
            Event::LoginFailed { name, network } => self.login_failed(name, network, at),
            Event::MarksItself { conn } => {
                self.live.marking.insert(*conn);
            }
            Event::ModesSet { room, modes, .. } => self.modes_set(room.id, modes),
            Event::Monitored {
                conn,
                added,
                removed,
            } => self.live.monitors.change(*conn, added, removed),
            Event::Notified {
                account,
                number,
                notification,
            } => self.notified(*account, *number, *notification),
            Event::Opered { conn, name, .. } => self.opered(*conn, name.as_ref()),
            Event::Overrode { conn } => self.live.overriding = *conn,
            // Presence follows from sessions.
            Event::Offline { .. }
            | Event::Online { .. }
            | Event::OperatorsTold { .. }
            | Event::ShuttingDown { .. } => {}
            Event::PasswordSet {
                account,
                hashed,
                renewed,
            } => self.password_set(*account, hashed, *renewed),
            Event::Ranked {
                room,
                who,
                rank,
                given,
                ..
            } => self.ranked(room.id, who, *rank, *given),
            Event::ReadMarked {
                account,
                marks,
                personal,
            } => self.read_marked(*account, marks, *personal),
            Event::RealNamed { conn, name, .. } => {
                self.with_session(*conn, |session| session.real_name = Some(name.clone()));
            }
            Event::RecoveryUsed { account, digest } => {
                self.with_account_id(*account, |account| {
                    account.recovery.remove(digest);
                });
            }
            Event::Registered { .. } => self.registered(event, at),
            Event::ResetSet { account, reset } => {
                self.with_account_id(*account, |account| account.reset = *reset);
            }
            Event::RoleSet { who, role, .. } => {
                self.with_account(who, |account| account.role = *role);
            }
            Event::RoomCreated {
                room,
                by,
                description,
                permanent,
            } => self.room_created(room, by.as_ref(), description, *permanent, at),
            Event::RoomDropped { room, .. } => self.room_dropped(room.id),
            Event::RoomRenamed { room, name, .. } => self.room_renamed(room.id, name),
            Event::Said { spot, by, .. } => self.said(spot, by, number, at),
            Event::ScramSet { conn, exchange } => {
                self.with_session(*conn, |session| session.scram.clone_from(exchange));
            }
            Event::SecretMade { secret } => self.durable.secret = Some(*secret),
            Event::Seen { conn, places } => self.with_session(*conn, |session| {
                for place in places {
                    session.pending.remove(place);
                }
            }),
            Event::ServerBanned {
                target,
                by,
                until,
                why,
            } => {
                let ban = ServerBan {
                    by: by.nick.clone(),
                    at,
                    until: *until,
                    why: why.clone(),
                };
                self.durable.server_bans.insert(target.clone(), ban);
            }
            Event::ServerUnbanned { target, .. } => {
                self.durable.server_bans.remove(target);
            }
            Event::SettingsChosen { account, settings } => {
                self.settings_chosen(*account, *settings);
            }
            Event::Started => self.live.started = Some(at),
            Event::TalkChosen { conn, room } => {
                let room = room.as_ref().map(|room| room.id);
                self.with_session(*conn, |session| session.talk = room);
            }
            Event::TokenMade {
                account,
                label,
                token,
            } => self.with_account_id(*account, |account| {
                account.tokens.insert(label.clone(), token.clone());
            }),
            Event::TokenRevoked { account, label } => self.token_revoked(*account, label),
            Event::TopicSet { room, by, text } => self.topic_set(room.id, by, text, at),
            Event::Unbanned {
                room, kind, mask, ..
            } => self.with_room(room.id, |room| {
                room.bans.remove(&(*kind, mask.clone()));
            }),
            Event::Unblocked { who, .. } => self.with_account(who, |account| account.block = None),
            Event::UserModesSet { who, modes, .. } => {
                self.live.user_modes.insert(who.nick.folded(), *modes);
            }
            Event::Visited { account } => {
                self.with_account_id(*account, |account| account.visited = true);
            }
            Event::WentAway { who, why } => self.went_away(who, why, at),
            Event::WidthChosen { conn, width } => {
                self.with_session(*conn, |session| session.screen.width = *width);
            }
        }
    }

    fn message_removed(&mut self, message: Number) {
        if self.live.removed.len() == REMOVED_MAX {
            self.live.removed.pop_front();
        }
        self.live.removed.push_back(message);
    }

    fn said(&mut self, spot: &Spot, by: &Who, number: Number, at: Time) {
        match spot {
            Spot::Private { with } => {
                if let Some(Place::Pair(low, high)) = spot.place(by) {
                    self.durable.conversations.insert((low, high), number);
                    self.durable.conversations.insert((high, low), number);
                }
                self.heard_privately(with, by);
            }
            Spot::Ranked { room, .. } => self.spoke(room.id, by, at),
            Spot::Room(room) => {
                self.with_room(room.id, |room| room.last = number);
                self.spoke(room.id, by, at);
            }
        }
    }
}

fn ban(by: &Who, at: Time, until: Option<Time>, why: &Option<Text>) -> Ban {
    Ban {
        by: by.nick.clone(),
        at,
        until,
        why: why.clone(),
    }
}
