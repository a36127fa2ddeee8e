//! The IRC dialect: what happened and what is answered, as lines of modern IRC and IRCv3.
//!
//! - `line`: a line put together.
//! - `event`: what happened, for those who hear it.
//! - `in_rooms`: the part of that which is about rooms.
//! - `operators`: what operators do, and modes of people.
//! - `said`: messages: broken into lines, or a batch of them.
//! - `answer`: what a command is answered with.
//! - `row`: rows of answers: numerics, rooms that are entered, and everything else as notices.

mod answer;
mod event;
mod in_rooms;
pub mod line;
mod operators;
mod row;
mod said;

use chinwag_grammar::Nick;

use crate::hub::caps::{Cap, Caps};
use crate::hub::index::Listener;
use crate::model::{Event, Fact, Spot, Who};

use super::{Heard, IrcClass, Regard};

pub use answer::{Asked, To, notice, reply};
pub use event::event;
pub use row::{note, row};

/// The capabilities that change the bytes of a line; all others only decide whether it is told at all.
const BYTES: Caps = Caps::of(&[
    Cap::AccountTag,
    Cap::Batch,
    Cap::ChannelRename,
    Cap::ExtendedJoin,
    Cap::MessageRedaction,
    Cap::MessageTags,
    Cap::Multiline,
    Cap::ServerTime,
]);

/// The server itself, as far as lines name it.
#[derive(Clone, Copy, Debug)]
pub struct Server<'a> {
    /// Its name.
    pub name: &'a str,
}

/// What a fact does not say itself, and its line does.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The server.
    pub server: Server<'a>,
    /// What whoever it is about calls themselves in full.
    pub real_name: &'a str,
    /// Whoever did it is a program.
    pub by_bot: bool,
}

/// How facts of a history look: all of them are told, one's own too.
#[must_use]
pub fn history(caps: Caps) -> IrcClass {
    IrcClass {
        caps: caps.and(BYTES),
        room: None,
        personal: true,
        watched: false,
    }
}

/// How a fact looks to a listener who speaks IRC: nothing, or once for each room that the two share.
pub fn classes(
    fact: &Fact,
    listener: &Listener,
    caps: Caps,
    regard: Regard,
    Heard { asked, shares }: Heard,
    mut tell: impl FnMut(IrcClass),
) {
    let own = regard == Regard::Own;
    let plainly = IrcClass {
        caps: caps.and(BYTES),
        room: None,
        personal: false,
        watched: false,
    };
    let personally = IrcClass {
        personal: true,
        ..plainly
    };
    watched(fact, listener, personally, &mut tell);
    match &fact.event {
        // Whoever watches them alone is told so, and no more but with extended-monitor.
        Event::Online { .. } | Event::Offline { .. } if !shares => {}
        Event::CameBack { .. } | Event::RealNamed { .. } | Event::WentAway { .. }
            if !shares && !caps.has(Cap::ExtendedMonitor) => {}
        Event::ReadMarked { .. } if asked || !caps.has(Cap::ReadMarker) => {}
        // Whoever comes in is shown the room whole, by the answer.
        Event::Joined { .. } | Event::Online { .. } if own => {}
        Event::Online { rooms, .. } => {
            for (room, _) in rooms
                .iter()
                .filter(|(room, _)| listener.rooms.contains(&room.id))
            {
                tell(IrcClass {
                    room: Some(room.id),
                    ..plainly
                });
            }
        }
        // Whoever writes to themselves hears it as anybody would; all others need echo-message for what is their own.
        Event::Said { spot, by, .. } | Event::Signalled { spot, by, .. }
            if own && asked && !caps.has(Cap::EchoMessage) && !is_to(spot, by) => {}
        Event::Left { gone: true, .. } => {}
        Event::CameBack { .. } | Event::WentAway { .. } => {
            if !own && caps.has(Cap::AwayNotify) {
                tell(plainly);
            }
        }
        Event::RealNamed { .. } => {
            if caps.has(Cap::SetName) {
                tell(plainly);
            }
        }
        Event::Deleted { .. } if !caps.has(Cap::MessageRedaction) && own && asked => {}
        // The answer says it.
        Event::Invited { .. } if own => {}
        Event::Blocked { .. }
        | Event::RoleSet { .. }
        | Event::RoomDropped { .. }
        | Event::ShuttingDown { .. }
        | Event::Unblocked { .. } => {
            if !asked || matches!(fact.event, Event::RoomDropped { .. }) {
                tell(personally);
            }
        }
        Event::RoomRenamed { .. } => {
            let renames = caps.has(Cap::ChannelRename);
            tell(if renames { plainly } else { personally });
        }
        _ => tell(plainly),
    }
}

fn is_to(spot: &Spot, who: &Who) -> bool {
    matches!(spot, Spot::Private { with } if with == who)
}

/// Somebody who is watched comes or goes (MONITOR).
fn watched(fact: &Fact, listener: &Listener, class: IrcClass, tell: &mut impl FnMut(IrcClass)) {
    let (Event::GuestEntered { who, .. } | Event::Offline { who, .. } | Event::Online { who, .. }) =
        &fact.event
    else {
        return;
    };
    if listener.monitored.contains(&who.nick.folded()) {
        tell(IrcClass {
            watched: true,
            ..class
        });
    }
}

/// The nick that numerics are addressed to.
#[must_use]
pub fn addressed(nick: Option<&Nick>) -> &str {
    nick.map_or("*", Nick::as_str)
}
