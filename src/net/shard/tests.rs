//! Real sockets, and a sequencer that does as the test says.

mod world;

use std::time::Instant;

use chinwag_grammar::{Nick, RoomName, Span};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};

use super::*;
use crate::command::Command;
use crate::config::Limits;
use crate::effect::{Answered, Effect, Kind, Query};
use crate::machine::Entry;
use crate::model::{AccountId, ConnId, Event, Format, Settings, Who};
use crate::net::testing::{self, Certified};
use crate::reply::{Reply, Row};
use world::{GREETING, World, line, ok, rest, said, unheard};

#[tokio::test]
async fn greeted_once() {
    let mut world = World::new(|_| {});
    let (mut quick, _) = world.client("NOPE\n").await;
    assert!(line(&mut quick).await.starts_with("-ERR UNKNOWN_COMMAND"));
    let mut quiet = world.knock().await;
    assert_eq!(line(&mut quiet).await, GREETING);
    quiet.write_all(b"NOPE\n").await.unwrap();
    world.connected().await;
    assert!(line(&mut quiet).await.starts_with("-ERR UNKNOWN_COMMAND"));
    drop((quick, quiet));
    world.end().await;
}

#[tokio::test]
async fn answered_in_order() {
    let mut world = World::new(|_| {});
    let lines = "MSG #tea one\n%t NOPE\n%u MSG #tea two\n";
    let (mut client, conn) = world.client(lines).await;
    let (one, two) = (world.request().await, world.request().await);
    assert_eq!(one, command("MSG #tea one"));
    assert_eq!(two, command("MSG #tea two"));
    let other = ConnId::new(6, 0);
    let answers = [(conn, 4), (other, 5), (conn, 6)];
    let answer = |(conn, number)| Effect::Answer {
        conn,
        reply: ok(number),
    };
    world.deliver(answers.map(answer).into()).await;
    assert_eq!(line(&mut client).await, "+OK 4\r\n");
    let refused = line(&mut client).await;
    assert!(refused.starts_with("-ERR %t UNKNOWN_COMMAND"), "{refused}");
    assert_eq!(line(&mut client).await, "+OK %u 6\r\n");
    drop(client);
    assert_eq!(world.disconnected().await, None);
    world.end().await;
}

#[tokio::test]
async fn end_of_input_is_no_end_of_answers() {
    let mut world = World::new(|_| {});
    let (mut client, conn) = world.client("MSG #tea one\nMSG #tea two").await;
    client.shutdown().await.unwrap();
    world.request().await;
    world.request().await;
    world.answer(conn, ok(1)).await;
    world.answer(conn, ok(2)).await;
    assert_eq!(rest(&mut client).await, "+OK 1\r\n+OK 2\r\n");
    assert_eq!(world.disconnected().await, None);
    drop(client);
    let admission = world.admission.clone();
    world.end().await;
    assert_eq!(admission.connections(), 0);
}

#[tokio::test]
async fn every_line_is_said() {
    let mut world = World::new(|_| {});
    let (mut client, conn) = world.client("MSG #tea one\n").await;
    world.request().await;
    let room = RoomName::parse("#tea").unwrap();
    let reply = Reply::TalkOn { room: room.clone() };
    world.answer(conn, reply).await;
    assert!(line(&mut client).await.starts_with("+OK every line"));
    client.write_all(b"kettle's on\n").await.unwrap();
    assert_eq!(world.request().await, Command::say(room, "kettle's on"));
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn nothing_is_told_while_a_secret_is_typed() {
    let mut world = World::new(|_| {});
    let (mut client, conn) = world.client("LOGIN bob\n").await;
    assert_eq!(line(&mut client).await, ">password (not shown)\x1b[8m\r\n");
    world.deliver(vec![said(conn, 8, "hi")]).await;
    client.write_all(b"secret\n").await.unwrap();
    assert_eq!(line(&mut client).await, " \x1b[A\x1b[2K\x1b[0m\r\n");
    assert_eq!(line(&mut client).await, "00:00 #tea <carol> hi\r\n");
    assert!(matches!(world.request().await, Command::Login(_)));
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn what_happens_waits_for_the_store() {
    let mut world = World::new(|_| {});
    let (mut client, conn) = world.client("%q MSG #tea x\nMSG #tea y\n").await;
    world.request().await;
    world.request().await;
    let query = Box::new(Query::Audit { count: 1 });
    let answer = Effect::Answer { conn, reply: ok(9) };
    let effects = vec![
        said(conn, 1, "before"),
        Effect::Query { conn, query },
        said(conn, 2, "after"),
        answer,
    ];
    world.deliver(effects).await;
    assert_eq!(line(&mut client).await, "00:00 #tea <carol> before\r\n");
    let answered = Arc::new(Answered {
        kind: Kind::Rows,
        rows: vec![Row::Text { text: "row".into() }],
        facts: Vec::new(),
        reply: Some(Reply::Ok),
    });
    let delivery = Delivery::Answered(conn, answered);
    world.handle.deliveries.send(delivery).await.unwrap();
    assert_eq!(line(&mut client).await, "= %q row\r\n");
    assert_eq!(line(&mut client).await, "+OK %q done\r\n");
    assert_eq!(line(&mut client).await, "00:00 #tea <carol> after\r\n");
    assert_eq!(line(&mut client).await, "+OK 9\r\n");
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn closed_after_the_last_words() {
    let mut world = World::new(|_| {});
    let (mut client, conn) = world.client("MSG #tea x\n").await;
    world.request().await;
    let (answer, close) = (
        Effect::Answer {
            conn,
            reply: Reply::Bye,
        },
        Effect::Close { conn },
    );
    world
        .deliver(vec![answer, close, said(conn, 1, "too late")])
        .await;
    assert_eq!(rest(&mut client).await, "+OK goodbye\r\n");
    assert_eq!(world.disconnected().await, None);
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn slow_readers_are_told_what_they_lost() {
    let mut world = World::new(|limits| limits.send_queue_bytes = 100_000);
    let (mut client, conn) = world.client("MSG #tea x\n").await;
    world.request().await;
    let text = "x".repeat(1_000);
    // More than the system holds between the two ends.
    for batch in 0..400 {
        let facts = (1..=50).map(|fact| said(conn, batch * 50 + fact, &text));
        world.deliver(facts.collect()).await;
    }
    let everything = rest(&mut client).await;
    let last = everything.lines().last().unwrap();
    let numbers = last.split(' ').filter_map(|word| word.parse().ok());
    let [lost, since]: [usize; 2] = numbers.collect::<Vec<_>>().try_into().unwrap();
    let whole = everything.lines().count() - 1;
    assert_eq!(since, whole);
    assert!(lost > 0 && whole < 20_000, "{last} after {whole}");
    assert_eq!(world.disconnected().await.unwrap(), "reads too slowly");
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn floods_are_delayed() {
    let flood = |limits: &mut Limits| (limits.flood_burst, limits.flood_per_second) = (2, 10);
    let mut world = World::new(flood);
    let start = Instant::now();
    let (mut client, _) = world.client(&"NOPE\n".repeat(4)).await;
    for _ in 0..4 {
        assert!(line(&mut client).await.starts_with("-ERR UNKNOWN_COMMAND"));
    }
    assert!(start.elapsed() >= Duration::from_millis(200));
    // What is not answered costs as much.
    let start = Instant::now();
    let (mut other, _) = world.client(&format!("{}NOPE\n", "\n".repeat(4))).await;
    assert!(line(&mut other).await.starts_with("-ERR UNKNOWN_COMMAND"));
    assert!(start.elapsed() >= Duration::from_millis(250));
    drop((client, other));
    world.end().await;
}

#[tokio::test]
async fn whoever_does_not_log_in_is_let_go() {
    let mut world = World::new(|limits| limits.login_timeout = Span::seconds(1));
    for (format, told) in [
        (Format::Text, " Nobody logged in here within 1s"),
        (Format::Line, "~ NOTIFY - - "),
        (Format::Json, "{\"event\":\"notify\","),
    ] {
        let (mut client, conn) = world.client("\n").await;
        let chosen = Event::FormatChosen { conn, format };
        world.deliver(vec![unheard(chosen)]).await;
        let last = rest(&mut client).await;
        let ends = ["so this connection ends", "\r\n"].map(|words| last.matches(words).count());
        assert!(last.starts_with(told) && ends == [1, 1], "{last}");
        assert_eq!(world.disconnected().await, None);
    }
    // What is typed is shown again before.
    let (mut client, _) = world.client("LOGIN bob\n").await;
    line(&mut client).await;
    assert_eq!(line(&mut client).await, " \x1b[A\x1b[2K\x1b[0m\r\n");
    assert!(rest(&mut client).await.starts_with(" Nobody logged in"));
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn whoever_logs_out_may_take_as_long_as_at_first() {
    let mut world = World::new(|limits| limits.login_timeout = Span::seconds(1));
    let (mut client, conn) = world.client("MSG #tea x\n").await;
    world.request().await;
    let account = AccountId(1);
    let nick = Nick::parse("alice").unwrap();
    let logged_in = Event::LoggedIn {
        conn,
        who: Who {
            account: Some(account),
            nick,
        },
        limits: None,
        rooms: Vec::new(),
        settings: Settings::default(),
        ignored: Vec::new(),
        pending: Vec::new(),
    };
    world.deliver(vec![unheard(logged_in)]).await;
    world.answer(conn, ok(1)).await;
    assert_eq!(line(&mut client).await, "+OK 1\r\n");
    // Another connection is let go meanwhile: this one came before it, and stays.
    let (mut other, _) = world.client("\n").await;
    assert!(rest(&mut other).await.starts_with(" Nobody logged in"));
    assert_eq!(world.disconnected().await, None);
    client.write_all(b"MSG #tea y\n").await.unwrap();
    world.request().await;
    let start = Instant::now();
    let answer = Effect::Answer {
        conn,
        reply: Reply::LoggedOut,
    };
    let logged_out = unheard(Event::LoggedOut { conn });
    world.deliver(vec![logged_out, answer]).await;
    assert_eq!(line(&mut client).await, "+OK logged out\r\n");
    assert!(rest(&mut client).await.starts_with(" Nobody logged in"));
    assert!(start.elapsed() >= Duration::from_secs(1));
    drop((client, other));
    world.end().await;
}

#[tokio::test]
async fn telnet_hides_secrets() {
    let mut world = World::new(|_| {});
    let mut client = world.knock().await;
    client
        .write_all(b"\xff\xfb\x1fLOGIN bob\r\n")
        .await
        .unwrap();
    world.connected().await;
    client.shutdown().await.unwrap();
    let mut bytes = Vec::new();
    client.read_to_end(&mut bytes).await.unwrap();
    assert!(bytes.starts_with(GREETING.as_bytes()));
    assert!(bytes.ends_with(b">password (not shown)\x1b[8m\r\n\xff\xfb\x01"));
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn windows_are_measured() {
    let window = |width: u8| [255, 250, 31, 0, width, 0, 24, 255, 240];
    let flood = |limits: &mut Limits| (limits.flood_burst, limits.flood_per_second) = (1, 10);
    let mut world = World::new(flood);
    let mut client = world.knock().await;
    let start = Instant::now();
    // Of those that come at once, the last counts.
    let said = [window(60), window(50)].concat();
    client.write_all(&said).await.unwrap();
    let conn = world.connected().await;
    assert_eq!(world.measured().await, (conn, 50));
    client.write_all(&window(40)).await.unwrap();
    assert_eq!(world.measured().await, (conn, 40));
    client.write_all(b"MSG #tea x\r\n").await.unwrap();
    assert_eq!(world.request().await, command("MSG #tea x"));
    // Each costs as a line does.
    assert!(start.elapsed() >= Duration::from_millis(200));
    drop(client);
    world.end().await;
}

#[tokio::test]
async fn everything_is_answered_before_the_end() {
    let mut world = World::new(|_| {});
    let (mut client, conn) = world.client("MSG #tea x\n").await;
    world.request().await;
    let mut drained = Box::pin(world.handle.drain());
    tokio::select! {
        biased;
        _ = &mut drained => panic!("it is not answered"),
        () = tokio::task::yield_now() => {}
    }
    world.answer(conn, ok(1)).await;
    assert!(drained.await);
    // Nothing more is read.
    client.write_all(b"MSG #tea y\n").await.unwrap();
    let (told, ()) = tokio::join!(async move { rest(&mut client).await }, world.end());
    assert_eq!(told, "+OK 1\r\n");
}

#[tokio::test]
async fn encrypted() {
    let certified = Certified::new();
    let mut world = World::with(Some(Arc::clone(&certified.tls)), |_| {});
    let client = world.knock().await.into_inner();
    let mut client = BufReader::new(testing::client(client).await);
    // More than one packet, and the end of input.
    let long = "x".repeat(4_000);
    let lines = format!("MSG #tea {long}\n").repeat(3);
    client.write_all(lines.as_bytes()).await.unwrap();
    client.shutdown().await.unwrap();
    let Input::Entry(Entry::Connected { session }) = world.input().await else {
        panic!("something else came first");
    };
    assert!(session.origin.tls);
    let mut expected = GREETING.to_owned();
    for number in 1..=3 {
        world.request().await;
        world.answer(session.conn, ok(number)).await;
        expected += &format!("+OK {number}\r\n");
    }
    let mut told = String::new();
    client.read_to_string(&mut told).await.unwrap();
    assert_eq!(told, expected);
    drop(client);
    assert_eq!(world.disconnected().await, None);
    world.end().await;
}

fn command(line: &str) -> Command {
    let request = chinwag_grammar::plain::parse(line).unwrap();
    Command::read(request.rule.name, &request.args).unwrap()
}
