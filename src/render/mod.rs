//! What everything looks like, as bytes: no clock, no socket. Connections of one class share what is rendered once.

pub mod irc;
pub mod plain;

use bytes::Bytes;
use chinwag_grammar::Nick;

use crate::hub::caps::Caps;
use crate::hub::index::Listener;
use crate::model::{Event, Fact, Format, RoomId, Screen, Spot, Who};

/// Everything that a rendered fact depends on, but for the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Class {
    /// What lines look like.
    pub screen: Screen,
    /// What the fact is to the reader.
    pub regard: Regard,
    /// What the reader's IRC client understands; absent in netcat.
    pub irc: Option<IrcClass>,
}

/// What a line of IRC depends on besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IrcClass {
    /// The capabilities that change the bytes.
    pub caps: Caps,
    /// The room that it is told for, where it is told once for each.
    pub room: Option<RoomId>,
    /// It names its reader: nobody shares it.
    pub personal: bool,
    /// It tells that somebody who is watched came or went.
    pub watched: bool,
}

/// Why a fact is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// It is the one that asked for it.
    pub asked: bool,
    /// It shares a room with whoever came or went; else it watches them alone.
    pub shares: bool,
}

/// What a fact is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Regard {
    /// Private to them, mentions them, or is about them.
    Addressed,
    /// Any other.
    Other,
    /// They did it themselves, in another session.
    Own,
}

/// A fact with what is the same for all of its readers, found once.
#[derive(Debug)]
pub struct Regarded<'a> {
    event: &'a Event,
    fact: &'a Fact,
    is_shown: bool,
    is_traffic: bool,
    /// Its words, where whoever is named in it is addressed.
    words: Vec<&'a str>,
}

impl<'a> Regarded<'a> {
    /// Takes a fact that may have many readers.
    #[must_use]
    pub fn of(fact: &'a Fact) -> Self {
        let mut words = Vec::new();
        if let Event::Said {
            spot: Spot::Ranked { .. } | Spot::Room(_),
            text,
            ..
        } = &fact.event
        {
            words.extend(text.words());
        }
        Self {
            event: &fact.event,
            fact,
            is_shown: plain::is_shown(fact),
            is_traffic: is_traffic(&fact.event),
            words,
        }
    }

    /// How it looks to a connection in netcat; nothing where it is not shown at all.
    #[must_use]
    pub fn class(&self, listener: &Listener) -> Option<Class> {
        if !self.is_shown {
            return None;
        }
        let settings = listener.screen.settings;
        let regard = self.regard(listener);
        if settings.quiet && regard == Regard::Other && self.is_traffic {
            return None;
        }
        let screen = match listener.screen.format {
            Format::Text => listener.screen,
            // Programs have no settings, so all of one format share their lines.
            format @ (Format::Json | Format::Line) => Screen {
                format,
                ..Screen::default()
            },
        };
        Some(Class {
            screen,
            regard,
            irc: None,
        })
    }

    /// How it looks to an IRC client: in no way, in one, or in one for each room.
    pub fn irc_classes(
        &self,
        listener: &Listener,
        caps: Caps,
        heard: Heard,
        mut tell: impl FnMut(Class),
    ) {
        let regard = self.regard(listener);
        irc::classes(self.fact, listener, caps, regard, heard, |class| {
            tell(Class {
                screen: Screen::default(),
                regard,
                irc: Some(class),
            });
        });
    }

    fn regard(&self, listener: &Listener) -> Regard {
        if self.event.actor().is_some_and(|who| is_me(who, listener)) {
            return Regard::Own;
        }
        let addressed = match self.event {
            Event::Said { spot, .. } => match spot {
                Spot::Private { .. } => true,
                Spot::Ranked { .. } | Spot::Room(_) => listener
                    .nick
                    .as_ref()
                    .is_some_and(|nick| self.words.iter().any(|word| nick.same(word))),
            },
            Event::Reacted { spot, .. } | Event::Signalled { spot, .. } => {
                matches!(spot, Spot::Private { .. })
            }
            Event::Deleted { author, spot, .. } => {
                matches!(spot, Spot::Private { .. }) || is_my_name(author, listener)
            }
            Event::Blocked { who, .. }
            | Event::Invited { who, .. }
            | Event::Kicked { who, .. }
            | Event::Ranked { who, .. }
            | Event::RoleSet { who, .. }
            | Event::Unblocked { who, .. } => is_me(who, listener),
            _ => false,
        };
        if addressed {
            Regard::Addressed
        } else {
            Regard::Other
        }
    }
}

/// How a fact looks to a single connection; nothing where it is not shown at all.
#[must_use]
pub fn class_of(fact: &Fact, listener: &Listener) -> Option<Class> {
    Regarded::of(fact).class(listener)
}

/// A fact as whole lines with their CRLF; nothing where it has no looks.
#[must_use]
pub fn fact(fact: &Fact, class: &Class, listener: &Listener, scene: irc::Scene<'_>) -> Bytes {
    Bytes::from(match &class.irc {
        Some(class) => irc::event(fact, class, listener, scene),
        None => plain::fact(fact, class),
    })
}

/// Whether people only come or go: what QUIET leaves out.
const fn is_traffic(event: &Event) -> bool {
    matches!(
        event,
        Event::CameBack { .. }
            | Event::Joined { .. }
            | Event::Left { .. }
            | Event::Offline { .. }
            | Event::Online { .. }
            | Event::WentAway { .. }
    )
}

fn is_me(who: &Who, listener: &Listener) -> bool {
    match (who.account, listener.account) {
        (Some(account), Some(me)) => account == me,
        (None, None) => is_my_name(&who.nick, listener),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn is_my_name(nick: &Nick, listener: &Listener) -> bool {
    listener
        .nick
        .as_ref()
        .is_some_and(|mine| mine.same(nick.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chinwag_grammar::{Number, RoomName, Time};

    use super::*;
    use crate::model::event::Speech;
    use crate::model::{AccountId, ConnId, RoomRef};

    fn who(id: u64, name: &str) -> Who {
        Who {
            account: Some(AccountId(id)),
            nick: Nick::parse(name).unwrap(),
        }
    }

    fn room() -> RoomRef {
        RoomRef {
            id: RoomId(1),
            name: RoomName::parse("#lobby").unwrap(),
        }
    }

    fn said(by: Who, spot: Spot, text: &str) -> Event {
        Event::Said {
            spot,
            by,
            speech: Speech::Message,
            reply_to: None,
            tags: Vec::new(),
            text: text.into(),
        }
    }

    fn alice() -> Listener {
        Listener {
            account: Some(AccountId(1)),
            limits: None,
            nick: Some(Nick::parse("alice").unwrap()),
            screen: Screen::default(),
            ignored: BTreeSet::new(),
            rooms: BTreeSet::new(),
            monitored: BTreeSet::new(),
        }
    }

    fn class(event: Event, listener: &Listener) -> Option<Class> {
        let fact = Fact {
            number: Number::new(7),
            at: Time::default(),
            event,
        };
        class_of(&fact, listener)
    }

    #[test]
    fn what_a_fact_is_to_its_reader() {
        let (me, bob) = (who(1, "alice"), who(2, "bob"));
        let there = || Spot::Room(room());
        let private = |with: &Who| Spot::Private { with: with.clone() };
        for (event, expected) in [
            (
                said(bob.clone(), there(), "hello, Alice!"),
                Regard::Addressed,
            ),
            (said(bob.clone(), there(), "malice"), Regard::Other),
            (said(bob.clone(), private(&me), "hi"), Regard::Addressed),
            (said(me.clone(), private(&bob), "hi"), Regard::Own),
            (said(me.clone(), there(), "alice"), Regard::Own),
            (
                Event::Invited {
                    room: room(),
                    who: me.clone(),
                    by: bob.clone(),
                },
                Regard::Addressed,
            ),
        ] {
            let shown = format!("{event:?}");
            assert_eq!(class(event, &alice()).unwrap().regard, expected, "{shown}");
        }
    }

    #[test]
    fn what_is_left_out() {
        let mut listener = alice();
        let joined = |id, name| Event::Joined {
            room: room(),
            who: who(id, name),
            ranks: crate::model::Ranks::NONE,
        };
        assert!(class(joined(2, "bob"), &listener).is_some());
        listener.screen.settings.quiet = true;
        assert_eq!(class(joined(2, "bob"), &listener), None);
        assert!(class(joined(1, "alice"), &listener).is_some());
        let conn = ConnId::CONSOLE;
        assert_eq!(class(Event::Disconnected { conn }, &listener), None);
    }

    #[test]
    fn programs_share_their_lines() {
        let mut listener = alice();
        listener.screen.format = Format::Line;
        let plain = class(said(who(2, "bob"), Spot::Room(room()), "x"), &listener);
        listener.screen.width = 80;
        listener.screen.settings.numbers = true;
        let other = class(said(who(2, "bob"), Spot::Room(room()), "x"), &listener);
        assert_eq!(plain, other);
    }
}
