//! The source as text: what is code, and what is of tests.

use std::fs;
use std::path::Path;

/// One file.
pub struct Source {
    /// Its path from the root of the repository.
    pub name: String,
    pub text: String,
}

/// Every Rust file below these folders, in order.
pub fn sources(folders: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(Path::new(folder), ".rs", &mut found);
    }
    assert!(!found.is_empty(), "nothing is checked");
    found
}

/// Every file below a folder with that ending, in order.
pub fn collect(folder: &Path, ending: &str, found: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.to_str().unwrap().to_owned();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if name.ends_with(ending) {
            let text = fs::read_to_string(&path).unwrap();
            found.push(Source { name, text });
        }
    }
}

impl Source {
    /// The lines that are no comments and of no test, with their numbers.
    pub fn code(&self) -> Vec<(usize, &str)> {
        if self.is_test() {
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut lines = self.text.lines().enumerate().peekable();
        while let Some((at, line)) = lines.next() {
            if line.trim() == "#[cfg(test)]" {
                // One line for the tests' sake, or the tests themselves, which stand last.
                match lines.next() {
                    Some((_, next)) if next.ends_with(';') => continue,
                    _ => break,
                }
            }
            if !line.trim_start().starts_with("//") {
                out.push((at + 1, line));
            }
        }
        out
    }

    fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.name.split('/').collect();
        let alone = matches!(
            parts.last(),
            Some(&"failing.rs" | &"testing.rs" | &"tests.rs")
        );
        alone || parts.contains(&"tests")
    }
}
