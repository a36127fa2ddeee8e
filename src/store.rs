//! The store: one SQLite file with everything that outlives the process. What goes into it is decided elsewhere.

mod backup;
mod check;
mod erase;
mod examine;
#[cfg(test)]
mod failing;
mod fault;
mod load;
mod migrate;
mod open;
mod pragma;
mod query;
mod readers;
mod row;
mod space;
pub mod sql;
#[cfg(test)]
mod testing;
mod write;

pub use backup::backup;
pub use check::check;
pub use erase::{Doomed, erase};
pub use fault::Fault;
pub use load::load;
pub use migrate::VERSION;
pub use open::{Place, forget, open, open_reader};
pub use query::{answer, look_up};
pub use readers::{Readers, Task as ReadTask};
pub use space::{Space, SpaceLeft};
pub use write::Writer;

/// Told how much is done, and of how much, in any unit.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);
