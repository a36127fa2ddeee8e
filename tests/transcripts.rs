//! Every transcript: a text file of who types what, and a snapshot of what everybody sees.
//!
//! `INSTA_UPDATE=always cargo test --test transcripts` writes the snapshots anew; read them before they are committed.
//! `TRANSCRIPT=join cargo test --test transcripts` plays those alone whose path has the word.

#[path = "transcript/mod.rs"]
mod transcript;

use std::fs;
use std::path::{Path, PathBuf};

/// Where the transcripts are.
const FOLDER: &str = "tests/transcripts";

#[test]
fn transcripts() {
    let wanted = std::env::var("TRANSCRIPT").unwrap_or_default();
    let mut failed = Vec::new();
    let mut played = 0;
    for path in files(Path::new(FOLDER), "txt") {
        if !path.to_string_lossy().contains(&wanted) {
            continue;
        }
        let script = fs::read_to_string(&path).unwrap();
        let outcome = std::panic::catch_unwind(|| check(&path, &script));
        if outcome.is_err() {
            failed.push(path);
        }
        played += 1;
    }
    assert!(played > 0, "no transcript has {wanted:?} in its path");
    assert!(
        failed.is_empty(),
        "{} of {played} differ: {failed:#?}",
        failed.len()
    );
}

/// Snapshots of transcripts that are gone are gone as well.
#[test]
fn no_snapshot_is_left_over() {
    for snapshot in files(Path::new(FOLDER), "snap") {
        let name = snapshot.file_stem().unwrap().to_str().unwrap();
        let script = snapshot
            .parent()
            .unwrap()
            .parent()
            .unwrap()
            .join(format!("{name}.txt"));
        assert!(script.exists(), "{} has no transcript", snapshot.display());
    }
}

fn check(path: &Path, script: &str) {
    let played = transcript::play(script);
    let mut settings = insta::Settings::clone_current();
    let folder = path.parent().unwrap().join("snapshots");
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = path.file_stem().unwrap().to_str().unwrap();
    settings.bind(|| insta::assert_snapshot!(name, played));
}

/// Every file with that ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            found.push(path);
        }
    }
    found.sort();
    found
}
