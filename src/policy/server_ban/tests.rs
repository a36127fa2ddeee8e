//! Whom bans of the server keep out, and which may stand.

use super::*;
use crate::model::{ConnId, Event};
use crate::policy::testing::{NOW, World, code};

fn target(word: &str) -> BanTarget {
    BanTarget::meant(word).unwrap()
}

fn banned(world: &mut World, word: &str, until: Option<Time>) {
    let by = world.who("admin");
    let target = target(word);
    let why = Some("spam".into());
    world.happen(Event::ServerBanned {
        target,
        by,
        until,
        why,
    });
}

fn is_kept_out(world: &World, conn: ConnId) -> bool {
    let session = world.state.session(conn).unwrap();
    let who = world.state.who(conn);
    code(may_be_here(&world.state, session, who.as_ref(), NOW)) == "BANNED"
}

#[test]
fn whom_each_kind_keeps_out() {
    for (word, nobody, alice) in [
        ("192.0.2.7", true, true),
        ("192.0.2.0/24", true, true),
        ("192.0.3.0/24", false, false),
        ("alice", false, true),
        ("bob", false, false),
        ("alice!*@*", false, true),
        ("*@192.0.2.*", false, true),
        ("*@user/alice", false, true),
        ("b*", false, false),
    ] {
        let mut world = World::new();
        let conns = [world.connects("192.0.2.7"), world.enters("alice")];
        banned(&mut world, word, None);
        let kept_out = conns.map(|conn| is_kept_out(&world, conn));
        assert_eq!(kept_out, [nobody, alice], "{word}");
    }
}

#[test]
fn what_has_run_out_keeps_nobody_out() {
    let mut world = World::new();
    let alice = world.enters("alice");
    banned(&mut world, "alice", Some(NOW));
    assert!(!is_kept_out(&world, alice));
    banned(
        &mut world,
        "alice",
        Some(Time::from_millis(NOW.millis() + 1)),
    );
    assert!(is_kept_out(&world, alice));
}

#[test]
fn operators_and_this_machine_stay() {
    let mut world = World::new();
    let (admin, alice, bob) = (
        world.enters("admin"),
        world.enters("alice"),
        world.enters("bob"),
    );
    world.opers(alice);
    let local = world.connects("127.0.0.1");
    banned(&mut world, "192.0.2.0/24", None);
    banned(&mut world, "127.0.0.0/8", None);
    let kept_out = [admin, alice, bob, local].map(|conn| is_kept_out(&world, conn));
    assert_eq!(kept_out, [false, false, true, false]);
}

#[test]
fn what_may_stand() {
    let mut world = World::new();
    let alice = world.enters("alice");
    world.opers(alice);
    let stands = |world: &World, word: &str| {
        let session = world.state.session(alice).unwrap();
        code(may_stand(&world.state, session, &target(word), NOW))
    };
    for (word, refused) in [
        ("bob", ""),
        ("198.51.100.0/24", ""),
        ("*@198.51.100.*", ""),
        ("nobody", "NO_SUCH_ACCOUNT"),
        ("admin", "NO_PERMISSION"),
        ("alice", "INVALID_PARAMS"),
        ("a*!*@*", "INVALID_PARAMS"),
        ("192.0.0.0/16", "INVALID_PARAMS"),
        ("*!*@*", "INVALID_PARAMS"),
        ("*!*@*.*", "INVALID_PARAMS"),
        ("0.0.0.0/0", "INVALID_PARAMS"),
        ("2000::/3", "INVALID_PARAMS"),
        ("127.0.0.1", "INVALID_PARAMS"),
        ("::1", "INVALID_PARAMS"),
    ] {
        assert_eq!(stands(&world, word), refused, "{word}");
    }
    let mut rules = world.state.rules().clone();
    rules.server_bans = 1;
    let rules = Box::new(rules);
    world.happen(Event::Configured { rules });
    banned(&mut world, "bob", None);
    assert_eq!(stands(&world, "198.51.100.7"), "TOO_MANY");
    // The same once more takes no place.
    assert_eq!(stands(&world, "bob"), "");
}
