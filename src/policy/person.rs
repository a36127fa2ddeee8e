//! Whom somebody finds in lists of everybody.

use crate::model::{Session, UserMode, Who};
use crate::policy::operator;
use crate::state::State;

/// Do they see this person in a list of everybody? Who is invisible is seen by operators, and by those in a room with them.
#[must_use]
pub fn may_find(state: &State, me: &Who, who: &Who) -> bool {
    if me == who || !state.user_modes(who).has(UserMode::Invisible) {
        return true;
    }
    let (mine, theirs) = (state.rooms_of(me), state.rooms_of(who));
    !mine.is_disjoint(&theirs) || operator::is_shown_as(state, me)
}

/// Do they learn from where this person is connected? Operators do, and everybody of themselves.
#[must_use]
pub fn may_see_connections(state: &State, session: &Session, me: &Who, who: &Who) -> bool {
    me == who || operator::is_operator(state, session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Ranks, RoomId, RoomRef, UserModes};
    use crate::policy::testing::World;

    #[test]
    fn who_is_invisible_is_found_in_shared_rooms_and_by_operators() {
        let mut world = World::new();
        for name in ["admin", "alice", "bob"] {
            world.enters(name);
        }
        let (admin, alice, bob) = (world.who("admin"), world.who("alice"), world.who("bob"));
        assert!(may_find(&world.state, &alice, &bob));
        world.happen(Event::UserModesSet {
            who: bob.clone(),
            modes: UserModes::parse("i"),
            change: "+i".into(),
        });
        assert!(!may_find(&world.state, &alice, &bob));
        assert!(may_find(&world.state, &bob, &bob) && may_find(&world.state, &admin, &bob));
        let room = RoomRef {
            id: RoomId(1),
            name: chinwag_grammar::RoomName::parse("#ops").unwrap(),
        };
        world.happen(Event::RoomCreated {
            room: room.clone(),
            by: None,
            description: "".into(),
            permanent: true,
        });
        for who in [&alice, &bob] {
            let (room, who, ranks) = (room.clone(), who.clone(), Ranks::NONE);
            world.happen(Event::Joined { room, who, ranks });
        }
        assert!(may_find(&world.state, &alice, &bob));
    }
}
