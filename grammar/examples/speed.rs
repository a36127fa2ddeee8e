//! How long one line takes to parse, in nanoseconds; not a test.
use std::hint::black_box;
use std::time::Instant;

use chinwag_grammar::plain;

fn main() {
    for line in [
        "MSG #lobby hello everybody, the build is green",
        "'hi",
        "HISTORY #ops SINCE 1042",
        "BAN *!*@10.* #ops 2h spam",
    ] {
        let start = Instant::now();
        for _ in 0..1_000_000 {
            drop(black_box(plain::parse(black_box(line))));
        }
        println!(
            "{:>6.0} ns  {line}",
            start.elapsed().as_nanos() as f64 / 1e6
        );
    }
}
