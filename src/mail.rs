//! Mail with recovery codes: a bounded queue, and one task that hands its letters to an SMTP server.
//!
//! A letter that cannot be delivered is logged and forgotten; whoever waits for it asks again.

mod letter;

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

pub use self::letter::Letter;
use crate::config::Config;

/// Why a letter was not delivered, without its address and its code: servers like to repeat the one, this never does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The address of the account is none.
    #[error("the address cannot be written to")]
    Address,
    /// The settings of [mail] are not understood.
    #[error("[mail] is not understood")]
    Config,
    /// No conversation came about, or it broke off.
    #[error("the mail server cannot be talked to: {0}")]
    Connection(String),
    /// The server said no, with this code.
    #[error("the mail server refused with {0}")]
    Refused(String),
    /// The server took longer than `limits.mail_timeout`.
    #[error("the mail server does not answer in time")]
    Timeout,
}

/// As many letters wait as may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many mails wait to be sent")]
pub struct Full;

/// The queue of letters and the task behind it.
pub struct Mailer {
    letters: mpsc::Sender<Letter>,
    task: JoinHandle<()>,
}

impl Mailer {
    /// Starts the task, inside a tokio runtime. Without [mail] there is nothing to start.
    ///
    /// # Errors
    /// When the settings are not understood, which check-config tells first.
    pub fn start(config: &Config) -> Result<Option<Self>, Fault> {
        let Some(post) = Post::new(config)? else {
            return Ok(None);
        };
        let (letters, waiting) = mpsc::channel(config.limits.mail_queue);
        let task = tokio::spawn(work(post, waiting));
        Ok(Some(Self { letters, task }))
    }

    /// Leaves a letter to be sent; never waits.
    ///
    /// # Errors
    /// `Full` when the queue is.
    pub fn send(&self, letter: Letter) -> Result<(), Full> {
        self.letters.try_send(letter).map_err(|_| Full)
    }

    /// Takes no more letters and waits until those in the queue are sent or given up.
    pub async fn close(self) {
        drop(self.letters);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the mail task has failed");
        }
    }
}

async fn work(post: Post, mut waiting: mpsc::Receiver<Letter>) {
    while let Some(letter) = waiting.recv().await {
        match post.deliver(&letter).await {
            Ok(()) => tracing::debug!(domain = letter.domain(), "mail sent"),
            Err(fault) => {
                tracing::warn!(domain = letter.domain(), error = %fault, "mail not sent");
            }
        }
    }
}

/// Delivers one letter at a time, each over a connection of its own.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    server: String,
    timeout: Duration,
}

impl Post {
    /// Reads the settings; nothing without [mail].
    ///
    /// # Errors
    /// When they are not understood, which check-config tells first.
    pub fn new(config: &Config) -> Result<Option<Self>, Fault> {
        let Some(mail) = &config.mail else {
            return Ok(None);
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(mail.smtp.expose());
        let transport = builder
            .map_err(|_| Fault::Config)?
            .hello_name(ClientId::Domain(config.server.name.clone()))
            // One limit over the whole delivery stands in for the library's limit on each step.
            .timeout(None)
            .build();
        Ok(Some(Self {
            transport,
            from: mail.from.parse().map_err(|_| Fault::Config)?,
            server: config.server.name.clone(),
            timeout: Duration::from_secs(config.limits.mail_timeout.secs()),
        }))
    }

    /// Delivers a letter to the mail server, now.
    ///
    /// # Errors
    /// When it does not take it.
    pub async fn deliver(&self, letter: &Letter) -> Result<(), Fault> {
        let message = letter.message(&self.from, &self.server)?;
        match timeout(self.timeout, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(fault(&error)),
            Err(_) => Err(Fault::Timeout),
        }
    }
}

/// What may be told of the library's error: a code of the server's answer but not its words, which often hold the address.
fn fault(error: &lettre::transport::smtp::Error) -> Fault {
    if error.is_timeout() {
        return Fault::Timeout;
    }
    if let Some(code) = error.status() {
        return Fault::Refused(code.to_string());
    }
    let why = if error.is_response() {
        "its answer is no SMTP".to_owned()
    } else {
        std::error::Error::source(error)
            .map_or_else(|| "it broke off".to_owned(), ToString::to_string)
    };
    Fault::Connection(why)
}
