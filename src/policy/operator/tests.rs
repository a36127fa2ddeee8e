//! Who runs the server, and against whom.

use super::*;
use crate::policy::testing::{World, code};

#[test]
fn operators_and_admins_run_the_server() {
    let mut world = World::new();
    let (admin, alice) = (world.enters("admin"), world.enters("alice"));
    let may = |world: &World, conn| {
        let session = world.state.session(conn).unwrap();
        code(may_operate(&world.state, session))
    };
    assert_eq!(may(&world, admin), "");
    assert_eq!(may(&world, alice), "NO_PERMISSION");
    world.opers(alice);
    assert_eq!(may(&world, alice), "");
    // Another session of the same person is not an operator's.
    let other = world.enters("alice");
    assert_eq!(may(&world, other), "NO_PERMISSION");
    assert!(is_shown_as(&world.state, &world.who("alice")));
    world.leaves(alice);
    assert!(!is_shown_as(&world.state, &world.who("alice")));
}

#[test]
fn nothing_is_done_against_an_admin_but_by_one() {
    let mut world = World::new();
    let (admin, alice) = (world.enters("admin"), world.enters("alice"));
    world.opers(alice);
    let may = |conn, whom: &str| {
        let session = world.state.session(conn).unwrap();
        code(may_act_on(&world.state, session, &world.who(whom)))
    };
    assert_eq!(may(alice, "bob"), "");
    assert_eq!(may(alice, "admin"), "NO_PERMISSION");
    assert_eq!(may(admin, "admin"), "");
}
