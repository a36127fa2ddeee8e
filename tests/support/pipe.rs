//! Something to read from with a deadline: a thread reads, and whoever waits, waits for the thread.

use std::io::Read;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Far more than anything takes, on a machine with much else to do.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// What is read.
pub struct Pipe {
    chunks: Receiver<Vec<u8>>,
    read: Vec<u8>,
    /// Everything before, for whoever asks why nothing came.
    before: Vec<u8>,
}

impl Pipe {
    /// Reads from there, from now on, whether somebody waits for it or not.
    pub fn of(source: impl Read + Send + 'static) -> Self {
        let (sender, chunks) = channel();
        thread::spawn(move || read_all(source, |chunk| sender.send(chunk).is_ok()));
        Self::from(chunks)
    }

    /// Reads little more than what somebody waits for: the rest is left to the system, and then to the other side.
    pub fn on_demand(source: impl Read + Send + 'static) -> Self {
        let (sender, chunks) = sync_channel(1);
        thread::spawn(move || read_all(source, |chunk| sender.send(chunk).is_ok()));
        Self::from(chunks)
    }

    fn from(chunks: Receiver<Vec<u8>>) -> Self {
        Self {
            chunks,
            read: Vec::new(),
            before: Vec::new(),
        }
    }

    /// One from which nothing comes.
    pub fn closed() -> Self {
        Self::of(std::io::empty())
    }

    /// The next line, without its end; `None` at the end of everything.
    pub fn next_line(&mut self) -> Option<String> {
        let line = match self.find(b"\n") {
            Some(end) => self.take(end),
            None if self.read.is_empty() => return None,
            None => self.take(self.read.len()),
        };
        let line = String::from_utf8(line).expect("a line is UTF-8");
        Some(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// Everything up to these bytes and with them.
    pub fn through(&mut self, bytes: &[u8]) -> Vec<u8> {
        match self.find(bytes) {
            Some(end) => self.take(end),
            None => panic!(
                "it ended before {:?}: {}",
                bytes.escape_ascii(),
                self.seen()
            ),
        }
    }

    /// Everything to the end, line by line.
    pub fn rest(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.next_line()).collect()
    }

    /// Whether something comes within this time, or came already.
    pub fn comes_within(&mut self, time: Duration) -> bool {
        if self.read.is_empty()
            && let Ok(chunk) = self.chunks.recv_timeout(time)
        {
            self.read.extend(chunk);
        }
        !self.read.is_empty()
    }

    /// Where these bytes end, as soon as they are there.
    fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        let until = Instant::now() + DEADLINE;
        let mut looked = 0;
        loop {
            let rest = &self.read[looked..];
            let found = rest.windows(bytes.len()).position(|part| part == bytes);
            if let Some(found) = found {
                return Some(looked + found + bytes.len());
            }
            looked = (self.read.len() + 1).saturating_sub(bytes.len());
            match self.chunks.recv_timeout(until - Instant::now().min(until)) {
                Ok(chunk) => self.read.extend(chunk),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    panic!("{} did not come: {}", bytes.escape_ascii(), self.seen())
                }
            }
        }
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let rest = self.read.split_off(length);
        let taken = std::mem::replace(&mut self.read, rest);
        self.before.extend(&taken);
        taken
    }

    fn seen(&self) -> String {
        let all = [&self.before[..], &self.read[..]].concat();
        let last = all.len().saturating_sub(4_000);
        String::from_utf8_lossy(&all[last..]).into_owned()
    }
}

fn read_all(mut source: impl Read, take: impl Fn(Vec<u8>) -> bool) {
    let mut buffer = [0; 16_384];
    // A connection that is reset has ended.
    while let Ok(length @ 1..) = source.read(&mut buffer) {
        if !take(buffer[..length].to_vec()) {
            return;
        }
    }
}
