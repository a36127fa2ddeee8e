//! Somebody on the other side: a socket, or a program that holds one.

use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::pipe::Pipe;

/// Somebody who types and reads.
pub struct Peer {
    writer: Option<Box<dyn Write + Send>>,
    pipe: Pipe,
    socket: Option<TcpStream>,
    child: Option<Child>,
    /// The first `+OK` of all was read, which answers nothing.
    greeted: bool,
}

impl Peer {
    /// On a socket of our own, read only when something is waited for.
    pub fn on(socket: TcpStream) -> Self {
        Self {
            writer: Some(Box::new(socket.try_clone().unwrap())),
            pipe: Pipe::on_demand(socket.try_clone().unwrap()),
            socket: Some(socket),
            child: None,
            greeted: false,
        }
    }

    /// Behind a program.
    pub fn behind(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            writer: Some(Box::new(child.stdin.take().unwrap())),
            pipe: Pipe::of(child.stdout.take().unwrap()),
            socket: None,
            child: Some(child),
            greeted: false,
        }
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.try_send(bytes).unwrap();
    }

    /// Sends bytes, to somebody who may be gone.
    pub fn try_send(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let writer = self.writer.as_mut().expect("nothing was ended");
        writer.write_all(bytes.as_ref())?;
        writer.flush()
    }

    /// The end that types, for another thread.
    pub fn take_writer(&mut self) -> Box<dyn Write + Send> {
        self.writer.take().expect("nothing was ended")
    }

    /// Types a line, and reads to the end of what it is answered.
    pub fn ask(&mut self, line: &str) -> String {
        self.send(format!("{line}\n"));
        self.reply()
    }

    /// Types a line that must be answered with `+OK`; the rows before that are returned with it.
    pub fn well(&mut self, line: &str) -> Vec<String> {
        self.send(format!("{line}\n"));
        self.greeting();
        let mut rows = Vec::new();
        loop {
            let read = self.line();
            assert!(!read.starts_with("-ERR"), "{line}: {read}");
            let last = read.starts_with("+OK");
            rows.push(read);
            if last {
                return rows;
            }
        }
    }

    /// Reads the greeting, where it was not read yet.
    pub fn greeting(&mut self) {
        if !std::mem::replace(&mut self.greeted, true) {
            self.hears("+OK chinwag at ");
        }
    }

    /// The next line that ends a reply; events and rows before it are dropped.
    pub fn reply(&mut self) -> String {
        self.greeting();
        self.line_where(|line| line.starts_with(['+', '-']))
    }

    /// The next line that holds these words.
    pub fn hears(&mut self, words: &str) -> String {
        self.line_where(|line| line.contains(words))
    }

    fn line_where(&mut self, is_meant: impl Fn(&str) -> bool) -> String {
        loop {
            let line = self.line();
            if is_meant(&line) {
                return line;
            }
        }
    }

    /// The next line.
    pub fn line(&mut self) -> String {
        match self.pipe.next_line() {
            Some(line) => line,
            None => panic!(
                "the other side has ended: {:?}",
                self.pipe.through(b"\0never")
            ),
        }
    }

    /// What is read.
    pub fn pipe(&mut self) -> &mut Pipe {
        &mut self.pipe
    }

    /// Says nothing more; goes on reading.
    pub fn end_input(&mut self) {
        self.writer = None;
        if let Some(socket) = &self.socket {
            socket.shutdown(Shutdown::Write).unwrap();
        }
    }

    /// Says nothing more, and reads to the end.
    pub fn rest(&mut self) -> Vec<String> {
        self.end_input();
        self.pipe.rest()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        if let Some(socket) = &self.socket {
            // It may be gone already.
            let _ = socket.shutdown(Shutdown::Both);
        }
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
