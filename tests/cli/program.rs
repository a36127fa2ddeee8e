//! Runs the program in a directory of its own, with no variables but those given.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A directory in which the program runs.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub fn run(&self, args: &str) -> Ended {
        self.run_with(args, &[], b"")
    }

    pub fn run_with(&self, args: &str, env: &[(&str, &str)], input: &[u8]) -> Ended {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chinwag"))
            .args(args.split_whitespace())
            .env_clear()
            .envs(env.iter().copied())
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            // Written beside, lest both sides wait with full pipes; whoever does not read is not written to.
            scope.spawn(move || stdin.write_all(input));
            Ended::of(&child.wait_with_output().unwrap())
        })
    }
}

/// How the program ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Ended {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// Everything, as a snapshot.
    pub fn shown(&self) -> String {
        format!("{}{}[exit {}]\n", self.out, self.err, self.status)
    }

    /// What was printed by a call that succeeded.
    #[track_caller]
    pub fn well(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""));
        self.out
    }
}
