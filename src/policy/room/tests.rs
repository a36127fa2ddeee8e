//! The policies of rooms, and who may delete there, on a small state that events have built.

use chinwag_grammar::{Mask, Nick, Number, Time};

use super::*;
use crate::config::Config;
use crate::model::credential::Verifier;
use crate::model::{AccountId, BanKind, Event, Meta, Modes, Place, Rank, Ranks, RoomRef};
use crate::policy::history;
use crate::secret::Secret;
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
        happen(
            &mut state,
            Event::Joined {
                room,
                who: who(id),
                ranks: if id == 1 { Ranks::FOUNDER } else { Ranks::NONE },
            },
        );
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

/// One of each rank, by its letters, and a member, a guest and an admin from outside, whose ranks are `-`, `g` and `!`.
#[test]
fn what_each_rank_may() {
    let mut state = state();
    let name = |letters: &str| match letters {
        "!" => who(0),
        "g" => Who {
            account: None,
            nick: Nick::parse("zoe").unwrap(),
        },
        letters => {
            let id = 10 + "-qaohv".find(letters).unwrap();
            Who {
                account: Some(AccountId(id as u64)),
                nick: Nick::parse(&format!("n{id}")).unwrap(),
            }
        }
    };
    for letters in ["-", "q", "a", "o", "h", "v"] {
        let ranks = Ranks::parse(letters).unwrap_or_default();
        let (room, who) = (ops(), name(letters));
        happen(&mut state, Event::Joined { room, who, ranks });
    }
    let room = room(&state);
    let all = ["!", "q", "a", "o", "h", "v", "-", "g"];
    let may = |by: &str, act: &dyn Fn(&Who) -> Result<(), Reply>| act(&name(by)).is_ok();
    let able = |act: &dyn Fn(&Who) -> Result<(), Reply>| -> String {
        all.into_iter().filter(|by| may(by, act)).collect()
    };
    assert_eq!(able(&|by| may_run(&state, by, room)), "!qao");
    assert_eq!(able(&|by| may_keep_order(&state, by, room)), "!qaoh");
    assert_eq!(able(&|by| may_drop(&state, by, room)), "!q");
    assert_eq!(able(&|by| may_clear(&state, by, room)), "!qao");
    for (whom, acting) in [
        ("q", "!q"),
        ("a", "!q"),
        ("o", "!qao"),
        ("h", "!qao"),
        ("v", "!qaoh"),
        ("-", "!qaoh"),
        ("g", "!qaoh"),
    ] {
        let whom = name(whom);
        let acts = able(&|by| may_act_on(&state, by, &whom, room));
        assert_eq!(acts, acting, "against {}", whom.nick);
    }
    for (rank, giving) in [
        (Rank::Founder, "!q"),
        (Rank::Protected, "!q"),
        (Rank::Operator, "!qao"),
        (Rank::Halfop, "!qao"),
        (Rank::Voice, "!qaoh"),
    ] {
        let member = name("-");
        let gives = able(&|by| may_rank(&state, by, &member, room, (rank, true)));
        assert_eq!(gives, giving, "{rank:?}");
        // Whoever has it may give it up; the highest alone take it from their like.
        let whom = name(&rank.letter().to_string());
        let takes = able(&|by| may_rank(&state, by, &whom, room, (rank, false)));
        let own = rank.letter();
        let expected: String = all
            .into_iter()
            .filter(|by| by.contains(own) || may_act_on(&state, &name(by), &whom, room).is_ok())
            .filter(|by| by.contains(own) || giving.contains(by))
            .collect();
        assert_eq!(takes, expected, "{rank:?}");
    }
}

#[test]
fn what_somebody_joins_as() {
    let mut state = state();
    assert_eq!(joins_as(&state, &who(1), room(&state)), Ranks::FOUNDER);
    assert_eq!(joins_as(&state, &who(3), room(&state)), Ranks::NONE);
    let lobby = state.room(RoomId(1)).unwrap();
    assert_eq!(joins_as(&state, &who(1), lobby), Ranks::NONE);
    let id = RoomId(3);
    let made = RoomRef {
        id,
        name: RoomName::parse("#tea").unwrap(),
    };
    let guest = Who {
        account: None,
        nick: Nick::parse("zoe").unwrap(),
    };
    let event = Event::RoomCreated {
        room: made.clone(),
        by: Some(guest.clone()),
        description: "".into(),
        permanent: false,
    };
    happen(&mut state, event);
    let tea = state.room(id).unwrap();
    assert_eq!(joins_as(&state, &guest, tea), Ranks::OPERATOR);
    assert_eq!(joins_as(&state, &who(1), tea), Ranks::OPERATOR);
    let (room, who_in, ranks) = (made, who(1), Ranks::NONE);
    let who = who_in.clone();
    happen(&mut state, Event::Joined { room, who, ranks });
    let tea = state.room(id).unwrap();
    assert_eq!(joins_as(&state, &guest, tea), Ranks::NONE);
    assert_eq!(joins_as(&state, &self::who(2), tea), Ranks::NONE);
}

#[test]
fn a_mask_says_whom() {
    let state = state();
    for (mask, told) in [
        ("*", "INVALID_PARAMS"),
        ("?*!*@**", "INVALID_PARAMS"),
        ("bob", ""),
        ("*!*@10.*", ""),
        ("a:bob", ""),
        ("a:*", "INVALID_PARAMS"),
        ("*!*@user/*", "INVALID_PARAMS"),
        ("*!bob@user/*", ""),
    ] {
        let mask = Mask::parse(mask).unwrap();
        assert_eq!(
            code(may_bar(&state, room(&state), (BanKind::Ban, &mask), NOW, 0)),
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
