//! Commands that exist for IRC alone: they have no rule, and whoever reads IRC makes them.

mod say_ranked;

pub use say_ranked::SayRanked;
