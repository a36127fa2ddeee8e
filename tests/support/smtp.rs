//! A mail server on loopback that keeps what it is given, refuses it, or falls silent.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How the server treats a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Takes it.
    Accept,
    /// Says nothing more once the sender is named.
    Hang,
    /// Refuses the recipient, and repeats the address as servers do.
    Refuse,
}

/// What became of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The name that the client gave itself.
    pub hello: String,
    /// The sender of the envelope.
    pub from: String,
    /// The recipients of the envelope, refused ones too.
    pub to: Vec<String>,
    /// Headers and body, with LF; empty if it did not come to that.
    pub text: String,
}

/// The server; it ends when this is dropped.
pub struct Smtp {
    /// Where it listens.
    pub address: SocketAddr,
    mails: mpsc::Receiver<Received>,
    task: JoinHandle<()>,
}

impl Smtp {
    /// Starts it on a port of its own.
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (told, mails) = mpsc::channel(64);
        let task = tokio::spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                tokio::spawn(converse(socket, manner, told.clone()));
            }
        });
        Self {
            address,
            mails,
            task,
        }
    }

    /// What `mail.smtp` has to be to reach it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The next mail, as soon as its fate is decided.
    pub async fn next(&mut self) -> Received {
        let mail = timeout(Duration::from_secs(60), self.mails.recv()).await;
        mail.expect("a mail comes").expect("the server runs")
    }

    /// Whether nothing came that `next` has not told.
    pub fn is_quiet(&self) -> bool {
        self.mails.is_empty()
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A conversation; a client that breaks off ends it.
async fn converse(socket: TcpStream, manner: Manner, told: mpsc::Sender<Received>) {
    let mut socket = BufReader::new(socket);
    let mut mail = Received::default();
    let mut answer = "220 test ESMTP\r\n".to_owned();
    loop {
        if socket.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
        let Some(line) = read_line(&mut socket).await else {
            return;
        };
        let (verb, rest) = line.split_once([' ', ':']).unwrap_or((&line, ""));
        answer = match (verb.to_ascii_uppercase().as_str(), manner) {
            ("EHLO", _) => {
                rest.clone_into(&mut mail.hello);
                "250-test\r\n250 8BITMIME\r\n".to_owned()
            }
            ("MAIL", Manner::Hang) => {
                mail.from = bracketed(rest);
                told.send(mail).await.unwrap();
                // The client breaks off.
                let _ = read_line(&mut socket).await;
                return;
            }
            ("MAIL", Manner::Accept | Manner::Refuse) => {
                mail.from = bracketed(rest);
                "250 ok\r\n".to_owned()
            }
            ("RCPT", Manner::Refuse) => {
                mail.to.push(bracketed(rest));
                told.send(std::mem::take(&mut mail)).await.unwrap();
                format!("550 5.1.1 {rest}: nobody of this name\r\n")
            }
            ("RCPT", Manner::Accept | Manner::Hang) => {
                mail.to.push(bracketed(rest));
                "250 ok\r\n".to_owned()
            }
            ("DATA", _) => {
                socket.write_all(b"354 go on\r\n").await.unwrap();
                let Some(text) = read_text(&mut socket).await else {
                    return;
                };
                mail.text = text;
                told.send(std::mem::take(&mut mail)).await.unwrap();
                "250 taken\r\n".to_owned()
            }
            ("QUIT", _) => {
                let _ = socket.write_all(b"221 bye\r\n").await;
                return;
            }
            (other, _) => panic!("the mail server does not know {other:?}"),
        };
    }
}

async fn read_line(socket: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = socket.read_line(&mut line).await.ok()?;
    (length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

/// The mail up to the lone dot, with doubled dots undone.
async fn read_text(socket: &mut BufReader<TcpStream>) -> Option<String> {
    let mut text = String::new();
    loop {
        let line = read_line(socket).await?;
        if line == "." {
            return Some(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push('\n');
    }
}

fn bracketed(text: &str) -> String {
    let inner = text
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.expect("an address stands in brackets").0.to_owned()
}
