//! The other side: connections that ask, wait, or speak as fast as they are answered.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::{JoinSet, LocalSet};

/// The password of everybody.
pub const PASSWORD: &str = "correct-horse-1";

/// What is read at once.
const CHUNK_BYTES: usize = 64 * 1_024;

/// One connection.
pub struct Talker {
    stream: TcpStream,
    /// What was read of a line that is not whole.
    begun: Vec<u8>,
}

/// What came in, in whole lines.
#[derive(Clone, Copy, Default)]
pub struct Heard {
    /// All lines.
    pub lines: u64,
    /// Those that answer: `+OK` and `-ERR`.
    pub answers: u64,
    /// Those that refuse.
    pub refusals: u64,
}

/// A runtime of one thread, so that the load generator takes one core and no more.
pub fn run<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build()?;
    LocalSet::new().block_on(&runtime, work)
}

impl Talker {
    /// Connects; past the greeting, a client of the plain dialect.
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let begun = Vec::new();
        let mut talker = Self { stream, begun };
        talker.send("PING\n").await?;
        talker.answer().await.context("the greeting")?;
        talker.answer().await?;
        Ok(talker)
    }

    /// Connects, and makes an account of that name.
    pub async fn register(address: SocketAddr, name: &str) -> anyhow::Result<Self> {
        let mut talker = Self::connect(address).await?;
        talker.ask(&format!("REGISTER {name} {PASSWORD}")).await?;
        Ok(talker)
    }

    /// Asks, and waits for the answer, which must be `+OK`.
    pub async fn ask(&mut self, line: &str) -> anyhow::Result<String> {
        self.send(&format!("{line}\n")).await?;
        let answer = self.answer().await?;
        ensure!(answer.starts_with("+OK"), "{line}: {answer}");
        Ok(answer)
    }

    /// Sends text as it is.
    pub async fn send(&mut self, text: &str) -> anyhow::Result<()> {
        Ok(self.stream.write_all(text.as_bytes()).await?)
    }

    /// The next line that answers.
    async fn answer(&mut self) -> anyhow::Result<String> {
        loop {
            while let Some(end) = self.begun.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.begun.drain(..=end).collect();
                if line.starts_with(b"+OK") || line.starts_with(b"-ERR") {
                    return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
                }
            }
            let mut chunk = [0; 1_024];
            let length = self.stream.read(&mut chunk).await?;
            ensure!(length > 0, "the server closed the connection");
            self.begun.extend_from_slice(&chunk[..length]);
        }
    }

    /// Reads what there is and counts it.
    async fn hear(&mut self, chunk: &mut [u8]) -> anyhow::Result<Heard> {
        let length = self.stream.read(chunk).await?;
        ensure!(length > 0, "the server closed the connection");
        let mut heard = Heard::default();
        let mut rest = &chunk[..length];
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line = if self.begun.is_empty() {
                &rest[..end]
            } else {
                self.begun.extend_from_slice(&rest[..end]);
                &self.begun
            };
            heard.lines += 1;
            let refuses = line.starts_with(b"-ERR");
            heard.refusals += u64::from(refuses);
            heard.answers += u64::from(refuses || line.starts_with(b"+OK"));
            self.begun.clear();
            rest = &rest[end + 1..];
        }
        self.begun.extend_from_slice(rest);
        Ok(heard)
    }

    /// Says a line again and again, `window` of them unanswered at most, until told to stop; hears everything. The rest is
    /// counted until everybody is answered.
    async fn speak(mut self, line: Rc<str>, window: u64, crowd: Rc<Crowd>) -> anyhow::Result<Self> {
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut unanswered = 0;
        loop {
            if !crowd.stop.get() && unanswered <= window / 2 {
                let count = window - unanswered;
                let lines = line.repeat(usize::try_from(count)?);
                self.send(&lines).await?;
                unanswered += count;
                crowd.sent.set(crowd.sent.get() + count);
            }
            let heard = tokio::select! {
                heard = self.hear(&mut chunk) => heard?,
                () = crowd.ended.notified() => return Ok(self),
            };
            unanswered -= heard.answers;
            crowd.count(heard);
        }
    }
}

/// What a crowd has sent and heard so far.
#[derive(Default)]
pub struct Crowd {
    sent: Cell<u64>,
    heard: Cell<Heard>,
    stop: Cell<bool>,
    ended: tokio::sync::Notify,
    answered: tokio::sync::Notify,
}

/// People who speak all at once.
pub struct Speaking {
    crowd: Rc<Crowd>,
    tasks: JoinSet<anyhow::Result<Talker>>,
}

impl Speaking {
    /// Each says its line, again and again; those whose window is 0 only listen.
    pub fn start(people: Vec<(Talker, String, u64)>) -> Self {
        let crowd = Rc::new(Crowd::default());
        let mut tasks = JoinSet::new();
        for (talker, line, window) in people {
            let line = format!("{line}\n").into();
            tasks.spawn_local(talker.speak(line, window, Rc::clone(&crowd)));
        }
        Self { crowd, tasks }
    }

    /// What was heard up to now.
    pub fn heard(&self) -> Heard {
        self.crowd.heard.get()
    }

    /// Nobody begins anything more; waits until everybody is answered, and tells how many answers there were in all.
    pub async fn stop(mut self) -> anyhow::Result<u64> {
        self.crowd.stop.set(true);
        while self.crowd.heard.get().answers < self.crowd.sent.get() {
            tokio::select! {
                () = self.crowd.answered.notified() => {}
                Some(ended) = self.tasks.join_next() => {
                    ended??;
                    bail!("somebody stopped before they were told to");
                }
            }
        }
        let Heard {
            answers, refusals, ..
        } = self.crowd.heard.get();
        ensure!(refusals == 0, "{refusals} lines were refused");
        self.crowd.ended.notify_waiters();
        Ok(answers)
    }
}

impl Crowd {
    fn count(&self, more: Heard) {
        let heard = self.heard.get();
        self.heard.set(Heard {
            lines: heard.lines + more.lines,
            answers: heard.answers + more.answers,
            refusals: heard.refusals + more.refusals,
        });
        self.answered.notify_one();
    }
}
