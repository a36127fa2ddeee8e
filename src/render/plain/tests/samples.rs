//! One of everything that is shown.

use chinwag_grammar::{Mask, Nick, Number, RoomName, Time};

use crate::model::event::Speech;
use crate::model::person::Block;
use crate::model::{
    AccountId, BanKind, Event, Fact, Format, Modes, Rank, Role, RoomId, RoomRef, Screen, Spot,
    Text, Who,
};
use crate::render::{Class, Regard};

pub fn nick(name: &str) -> Nick {
    Nick::parse(name).unwrap()
}

pub fn who(id: u64, name: &str) -> Who {
    Who {
        account: Some(AccountId(id)),
        nick: nick(name),
    }
}

pub fn number(number: u64) -> Number {
    Number::new(number).unwrap()
}

pub fn lobby() -> RoomRef {
    RoomRef {
        id: RoomId(1),
        name: RoomName::parse("#lobby").unwrap(),
    }
}

pub fn fact(event: Event) -> Fact {
    Fact {
        number: event.is_numbered().then(|| number(1042)),
        at: Time::parse("2026-09-26T14:02:11.123Z").unwrap(),
        event,
    }
}

pub fn said(spot: Spot, speech: Speech, reply_to: Option<u64>, text: &str) -> Event {
    Event::Said {
        spot,
        by: who(1, "alice"),
        speech,
        reply_to: reply_to.map(number),
        tags: Vec::new(),
        text: text.into(),
    }
}

pub fn class(format: Format, regard: Regard) -> Class {
    let screen = Screen {
        format,
        ..Screen::default()
    };
    Class {
        screen,
        regard,
        irc: None,
    }
}

/// One of everything that is shown, with this text wherever there is one.
pub fn events(text: &str) -> Vec<Event> {
    let (alice, bob, room) = (who(1, "alice"), who(2, "bob"), lobby());
    let private = || Spot::Private {
        with: who(3, "carol"),
    };
    let text: Text = text.into();
    let why = || Some(text.clone());
    let mask = Mask::parse("bob").unwrap();
    let until = Time::parse("2026-09-26T16:00:00Z");
    let mut events = vec![
        Event::CameBack { who: bob.clone() },
        Event::Blocked {
            who: bob.clone(),
            by: alice.clone(),
            block: Block {
                until,
                by: alice.nick.clone(),
                why: why(),
            },
        },
        Event::Cleared {
            room: room.clone(),
            by: alice.clone(),
        },
        Event::Invited {
            room: room.clone(),
            who: bob.clone(),
            by: alice.clone(),
        },
        Event::Joined {
            room: room.clone(),
            who: bob.clone(),
            ranks: crate::model::Ranks::NONE,
        },
        Event::Kicked {
            room: room.clone(),
            who: bob.clone(),
            by: alice.clone(),
            why: why(),
        },
        Event::Left {
            room: room.clone(),
            who: bob.clone(),
            why: why(),
            gone: false,
        },
        Event::ModesSet {
            room: room.clone(),
            by: alice.clone(),
            modes: Modes::default(),
            change: text.clone(),
        },
        Event::OperatorsTold {
            by: alice.clone(),
            text: text.clone(),
        },
        Event::RoleSet {
            who: bob.clone(),
            by: alice.clone(),
            role: Role::Admin,
        },
        Event::RoomCreated {
            room: room.clone(),
            by: Some(alice.clone()),
            description: text.clone(),
            permanent: true,
        },
        Event::RoomRenamed {
            room: room.clone(),
            by: alice.clone(),
            name: RoomName::parse("#hall").unwrap(),
        },
        Event::ShuttingDown { why: text.clone() },
        Event::TopicSet {
            room: room.clone(),
            by: alice.clone(),
            text: text.clone(),
        },
        Event::Unblocked {
            who: bob.clone(),
            by: alice.clone(),
        },
        Event::WentAway {
            who: bob.clone(),
            why: text.clone(),
        },
    ];
    for kind in [
        BanKind::Ban,
        BanKind::Exception,
        BanKind::Invitation,
        BanKind::Mute,
    ] {
        events.push(Event::Banned {
            room: room.clone(),
            by: alice.clone(),
            kind,
            mask: mask.clone(),
            until,
            why: why(),
        });
        events.push(Event::Unbanned {
            room: room.clone(),
            by: alice.clone(),
            kind,
            mask: mask.clone(),
        });
    }
    let both = |rank| [(rank, true), (rank, false)];
    for (rank, given) in Rank::ALL.into_iter().flat_map(both) {
        events.push(Event::Ranked {
            room: room.clone(),
            who: bob.clone(),
            by: alice.clone(),
            rank,
            given,
        });
    }
    for lobby in [None, Some(room.clone())] {
        events.push(Event::RoomDropped {
            room: room.clone(),
            by: lobby.is_some().then(|| alice.clone()),
        });
        events.push(Event::Online {
            who: bob.clone(),
            lobby: lobby.clone(),
            rooms: Vec::new(),
        });
        events.push(Event::Offline {
            who: bob.clone(),
            lobby,
            why: why(),
            killed_by: None,
        });
    }
    for spot in [private(), Spot::Room(room)] {
        events.push(Event::Deleted {
            spot: spot.clone(),
            by: alice.clone(),
            message: number(7),
            author: bob.nick.clone(),
            why: why(),
        });
        for added in [true, false] {
            events.push(Event::Reacted {
                spot: spot.clone(),
                by: alice.clone(),
                message: number(7),
                reaction: text.clone(),
                added,
            });
        }
        for speech in [Speech::Action, Speech::Message, Speech::Notice] {
            for reply_to in [None, Some(7)] {
                events.push(said(spot.clone(), speech, reply_to, text.as_str()));
            }
        }
    }
    events
}
