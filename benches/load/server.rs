//! A server of one's own: the release build as a process, with a directory that goes when it is dropped.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, ensure};
use chinwag::store;
use tempfile::TempDir;

const CONFIG: &str = r#"
[server]
name = "load.localhost"
[[listen]]
address = "127.0.0.1:0"
[web]
address = ""
[database]
path = "chinwag.db"
durability = "full"
[accounts]
# Passwords are not what is measured here.
argon2 = { memory_kib = 8, iterations = 1, parallelism = 1 }
[history]
enabled = true
[limits]
flood = false
"#;

/// Where a server lives.
pub struct Home(TempDir);

/// A server that runs; dropped, it is killed.
pub struct Server {
    child: Child,
    /// Kept open: whoever writes there is not to fail.
    _words: BufReader<ChildStdout>,
    pub address: SocketAddr,
}

impl Home {
    /// An empty one, on the disk of the build.
    pub fn new() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        fs::write(folder.path().join("chinwag.toml"), CONFIG)?;
        Ok(Self(folder))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn database(&self) -> PathBuf {
        self.path().join("chinwag.db")
    }

    /// Asserts that so many messages are on disk: what was measured has happened. The server has ended.
    pub fn holds(&self, messages: u64) -> anyhow::Result<()> {
        let database = store::open_reader(&self.database())?;
        let count = "SELECT count(*) FROM event WHERE kind = 'message'";
        let held: i64 = database.query_row(count, (), |row| row.get(0))?;
        ensure!(
            u64::try_from(held)? == messages,
            "{messages} messages were confirmed, {held} are on disk"
        );
        Ok(())
    }

    /// Starts the server, on any core.
    pub fn start(&self) -> anyhow::Result<Server> {
        self.run(Command::new(env!("CARGO_BIN_EXE_chinwag")))
    }

    /// Starts the server on one core.
    pub fn start_on(&self, core: &str) -> anyhow::Result<Server> {
        let mut command = Command::new("taskset");
        command.args(["-c", core, env!("CARGO_BIN_EXE_chinwag")]);
        self.run(command)
    }

    fn run(&self, mut command: Command) -> anyhow::Result<Server> {
        let log = File::create(self.path().join("log"))?;
        let mut child = command
            .args(["serve", "--config", "chinwag.toml"])
            .current_dir(self.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("the server cannot be started")?;
        let words = child.stdout.take().context("its output is piped")?;
        let mut server = Server {
            child,
            _words: BufReader::new(words),
            address: ([127, 0, 0, 1], 0).into(),
        };
        server.address = server
            .hear_address()
            .with_context(|| fs::read_to_string(self.path().join("log")).unwrap_or_default())?;
        Ok(server)
    }
}

impl Server {
    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it cleanly.
    pub fn stop(mut self) -> anyhow::Result<()> {
        let pid = self.pid().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status()?;
        ensure!(told.success(), "the server cannot be told to end");
        let status = self.child.wait()?;
        ensure!(status.success(), "the server ended with {status}");
        Ok(())
    }

    /// It says how to come in: `  nc 127.0.0.1 40001`.
    fn hear_address(&mut self) -> anyhow::Result<SocketAddr> {
        let mut line = String::new();
        while self._words.read_line(&mut line)? > 0 {
            if let Some((ip, port)) = line
                .trim()
                .strip_prefix("nc ")
                .and_then(|way| way.split_once(' '))
            {
                return Ok(SocketAddr::new(ip.parse()?, port.parse()?));
            }
            line.clear();
        }
        anyhow::bail!("the server does not say where it listens")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // After `stop` there is nobody left.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
