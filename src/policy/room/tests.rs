//! The policies of rooms, and who may delete there, on a small state that events have built.

use chinwag_grammar::{Nick, Number};

use super::*;
use crate::config::Config;
use crate::model::credential::Verifier;
use crate::model::{AccountId, Event, Meta, Modes, Place, RoomId, RoomRef};
use crate::policy::history;
use crate::state::Durable;

const NOW: Time = Time::from_millis(1_000_000);

fn who(id: u64) -> Who {
    let nick = ["admin", "alice", "bob", "carol"][usize::try_from(id).unwrap()];
    Who {
        account: Some(AccountId(id)),
        nick: Nick::parse(nick).unwrap(),
    }
}

fn ops() -> RoomRef {
    RoomRef {
        id: RoomId(2),
        name: RoomName::parse("#ops").unwrap(),
    }
}

fn happen(state: &mut State, event: Event) {
    let fact = state.fact(NOW, event);
    state.apply(&fact);
}

/// The admin 0; alice, who made #ops and runs it; bob, who is in it; carol, who is not. The lobby is room 1.
fn state() -> State {
    let rules = crate::server::rules(&Config::load(None, []).unwrap());
    let lobby = RoomRef {
        id: RoomId(1),
        name: rules.lobby.clone(),
    };
    let mut state = State::new(Durable {
        rules: Some(Box::new(rules)),
        ..Durable::default()
    });
    for id in 0..4 {
        let role = if id == 0 { Role::Admin } else { Role::User };
        let registered = Event::Registered {
            who: who(id),
            hashed: Verifier::from_phc(String::new()).into(),
            email: None,
            role,
            initial_password: false,
            recovery: Vec::new(),
        };
        happen(&mut state, registered);
    }
    for (room, by) in [(lobby, None), (ops(), Some(who(1)))] {
        let made = Event::RoomCreated {
            room,
            by,
            description: "".into(),
            permanent: true,
        };
        happen(&mut state, made);
    }
    for id in [1, 2] {
        let room = ops();
        happen(&mut state, Event::Joined { room, who: who(id) });
    }
    state
}

fn with_modes(modes: Modes) -> State {
    let mut state = state();
    let set = Event::ModesSet {
        room: ops(),
        by: who(1),
        modes,
        change: "".into(),
    };
    happen(&mut state, set);
    state
}

fn banned(state: &mut State, kind: BanKind, mask: &str, until: Option<Time>) {
    let ban = Event::Banned {
        room: ops(),
        by: who(1),
        kind,
        mask: Mask::parse(mask).unwrap(),
        until,
        why: None,
    };
    happen(state, ban);
}

fn room(state: &State) -> &Room {
    state.room(RoomId(2)).unwrap()
}

fn code(result: Result<(), Reply>) -> &'static str {
    result.err().and_then(|why| why.code()).unwrap_or("")
}

fn joins(state: &State, id: u64, key: Option<&str>) -> &'static str {
    let key = key.map(Secret::from);
    code(may_join(state, &who(id), room(state), key.as_ref(), NOW))
}

#[test]
fn who_comes_in() {
    assert_eq!(joins(&state(), 3, None), "");
    let mut invited = with_modes(Modes {
        invite_only: true,
        ..Modes::default()
    });
    assert_eq!(joins(&invited, 3, None), "INVITE_ONLY");
    assert_eq!(joins(&invited, 0, None), "", "an admin");
    let invitation = Event::Invited {
        room: ops(),
        who: who(3),
        by: who(1),
    };
    happen(&mut invited, invitation);
    assert_eq!(joins(&invited, 3, None), "");
    let keyed = with_modes(Modes {
        key: Some("sesame".to_owned()),
        ..Modes::default()
    });
    for (key, told) in [
        (None, "BAD_KEY"),
        (Some("sesam"), "BAD_KEY"),
        (Some("sesame"), ""),
    ] {
        assert_eq!(joins(&keyed, 3, key), told, "{key:?}");
    }
    let full = with_modes(Modes {
        limit: Some(2),
        ..Modes::default()
    });
    assert_eq!(joins(&full, 3, None), "ROOM_FULL");
}

#[test]
fn a_ban_ends_with_its_time_and_fits_in_any_case() {
    let later = Time::from_millis(NOW.millis() + 1);
    for (mask, until, told) in [
        ("CAROL", None, "BANNED"),
        ("carol", Some(later), "BANNED"),
        ("carol", Some(NOW), ""),
        ("*!*@a*", None, ""),
        ("bob", None, ""),
    ] {
        let mut state = state();
        banned(&mut state, BanKind::Ban, mask, until);
        assert_eq!(joins(&state, 3, None), told, "{mask} {until:?}");
    }
}

#[test]
fn who_speaks() {
    let speaks = |state: &State, id| code(may_speak(state, &who(id), room(state), NOW));
    assert_eq!(
        [1, 2, 3].map(|id| speaks(&state(), id)),
        ["", "", "NOT_IN_ROOM"]
    );
    let moderated = with_modes(Modes {
        moderated: true,
        ..Modes::default()
    });
    assert_eq!([1, 2].map(|id| speaks(&moderated, id)), ["", "MODERATED"]);
    for kind in [BanKind::Ban, BanKind::Mute] {
        let mut state = state();
        banned(&mut state, kind, "*!*@*", None);
        assert_eq!([1, 2].map(|id| speaks(&state, id)), ["", "MUTED"]);
    }
}

#[test]
fn who_runs_a_room() {
    let state = state();
    let (ops, lobby) = (room(&state), state.room(RoomId(1)).unwrap());
    let asked = [0, 1, 2, 3].map(|id| {
        let who = who(id);
        let runs = may_run(&state, &who, ops).is_ok();
        assert_eq!(may_drop(&state, &who, ops).is_ok(), runs);
        assert_eq!(may_clear(&state, &who, ops).is_ok(), runs);
        assert_eq!(may_clear(&state, &who, lobby).is_ok(), id == 0);
        runs
    });
    assert_eq!(asked, [true, true, false, false]);
    assert_eq!(code(may_change(&state, lobby)), "NO_PERMISSION");
}

#[test]
fn a_mask_says_whom() {
    let state = state();
    for (mask, told) in [
        ("*", "INVALID_PARAMS"),
        ("?*!*@**", "INVALID_PARAMS"),
        ("bob", ""),
        ("*!*@10.*", ""),
    ] {
        let mask = Mask::parse(mask).unwrap();
        assert_eq!(
            code(may_bar(&state, room(&state), &mask, NOW)),
            told,
            "{mask}"
        );
    }
}

#[test]
fn who_deletes() {
    let state = state();
    let message = |place, author| Meta {
        number: Number::new(99).unwrap(),
        place,
        author: Some(AccountId(author)),
        nick: who(author).nick,
        reactions: Vec::new(),
    };
    let in_ops = message(Place::Room(RoomId(2)), 2);
    let may = |id, meta: &Meta| {
        history::may_moderate(&state, &who(id), meta)
            && history::may_delete(&state, &who(id), meta).is_ok()
    };
    assert_eq!(
        [0, 1, 2, 3].map(|id| may(id, &in_ops)),
        [true, true, true, false]
    );
    let private = message(Place::between(AccountId(1), AccountId(2)), 2);
    assert_eq!(
        [0, 1, 2, 3].map(|id| may(id, &private)),
        [false, false, true, false]
    );
}
