//! `follow.sh`, the script of the README: it posts, and follows with exact resume.

use std::fs;
use std::process::Command;

use crate::peer::Peer;
use crate::server::Server;
use crate::tools::tool;

/// More than one page of history.
const AWAY: usize = 1_200;

#[test]
fn it_posts_and_resumes_exactly() {
    let mut server = Server::start();
    let mut alice = Peer::on(server.connect());
    alice.well("REGISTER alice pass-word-1");
    let (Some(mut post), Some(follow)) = (script(&server, &["a b"]), script(&server, &[])) else {
        return;
    };
    assert!(post.status().unwrap().success());
    alice.hears("<alice> a b");

    let mut follower = Peer::behind(follow);
    follower.hears(" alice :a b");
    alice.well("MSG while it follows");
    follower.hears(" alice :while it follows");
    // Killed without a word.
    drop(follower);
    alice.send("MSG while it is away\n".repeat(AWAY));
    for _ in 0..AWAY {
        assert!(alice.reply().starts_with("+OK "));
    }
    // Its connection may still be one of hers; she is in the lobby, and so hears of nothing but messages.
    assert!(server.terminate().success());
    server.again();
    let mut follower = Peer::behind(script(&server, &[]).unwrap());
    for _ in 0..AWAY {
        follower.hears(" alice :while it is away");
    }
    let mut alice = Peer::on(server.connect());
    alice.well("LOGIN alice pass-word-1");
    alice.well("MSG live again");
    follower.hears(" alice :live again");
    drop(follower);

    let followed = fs::read_to_string(server.path("events")).unwrap();
    let numbers = followed
        .lines()
        .map(|line| line.split(' ').nth(3).unwrap().parse().unwrap());
    let numbers: Vec<usize> = numbers.collect();
    // Hers are all the numbers that there are.
    let first = numbers[0];
    let expected: Vec<usize> = (first..first + numbers.len()).collect();
    assert_eq!(numbers, expected);
    assert_eq!(
        followed
            .lines()
            .filter(|line| line.contains(" alice :"))
            .count(),
        AWAY + 3
    );
}

fn script(server: &Server, text: &[&str]) -> Option<Command> {
    let mut command = tool("bash")?;
    let to = server.plain();
    command
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire/follow.sh"))
        .args([to.ip().to_string(), to.port().to_string()])
        .args(["alice", "pass-word-1"])
        .arg(server.path("events"))
        .args(text);
    Some(command)
}
