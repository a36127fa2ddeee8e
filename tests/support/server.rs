//! The real program, serving in a directory of its own on ports that the system chose; killed when dropped.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use crate::pipe::Pipe;

/// Doors for everybody, and no more waiting than a test needs.
const USUAL: &str = r#"
[[listen]]
address = "127.0.0.1:0"
[[listen]]
address = "127.0.0.1:0"
tls = true
[[listen]]
address = "unix:door"
"#;
const QUICK: &str = r#"
[accounts]
argon2 = { memory_kib = 1024, iterations = 1, parallelism = 1 }
"#;

/// A server that runs, or ran: its directory stays until it is dropped.
pub struct Server {
    folder: tempfile::TempDir,
    env: Vec<(&'static str, &'static str)>,
    child: Option<Child>,
    out: Pipe,
    log: Pipe,
    /// What it printed about the ways in.
    pub ways: Vec<String>,
}

impl Server {
    /// One with the usual doors, without flood control.
    pub fn start() -> Self {
        Self::with(USUAL, &[("CHINWAG_LIMITS__FLOOD", "false")])
    }

    /// One with the usual doors and these variables.
    pub fn with_env(env: &[(&'static str, &'static str)]) -> Self {
        Self::with(USUAL, env)
    }

    /// One with these doors and variables.
    pub fn with(listeners: &str, env: &[(&'static str, &'static str)]) -> Self {
        let mut server = Self::stopped(listeners, env);
        server.again();
        server
    }

    /// One that was not started yet.
    pub fn stopped(listeners: &str, env: &[(&'static str, &'static str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("c.toml"), format!("{listeners}{QUICK}")).unwrap();
        Self {
            folder,
            env: env.to_vec(),
            child: None,
            out: Pipe::closed(),
            log: Pipe::closed(),
            ways: Vec::new(),
        }
    }

    /// Starts it in the same directory after it has ended.
    pub fn again(&mut self) {
        assert!(self.child.is_none(), "it runs");
        let mut child = self.command("serve").spawn().unwrap();
        self.out = Pipe::of(child.stdout.take().unwrap());
        self.log = Pipe::of(child.stderr.take().unwrap());
        self.child = Some(child);
        self.ways.clear();
        loop {
            let Some(line) = self.out.next_line() else {
                panic!("it did not start: {:?}", self.log.rest());
            };
            if line.starts_with("and type") {
                return;
            }
            self.ways.push(line.trim().to_owned());
        }
    }

    /// The program with these arguments, as the server has it: the same directory, configuration and variables.
    pub fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chinwag"));
        command
            .args(["--config", "c.toml"])
            .args(args.split_whitespace())
            .env_clear()
            .envs(self.env.iter().copied())
            .env("CHINWAG_LOG", "chinwag=debug")
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// From the next start on, this variable is set as well.
    pub fn set(&mut self, name: &'static str, value: &'static str) {
        self.env.push((name, value));
    }

    /// Runs the program beside the server, to its end.
    pub fn run(&self, args: &str, input: &str) -> Output {
        use std::io::Write;
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        // Whoever does not read is not written to.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Runs it, and what it said: it must end well.
    pub fn well(&self, args: &str, input: &str) -> String {
        let ended = self.run(args, input);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        assert!(ended.status.success(), "{args}: {}", text(ended.stderr));
        text(ended.stdout)
    }

    /// Runs it, and what it said about why it cannot.
    pub fn refused(&self, args: &str, input: &str) -> String {
        let ended = self.run(args, input);
        assert_eq!(ended.status.code(), Some(1), "{args}");
        String::from_utf8(ended.stderr).unwrap()
    }

    /// Where lines go.
    pub fn plain(&self) -> SocketAddr {
        let words = self.way("nc ").split_once(' ').unwrap();
        SocketAddr::new(words.0.parse().unwrap(), words.1.parse().unwrap())
    }

    /// Where TLS goes.
    pub fn tls(&self) -> SocketAddr {
        self.way("openssl s_client -quiet -connect ")
            .parse()
            .unwrap()
    }

    /// The socket in the file system.
    pub fn unix(&self) -> PathBuf {
        self.path("door")
    }

    /// A file in its directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A connection to where lines go.
    pub fn connect(&self) -> TcpStream {
        self.connect_to(self.plain())
    }

    /// A connection to there.
    pub fn connect_to(&self, address: SocketAddr) -> TcpStream {
        TcpStream::connect(address).unwrap()
    }

    fn way(&self, begin: &str) -> &str {
        let mut found = self.ways.iter().filter_map(|way| way.strip_prefix(begin));
        found
            .find(|way| !way.starts_with('-'))
            .unwrap_or_else(|| panic!("no way {begin:?} in {:?}", self.ways))
    }

    /// Reads the log up to a line that holds these words.
    pub fn logged(&mut self, words: &str) -> String {
        loop {
            match self.log.next_line() {
                Some(line) if line.contains(words) => return line,
                Some(_) => {}
                None => panic!("it ended before it logged {words:?}"),
            }
        }
    }

    /// Sends a signal, by its name without SIG.
    pub fn signal(&self, name: &str) {
        let id = self.child.as_ref().unwrap().id();
        let mut shell = Command::new("/bin/sh");
        let sent = shell.args(["-c", &format!("kill -{name} {id}")]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> ExitStatus {
        // Its output ends with it, and that can be waited for up to a moment.
        self.out.rest();
        self.child.take().unwrap().wait().unwrap()
    }

    /// Ends it as an operator does.
    pub fn terminate(&mut self) -> ExitStatus {
        self.signal("TERM");
        self.ended()
    }

    /// Ends it as a power cut does, as far as a process can tell.
    pub fn kill(&mut self) {
        self.signal("KILL");
        assert_eq!(self.ended().code(), None);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
