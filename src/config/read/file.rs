//! A configuration file: read, parsed as TOML, and walked by the table of keys.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use toml::de::DeTable;

use super::Notes;
use super::table::{Place, Walk};
use crate::config::mistake::{Mistake, Origin};
use crate::config::values::Values;

const FILE_MAX_BYTES: u64 = 1_048_576;

/// Reads a file into values and mistakes.
pub fn read(path: &Path, values: &mut Values, notes: &mut Notes) {
    let text = match contents(path) {
        Ok(text) => text,
        Err((line, wrong)) => {
            let allowed = "a readable TOML file in UTF-8 of at most 1 MiB is expected";
            notes.half_read = true;
            notes.mistakes.push(mistake(path, line, wrong, allowed));
            return;
        }
    };
    let (table, errors) = DeTable::parse_recoverable(&text);
    let place = Place::File { path, text: &text };
    for error in &errors {
        // The error's own display would quote the line, and with it a password.
        let line = error.span().map(|span| line_of(&text, span.start));
        let wrong = format!("this is not TOML: {}", error.message());
        notes.mistakes.push(mistake(
            path,
            line,
            wrong,
            "values are like name = \"text\", 16, true or [\"a\", \"b\"]",
        ));
    }
    // What is recovered from a broken file would be told as mistakes that nobody made.
    notes.half_read = !errors.is_empty();
    if errors.is_empty() {
        Walk { place, notes }.section("", table.get_ref(), values);
    }
}

/// The line of a place in a text, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

fn contents(path: &Path) -> Result<String, (Option<usize>, String)> {
    let cannot = |error: std::io::Error| (None, format!("cannot be read: {error}"));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(FILE_MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > FILE_MAX_BYTES {
        return Err((None, "is too long".into()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..good];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        (Some(line), "is not UTF-8".into())
    })
}

fn mistake(path: &Path, line: Option<usize>, wrong: String, allowed: &str) -> Mistake {
    Mistake {
        origin: Origin::File {
            path: path.to_owned(),
            line,
        },
        key: String::new(),
        wrong,
        allowed: allowed.into(),
    }
}
