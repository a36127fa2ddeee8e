//! Numbers that stand for accounts, rooms and connections.

use serde::{Deserialize, Serialize};

/// An account. Its number outlives a change of name and is never used again.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct AccountId(pub u64);

/// A room. Its number outlives a change of name and is never used again.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct RoomId(pub u64);

/// A connection, for as long as the process lives: the shard that owns it, and which of its connections it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(u64);

/// Bits that count the connections of one shard.
const COUNT_BITS: u32 = 48;

impl ConnId {
    /// The operator at the command line (`chinwag user …`), who has no connection.
    pub const CONSOLE: Self = Self(u64::MAX);

    /// The `count`-th connection of a shard.
    #[must_use]
    pub const fn new(shard: u16, count: u64) -> Self {
        Self((shard as u64) << COUNT_BITS | count & ((1 << COUNT_BITS) - 1))
    }

    /// The shard that owns it.
    #[must_use]
    pub const fn shard(self) -> usize {
        (self.0 >> COUNT_BITS) as usize
    }
}
