//! One mistake in the configuration: where, which key, what is wrong, and what is allowed.

use std::fmt;
use std::path::PathBuf;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A file, with the line where it is known.
    File {
        /// The file, as it was named.
        path: PathBuf,
        /// The line, from 1.
        line: Option<usize>,
    },
    /// An environment variable.
    Variable(String),
    /// The defaults.
    Default,
}

/// One mistake; shown as one line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Where it stands.
    pub origin: Origin,
    /// The key, with its section: `limits.nick_len`; empty where none is known.
    pub key: String,
    /// What is wrong; it never shows a secret.
    pub wrong: String,
    /// What is allowed, or what to do about it.
    pub allowed: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line: None } => write!(out, "{}", path.display()),
            Self::File {
                path,
                line: Some(line),
            } => write!(out, "{}:{line}", path.display()),
            Self::Variable(name) => write!(out, "environment variable {name}"),
            Self::Default => out.write_str("defaults"),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.origin)?;
        if !self.key.is_empty() {
            write!(out, "{}: ", self.key)?;
        }
        write!(out, "{}; {}", self.wrong, self.allowed)
    }
}

impl std::error::Error for Mistake {}
