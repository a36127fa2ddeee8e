//! A lone message in an idle server: what it takes beyond one fsync of the same disk.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Instant;

use super::options::Options;
use super::people::{self, Talker};
use super::server::Home;
use super::table::{Bound, Row, quantile};

const ROUNDS: usize = 300;
/// Others use the disk and the cores as well, and a difference of medians can be one of their moods: the tenth part of
/// the rounds that went best tells what the server itself adds. The medians stand below it.
const QUIET: f64 = 0.1;
/// About what one message appends to the WAL: pages of the event, its indexes and the search index.
const WRITTEN_BYTES: usize = 10 * 4_120;

pub fn measure(_: &Options) -> anyhow::Result<Vec<Row>> {
    let home = Home::new()?;
    let server = home.start()?;
    let mut disk = Disk::new(home.path())?;
    let (mut messages, mut syncs) = (Vec::new(), Vec::new());
    people::run(async {
        let mut alice = Talker::register(server.address, "alice").await?;
        // In turns, so that both meet the same moods of the disk.
        for _ in 0..ROUNDS {
            let start = Instant::now();
            alice.ask("MSG #lobby is anybody there?").await?;
            messages.push(milliseconds(start));
            let start = Instant::now();
            disk.write_and_sync()?;
            syncs.push(milliseconds(start));
        }
        Ok(())
    })?;
    server.stop()?;
    messages.sort_by(f64::total_cmp);
    syncs.sort_by(f64::total_cmp);
    let row = |what: &str, bound, found| Row {
        what: what.to_owned(),
        bound,
        found,
        unit: "ms",
    };
    Ok(vec![
        row(
            "a lone message, beyond one fsync (by the wall, quiet)",
            Bound::AtMost(1.0),
            quantile(&messages, QUIET) - quantile(&syncs, QUIET),
        ),
        row(
            "  the message, quiet",
            Bound::Free,
            quantile(&messages, QUIET),
        ),
        row("  one fsync, quiet", Bound::Free, quantile(&syncs, QUIET)),
        row(
            "  the message, median",
            Bound::Free,
            quantile(&messages, 0.5),
        ),
        row("  one fsync, median", Bound::Free, quantile(&syncs, 0.5)),
    ])
}

/// A file that is written over, as the WAL is after its first checkpoint.
struct Disk {
    file: File,
    bytes: Vec<u8>,
    round: u64,
}

impl Disk {
    const PLACES: u64 = 64;

    fn new(folder: &Path) -> anyhow::Result<Self> {
        let file = File::create(folder.join("fsync"))?;
        let bytes = vec![7; WRITTEN_BYTES];
        for place in 0..Self::PLACES {
            file.write_all_at(&bytes, place * bytes.len() as u64)?;
        }
        file.sync_all()?;
        Ok(Self {
            file,
            bytes,
            round: 0,
        })
    }

    fn write_and_sync(&mut self) -> anyhow::Result<()> {
        self.round += 1;
        let place = self.round % Self::PLACES;
        self.bytes.fill((self.round % 251) as u8);
        self.file
            .write_all_at(&self.bytes, place * self.bytes.len() as u64)?;
        Ok(self.file.sync_data()?)
    }
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
