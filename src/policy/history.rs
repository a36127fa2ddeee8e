//! Who may read what was said.

use super::room::may_use_token;
use crate::model::session::TokenLimits;
use crate::model::{Meta, Place, Session, Who};
use crate::reply::Reply;
use crate::state::State;

/// May anybody read what was said before they came?
///
/// # Errors
/// Where the server does not show it.
pub fn may_browse(state: &State) -> Result<(), Reply> {
    if state.rules().history {
        return Ok(());
    }
    Err(Reply::HistoryOff)
}

/// May this session look at a place? Those may who are in it; a token for certain rooms looks at those alone.
///
/// # Errors
/// Why not.
pub fn may_look(state: &State, session: &Session, who: &Who, place: Place) -> Result<(), Reply> {
    match place {
        Place::Pair(..) => {
            let id = who.account.ok_or(Reply::NeedAccount)?;
            if !token_reaches(state, session, place) || place.other(id).is_none() {
                return Err(Reply::CannotPostThere);
            }
            Ok(())
        }
        Place::Room(id) => {
            let room = state.room(id).ok_or(Reply::NotLoggedIn)?;
            if !state.is_in(who, room) {
                return Err(Reply::NotInRoom {
                    room: room.name.clone(),
                });
            }
            may_use_token(session, room.id)
        }
    }
}

/// Does a session with such a token hear a place that its account is in? Without a token it hears all of them.
#[must_use]
pub fn hears(state: &State, limits: Option<&TokenLimits>, place: Place) -> bool {
    let Some(limits) = limits else {
        return true;
    };
    match place {
        Place::Pair(..) => limits.hears_people(),
        Place::Room(id) => state
            .room(id)
            .is_some_and(|room| limits.hears_room(room.id)),
    }
}

/// Is that place one of those the session's token is for?
#[must_use]
pub fn token_reaches(state: &State, session: &Session, place: Place) -> bool {
    let Some(limits) = session.limits() else {
        return true;
    };
    match place {
        Place::Pair(..) => limits.is_everywhere(),
        Place::Room(id) => state
            .room(id)
            .is_some_and(|room| may_use_token(session, room.id).is_ok()),
    }
}

/// May they read that message? In private the two of them; in a room those who are in it, if it was not cleared since.
#[must_use]
pub fn may_read(state: &State, who: &Who, message: &Meta) -> bool {
    match message.place {
        Place::Pair(..) => who
            .account
            .is_some_and(|id| message.place.other(id).is_some()),
        Place::Room(id) => state
            .room(id)
            .is_some_and(|room| state.is_in(who, room) && message.number > room.cleared_to),
    }
}

/// May they look at it in order to remove it? Admins answer for rooms that they are not in as well.
#[must_use]
pub fn may_moderate(state: &State, who: &Who, message: &Meta) -> bool {
    let cleared_to = match message.place {
        Place::Pair(..) => None,
        Place::Room(id) => state.room(id).map(|room| room.cleared_to),
    };
    may_read(state, who, message)
        || cleared_to.is_some_and(|to| message.number > to) && super::room::is_admin(state, who)
}

/// May they remove that message, which they can read? Authors their own; room operators those of their room; admins
/// those of every room.
///
/// # Errors
/// Why not.
pub fn may_delete(state: &State, who: &Who, message: &Meta) -> Result<(), Reply> {
    if who.account.is_some() && message.author == who.account {
        return Ok(());
    }
    match message.place {
        Place::Pair(..) => Err(Reply::NoPermission {
            need: "a private message is removed by who wrote it",
        }),
        Place::Room(id) => match state.room(id) {
            Some(room) => super::room::may_run(state, who, room),
            None => Err(Reply::UnknownMessage {
                number: message.number,
            }),
        },
    }
}

#[cfg(test)]
mod tests {
    use chinwag_grammar::{Nick, Number, RoomName, Time};

    use super::*;
    use crate::config::Config;
    use crate::model::person::Scope;
    use crate::model::session::Person;
    use crate::model::session::TokenLimits;
    use crate::model::{AccountId, ConnId, Door, Event, Origin, RoomId, RoomRef, Screen};
    use crate::state::Durable;

    const ALICE: AccountId = AccountId(1);

    fn room(id: u64, name: &str) -> RoomRef {
        RoomRef {
            id: RoomId(id),
            name: RoomName::parse(name).unwrap(),
        }
    }

    fn alice() -> Who {
        Who {
            account: Some(ALICE),
            nick: Nick::parse("alice").unwrap(),
        }
    }

    /// Two rooms, of which alice is in both, and a third that she is not in.
    fn state() -> State {
        let rules = crate::server::rules(&Config::load(None, []).unwrap());
        let mut state = State::new(Durable {
            rules: Some(Box::new(rules)),
            ..Durable::default()
        });
        for (id, name) in [(1, "#tea"), (2, "#ops"), (3, "#staff")] {
            let mut happen = |event| state.apply(&state.fact(Time::from_millis(0), event));
            happen(Event::RoomCreated {
                room: room(id, name),
                by: None,
                description: "".into(),
                permanent: true,
            });
            if id < 3 {
                happen(Event::Joined {
                    room: room(id, name),
                    who: alice(),
                    ranks: crate::model::Ranks::NONE,
                });
            }
        }
        state
    }

    fn session(rooms: Option<&[u64]>) -> Session {
        let named = |rooms: &[u64]| rooms.iter().map(|id| room(*id, "#was")).collect();
        let limits = TokenLimits {
            label: "ci".to_owned(),
            rooms: rooms.map(named),
            scope: Scope::Read,
        };
        Session {
            conn: ConnId::new(0, 1),
            origin: Origin {
                door: Door::Netcat,
                host: "127.0.0.1".into(),
                network: "127.0.0.1".into(),
                loopback: true,
                tls: false,
                certificate: None,
            },
            since: Time::from_millis(0),
            person: Person::Account {
                id: ALICE,
                limits: Some(limits),
            },
            authenticated: None,
            scram: None,
            admitted: true,
            real_name: None,
            screen: Screen::default(),
            talk: None,
            last_private: None,
            pending: std::collections::BTreeSet::new(),
            login_number: Number::default(),
        }
    }

    #[test]
    fn a_token_for_certain_rooms_looks_at_those_alone() {
        let state = state();
        let pair = Place::between(ALICE, AccountId(2));
        let others = Place::between(AccountId(2), AccountId(3));
        let [tea, ops, staff] = [1, 2, 3].map(|id| Place::Room(RoomId(id)));
        for (rooms, place, allowed) in [
            (None, tea, true),
            (None, pair, true),
            (None, others, false),
            (None, staff, false),
            (Some(&[1][..]), tea, true),
            (Some(&[1]), ops, false),
            (Some(&[1]), pair, false),
            (Some(&[]), tea, false),
            (Some(&[]), pair, false),
            (Some(&[9]), tea, false),
            (Some(&[3]), staff, false),
        ] {
            let may = may_look(&state, &session(rooms), &alice(), place);
            assert_eq!(may.is_ok(), allowed, "{rooms:?} {place:?}");
        }
    }
}
