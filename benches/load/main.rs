//! The server from outside: a release build on loopback, with everything on that a careful operator has on.
//!
//! ```sh
//! cargo bench --bench load                    # everything, about two minutes, one table
//! cargo bench --bench load -- room lone       # only these: room, durable, lone, idle, history
//! cargo bench --bench load -- --seconds 10 --connections 2000 --messages 100000
//! ```
//! `durability = "full"`, history and search on, flood control off. Costs are the CPU time of the server from /proc;
//! where a figure is of the clock on the wall, its name says so. The database stands under `target/tmp`: the disk that
//! is measured is that one.

mod durable;
mod history;
mod idle;
mod lone;
mod options;
mod people;
mod process;
mod room;
mod server;
mod table;

use anyhow::Context as _;

use options::Options;
use table::Row;

/// One measurement: its name among the arguments, and what it does.
type Measure = (&'static str, fn(&Options) -> anyhow::Result<Vec<Row>>);

const MEASURES: &[Measure] = &[
    ("room", room::measure),
    ("durable", durable::measure),
    ("lone", lone::measure),
    ("idle", idle::measure),
    ("history", history::measure),
];

fn main() -> anyhow::Result<()> {
    let names: Vec<_> = MEASURES.iter().map(|(name, _)| *name).collect();
    let options = Options::read(std::env::args().skip(1), &names)?;
    let mut rows = Vec::new();
    for (name, measure) in MEASURES {
        if options.wants(name) {
            eprintln!("measuring: {name}");
            rows.extend(measure(&options).with_context(|| format!("measuring {name}"))?);
        }
    }
    print!("{}", table::text(&process::machine(), &rows));
    Ok(())
}
