//! Properties of the whole core over random scripts: people, restarts, time and rules as a seed has them.
//!
//! A script is a list of seeds, one an act, so that a failing one shrinks to the acts that matter. What each act did is
//! printed when a property fails. `PROPTEST_CASES=2000 cargo test --test simulation` looks further.

#[path = "simulation/acts.rs"]
mod acts;
#[path = "simulation/failing.rs"]
mod failing;
#[path = "simulation/irc.rs"]
mod irc;
#[path = "simulation/pools.rs"]
mod pools;
#[path = "simulation/readers.rs"]
mod readers;
#[path = "simulation/sasl.rs"]
mod sasl;
#[path = "simulation/secrecy.rs"]
mod secrecy;
#[path = "simulation/told.rs"]
mod told;
#[path = "simulation/world.rs"]
mod world;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use world::World;

/// So many acts a script has at most.
const ACTS_MAX: usize = 160;

/// `PROPTEST_CASES` says how many scripts, others each time; without it they are always the same, for half a minute at
/// most.
fn config() -> ProptestConfig {
    let further = std::env::var_os("PROPTEST_CASES").is_some();
    let config = ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    };
    if further {
        return config;
    }
    ProptestConfig {
        cases: 160,
        rng_seed: RngSeed::Fixed(1_042),
        ..config
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_people_do(script in prop::collection::vec(any::<u64>(), 1..ACTS_MAX)) {
        let mut world = World::new();
        for (at, seed) in script.into_iter().enumerate() {
            world.act(seed);
            if at % 8 == 0 {
                world.check();
            }
        }
        world.check();
        world.check_secrecy();
        world.play_again();
    }

    #[test]
    fn a_commit_that_fails_leaves_what_was_before(script in prop::collection::vec(any::<u64>(), 1..ACTS_MAX)) {
        let mut world = World::new();
        for seed in script {
            world.act(seed);
        }
        failing::commit_again(world.commits());
    }
}
