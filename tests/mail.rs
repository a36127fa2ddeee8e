//! Mail with recovery codes, in real SMTP conversations on loopback.

#[path = "support/smtp.rs"]
mod smtp;

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use chinwag::config::{Config, Mail};
use chinwag::mail::{Fault, Full, Letter, Mailer, Post};
use chinwag_grammar::{Nick, Span};
use tracing_subscriber::filter::LevelFilter;

use self::smtp::{Manner, Smtp};

const CODE: &str = "abcd-efgh-jkmn";

/// The log of all tests here. A log of one test alone would miss lines: tracing asks once, over all threads, who
/// listens to a line.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    log
});

fn config(url: &str) -> Config {
    LazyLock::force(&LOG);
    let mut config = Config::default();
    config.server.name = "chat.example.org".into();
    config.mail = Some(Mail {
        smtp: url.into(),
        from: "Chat <chat@example.org>".to_owned(),
    });
    config
}

fn letter(to: &str) -> Letter {
    Letter::RecoveryCode {
        account: Nick::parse("alice").unwrap(),
        code: CODE.into(),
        lifetime: Span::seconds(900),
        to: to.into(),
    }
}

#[tokio::test]
async fn a_recovery_code_arrives() {
    let mut smtp = Smtp::start(Manner::Accept).await;
    let mailer = Mailer::start(&config(&smtp.url())).unwrap().unwrap();
    mailer.send(letter("alice@home.example")).unwrap();
    let mail = smtp.next().await;
    assert_eq!(mail.hello, "chat.example.org");
    assert_eq!(mail.from, "chat@example.org");
    assert_eq!(mail.to, ["alice@home.example"]);
    let (head, body) = mail.text.split_once("\n\n").unwrap();
    assert!(
        head.contains("\nSubject: A new password for alice at chat.example.org\n"),
        "{head}"
    );
    assert!(
        body.contains("\n    RECOVER alice abcd-efgh-jkmn\n"),
        "{body}"
    );
    assert!(!head.contains(CODE), "{head}");
    mailer.close().await;
    assert!(smtp.is_quiet());
}

#[tokio::test]
async fn closing_sends_what_waits() {
    let mut smtp = Smtp::start(Manner::Accept).await;
    let mailer = Mailer::start(&config(&smtp.url())).unwrap().unwrap();
    for number in 0..5 {
        mailer
            .send(letter(&format!("a{number}@home.example")))
            .unwrap();
    }
    mailer.close().await;
    for number in 0..5 {
        assert_eq!(smtp.next().await.to, [format!("a{number}@home.example")]);
    }
    assert!(smtp.is_quiet());
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let mut smtp = Smtp::start(Manner::Hang).await;
    let mut config = config(&smtp.url());
    config.limits.mail_queue = 2;
    let mailer = Mailer::start(&config).unwrap().unwrap();
    mailer.send(letter("first@home.example")).unwrap();
    smtp.next().await;
    mailer.send(letter("second@home.example")).unwrap();
    mailer.send(letter("third@home.example")).unwrap();
    assert_eq!(mailer.send(letter("fourth@home.example")), Err(Full));
}

#[tokio::test]
async fn refusals_and_broken_conversations_are_told_without_the_address() {
    let smtp = Smtp::start(Manner::Refuse).await;
    let post = Post::new(&config(&smtp.url())).unwrap().unwrap();
    let refused = post.deliver(&letter("alice@home.example")).await;
    assert_eq!(refused, Err(Fault::Refused("550".to_owned())));

    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", closed.local_addr().unwrap());
    drop(closed);
    let post = Post::new(&config(&url)).unwrap().unwrap();
    let unreachable = post.deliver(&letter("alice@home.example")).await;
    assert!(
        matches!(unreachable, Err(Fault::Connection(_))),
        "{unreachable:?}"
    );

    let nonsense = post.deliver(&letter("alice at home")).await;
    assert_eq!(nonsense, Err(Fault::Address));
}

#[tokio::test]
async fn a_silent_server_is_given_up_and_the_next_letter_goes_on() {
    let mut smtp = Smtp::start(Manner::Hang).await;
    let mailer = Mailer::start(&config(&smtp.url())).unwrap().unwrap();
    mailer.send(letter("first@home.example")).unwrap();
    smtp.next().await;
    mailer.send(letter("second@home.example")).unwrap();
    // Nothing but the limit can happen now, and the clock jumps to it.
    tokio::time::pause();
    let waited = tokio::time::Instant::now();
    let second = smtp.next().await;
    assert_eq!(second.from, "chat@example.org");
    assert!(waited.elapsed().as_secs() >= 29, "{:?}", waited.elapsed());
}

#[tokio::test]
async fn the_log_names_neither_person_nor_code() {
    let mut accepting = Smtp::start(Manner::Accept).await;
    let refusing = Smtp::start(Manner::Refuse).await;
    for (url, to) in [
        (accepting.url(), "alice@home.example"),
        (refusing.url(), "alice@away.example"),
        (refusing.url(), "alice at nowhere"),
    ] {
        let mailer = Mailer::start(&config(&url)).unwrap().unwrap();
        mailer.send(letter(to)).unwrap();
        mailer.close().await;
    }
    accepting.next().await;
    let log = LOG.text();
    assert!(log.contains("mail sent domain=\"home.example\""), "{log}");
    assert!(
        log.contains(
            "mail not sent domain=\"away.example\" error=the mail server refused with 550"
        ),
        "{log}"
    );
    assert!(
        log.contains("error=the address cannot be written to"),
        "{log}"
    );
    assert!(
        !log.contains("alice") && !log.contains(CODE) && !log.contains("nowhere"),
        "{log}"
    );
}

#[tokio::test]
async fn without_settings_there_is_no_mailer() {
    assert!(Mailer::start(&Config::default()).unwrap().is_none());
    let wrong = Mailer::start(&config("carrier-pigeon://roof"));
    assert_eq!(wrong.err(), Some(Fault::Config));
}

/// A log kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
