//! The one table: what was measured, what it may be, and what it is.

use std::fmt::Write as _;

/// One line of it.
pub struct Row {
    pub what: String,
    pub bound: Bound,
    pub found: f64,
    pub unit: &'static str,
}

/// What a figure may be.
#[derive(Clone, Copy)]
pub enum Bound {
    AtLeast(f64),
    AtMost(f64),
    /// It explains another.
    Free,
}

impl Bound {
    fn holds(self, found: f64) -> &'static str {
        if found < 0.0 {
            // Noise: it tells nothing.
            return "?";
        }
        let holds = match self {
            Self::AtLeast(bound) => found >= bound,
            Self::AtMost(bound) => found <= bound,
            Self::Free => return "",
        };
        if holds { "yes" } else { "NO" }
    }

    fn text(self, unit: &str) -> String {
        match self {
            Self::AtLeast(bound) => format!(">= {bound} {unit}"),
            Self::AtMost(bound) => format!("<= {bound} {unit}"),
            Self::Free => String::new(),
        }
    }
}

pub fn text(machine: &str, rows: &[Row]) -> String {
    let mut out = format!("\n{machine}\n\n");
    let mut line = |what: &str, found: &str, bound: &str, holds: &str| {
        let line = format!("{what:<66} {found:>14}  {bound:<14} {holds}");
        writeln!(out, "{}", line.trim_end()).expect("writing to a string does not fail");
    };
    line("what", "found", "bound", "holds");
    for row in rows {
        let found = format!("{:.2} {}", row.found, row.unit);
        line(
            &row.what,
            &found,
            &row.bound.text(row.unit),
            row.bound.holds(row.found),
        );
    }
    out
}

/// The value that such a part of them, sorted, stay below.
pub fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = (sorted.len() as f64 * part) as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// The value in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile(&values, 0.5)
}
