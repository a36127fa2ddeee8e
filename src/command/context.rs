//! What a command decides with: it reads the state, and changes it by emitting events, never otherwise.

use std::sync::Arc;

use chinwag_grammar::{Folded, Nick, Number, RoomName, Time};

use super::errand::Found;
use super::irc;
use crate::effect::{Audience, Effect, Note};
use crate::model::person::{Notification, NotificationKind};
use crate::model::{
    Account, AccountId, ConnId, Door, Event, Meta, Place, Room, Rules, Session, Spot, Text, Who,
};
use crate::policy;
use crate::reply::{Reply, Row};
use crate::state::State;

/// What a command decides with.
pub struct Context<'a> {
    state: &'a mut State,
    effects: &'a mut Vec<Effect>,
    afterwards: Vec<Effect>,
    /// When it is.
    pub now: Time,
    /// Who asks; `ConnId::CONSOLE` for the command line.
    pub conn: ConnId,
    /// Whether the disk is too full to write: what is not asked for is left out then.
    pub full: bool,
    found: Option<Found>,
}

impl<'a> Context<'a> {
    /// A context for one command.
    pub fn new(
        state: &'a mut State,
        effects: &'a mut Vec<Effect>,
        now: Time,
        conn: ConnId,
        found: Option<Found>,
    ) -> Self {
        Self {
            state,
            effects,
            afterwards: Vec::new(),
            now,
            conn,
            full: false,
            found,
        }
    }

    // ---- reading

    /// What the server knows.
    #[must_use]
    pub const fn state(&self) -> &State {
        self.state
    }

    /// The part of the configuration that decisions read.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        self.state.rules()
    }

    /// The session that asks.
    ///
    /// # Panics
    /// For the console, which runs no commands of sessions.
    #[must_use]
    pub fn session(&self) -> &Session {
        self.state
            .session(self.conn)
            .expect("the machine runs commands of sessions that are there")
    }

    /// Who asks.
    ///
    /// # Errors
    /// Where nobody has said who it is.
    pub fn me(&self) -> Result<Who, Reply> {
        self.state.who(self.conn).ok_or(Reply::NotLoggedIn)
    }

    /// The account that asks.
    ///
    /// # Errors
    /// For guests, and where nobody has said who it is.
    pub fn account(&self) -> Result<&Account, Reply> {
        let me = self.me()?;
        me.account
            .and_then(|id| self.state.account(id))
            .ok_or(Reply::NeedAccount)
    }

    /// A room that the asker may know of.
    ///
    /// # Errors
    /// Where there is none.
    pub fn room(&self, name: &RoomName) -> Result<&Room, Reply> {
        let me = self.state.who(self.conn);
        let room = self
            .state
            .room_named(name)
            .filter(|room| policy::room::may_know(self.state, me.as_ref(), room))
            .ok_or_else(|| Reply::NoSuchRoom { room: name.clone() })?;
        self.may_use(room)?;
        Ok(room)
    }

    /// A room that the asker is in; without a name, the one where every line is said, or the lobby.
    ///
    /// # Errors
    /// Where there is none, or the asker is not in it.
    pub fn my_room(&self, name: Option<&RoomName>) -> Result<&Room, Reply> {
        let room = match name {
            Some(name) => self.room(name)?,
            None => self.here()?,
        };
        let me = self.me()?;
        if !self.state.is_in(&me, room) {
            return Err(Reply::NotInRoom {
                room: room.name.clone(),
            });
        }
        Ok(room)
    }

    /// A room that the asker may look into: being in it, or keeping order there from outside.
    ///
    /// # Errors
    /// As above.
    pub fn seen_room(&self, name: Option<&RoomName>) -> Result<&Room, Reply> {
        let room = match name {
            Some(name) => self.room(name)?,
            None => self.here()?,
        };
        if policy::room::may_keep_order(self.state, &self.me()?, room).is_ok() {
            return Ok(room);
        }
        self.my_room(name)
    }

    /// The room where every line is said, or the lobby.
    ///
    /// # Errors
    /// Never in practice: the lobby is always there.
    pub fn here(&self) -> Result<&Room, Reply> {
        let talk = self.session().talk.and_then(|id| self.state.room(id));
        let lobby = &self.rules().lobby;
        let room = talk
            .or_else(|| self.state.room_named(lobby))
            .ok_or_else(|| Reply::NoSuchRoom {
                room: lobby.clone(),
            })?;
        self.may_use(room)?;
        Ok(room)
    }

    /// A token for certain rooms is held to them by every way to a room.
    fn may_use(&self, room: &Room) -> Result<(), Reply> {
        match self.state.session(self.conn) {
            Some(session) => policy::room::may_use_token(session, room.id),
            None => Ok(()),
        }
    }

    /// An account, there or not, or a guest who is there.
    ///
    /// # Errors
    /// Where there is nobody of that name.
    pub fn person(&self, nick: &Nick) -> Result<Who, Reply> {
        self.state
            .person_named(&nick.folded())
            .ok_or_else(|| Reply::NoSuchNick { nick: nick.clone() })
    }

    /// An account by its name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn account_named(&self, nick: &Nick) -> Result<&Account, Reply> {
        self.state
            .account_named(&nick.folded())
            .ok_or_else(|| Reply::NoSuchAccount { nick: nick.clone() })
    }

    /// What came of the errand; taken once.
    pub const fn found(&mut self) -> Option<Found> {
        self.found.take()
    }

    /// The message that the errand looked up, if the asker may read it and it has not been removed meanwhile.
    ///
    /// # Errors
    /// One and the same for a number that is absent, removed or not to be read.
    pub fn message(&mut self, number: Number) -> Result<Meta, Reply> {
        self.message_if(number, policy::history::may_read)
    }

    /// The same, if the asker may look at it in order to remove it.
    ///
    /// # Errors
    /// One and the same for a number that is absent, removed or not theirs to look at.
    pub fn message_to_delete(&mut self, number: Number) -> Result<Meta, Reply> {
        self.message_if(number, policy::history::may_moderate)
    }

    fn message_if(
        &mut self,
        number: Number,
        may: impl Fn(&State, &Who, &Meta) -> bool,
    ) -> Result<Meta, Reply> {
        let unknown = Reply::UnknownMessage { number };
        let Some(Found::Message { meta: Some(meta) }) = self.found() else {
            return Err(unknown);
        };
        let me = self.me()?;
        let gone = self.state.live().removed.contains(&number)
            || !policy::history::token_reaches(self.state, self.session(), meta.place);
        if gone || !may(self.state, &me, &meta) {
            return Err(unknown);
        }
        Ok(meta)
    }

    // ---- deciding

    /// Lets an event happen: it is applied, and will be stored and told. Answers the number it took, or else the last one.
    pub fn emit(&mut self, event: Event) -> Number {
        let to = super::audience::of(self.state, &event);
        let answered = self.conn != ConnId::CONSOLE && !self.puts_out(&event);
        let except = answered.then_some(self.conn);
        let fact = self.state.fact(self.now, event);
        self.state.apply(&fact);
        let fact = Arc::new(fact);
        self.effects.push(Effect::Fact {
            fact: Arc::clone(&fact),
            audience: Audience { to, except },
        });
        irc::show_rooms(self, &fact.event);
        self.state.last()
    }

    /// Whoever puts somebody else out sees them go: the answer does not tell it.
    fn puts_out(&self, event: &Event) -> bool {
        let (Event::Left { who, .. } | Event::Offline { who, .. }) = event else {
            return false;
        };
        self.state.who(self.conn).is_some_and(|me| me != *who)
    }

    /// A secret tried for that name was wrong: it is counted, and this is the refusal.
    pub fn failed(&mut self, name: &Folded, refusal: Reply) -> Reply {
        let network = self.session().origin.network.clone();
        let name = name.clone();
        self.emit(Event::LoginFailed { name, network });
        refusal
    }

    /// Writes into the audit log.
    pub fn audit(&mut self, text: &str) {
        let (by, door) = match self.state.who(self.conn) {
            Some(who) => (who.nick, self.session().origin.door),
            None => (super::console_nick(), Door::Console),
        };
        self.emit(Event::Audited {
            by,
            door,
            text: text.into(),
        });
    }

    /// Lets an account that is not there, or away, know later.
    pub fn notify(
        &mut self,
        account: AccountId,
        number: Number,
        kind: NotificationKind,
        place: Option<Place>,
    ) {
        let attentive =
            self.state.is_present(account) && !self.state.live().away.contains_key(&account);
        if !attentive {
            self.notify_always(account, number, kind, place);
        }
    }

    /// Lets an account know later, whether it is there or not.
    pub fn notify_always(
        &mut self,
        account: AccountId,
        number: Number,
        kind: NotificationKind,
        place: Option<Place>,
    ) {
        if self.state.account(account).is_none() {
            return;
        }
        self.emit(Event::Notified {
            account,
            number,
            notification: Notification { kind, place },
        });
    }

    /// An effect of now.
    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// A row of the answer.
    pub fn row(&mut self, row: Row) {
        self.effects.push(Effect::Row {
            conn: self.conn,
            row,
        });
    }

    /// A line for people, after the answer.
    pub fn note(&mut self, note: Note) {
        self.after(Effect::Note {
            conn: self.conn,
            note,
        });
    }

    /// Ends a connection, after the answer.
    pub fn close(&mut self, conn: ConnId) {
        self.after(Effect::Close { conn });
    }

    /// Where a message stands, as somebody who may read it names it.
    #[must_use]
    pub fn spot(&self, message: &Meta, me: &Who) -> Option<Spot> {
        match message.place {
            Place::Pair(..) => {
                let other = message.place.other(me.account?)?;
                let with = self.state.account(other)?.who();
                Some(Spot::Private { with })
            }
            Place::Room(id) => self.state.room(id).map(|room| Spot::Room(room.to_ref())),
        }
    }

    /// An effect that comes after the answer.
    pub fn after(&mut self, effect: Effect) {
        self.afterwards.push(effect);
    }

    /// What comes after the answer.
    pub(crate) fn finish(self) -> Vec<Effect> {
        self.afterwards
    }

    /// Removes a room that is temporary and deserted, history included.
    pub fn end_if_deserted(&mut self, room: crate::model::RoomId) {
        let Some(room) = self.state.room(room) else {
            return;
        };
        if !room.permanent && self.state.is_deserted(room) {
            let room = room.to_ref();
            self.emit(Event::RoomDropped { room, by: None });
        }
    }

    /// `: why`, or nothing: for words that end in a reason.
    #[must_use]
    pub fn because(why: Option<&Text>) -> Text {
        why.map_or_else(|| "".into(), |why| format!(": {why}").into())
    }
}
