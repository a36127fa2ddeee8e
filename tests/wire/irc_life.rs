//! How IRC connections live and end: asked whether they are there, in time or not, slow, many, by every way in.

use std::time::Duration;

use crate::irc::{GUESTS, guest, says, welcomed};
use crate::peer::Peer;
use crate::server::Server;
use crate::tools::{nc_unix, openssl};

fn with(name: &'static str, value: &'static str) -> Server {
    let mut env = GUESTS.to_vec();
    env.push((name, value));
    Server::with_env(&env)
}

#[test]
fn who_does_not_answer_is_gone() {
    let server = with("CHINWAG_LIMITS__PING_INTERVAL", "1s");
    let mut watcher = guest(&server, "watcher");
    watcher.send("JOIN #lobby\r\n");
    let mut quiet = guest(&server, "quiet");
    quiet.send("JOIN #lobby\r\n");
    quiet.hears(" 366 ");
    let writer = watcher.take_writer();
    // Somebody who answers stays.
    let (mut writer, mut gone) = (writer, String::new());
    while gone.is_empty() {
        let line = watcher.line();
        if let Some(token) = line.strip_prefix("PING ") {
            std::io::Write::write_all(&mut writer, format!("PONG {token}\r\n").as_bytes()).unwrap();
        }
        if line.contains(" QUIT ") {
            gone = line;
        }
    }
    assert!(
        gone.starts_with(":quiet!~quiet@guest QUIT :Ping timeout: "),
        "{gone}"
    );
    let told = quiet.pipe().rest();
    let pings = told
        .iter()
        .filter(|line| line.starts_with("PING :"))
        .count();
    assert_eq!(pings, 1, "{told:?}");
    assert!(
        told.last()
            .unwrap()
            .starts_with("ERROR :Closing link: Ping timeout"),
        "{told:?}"
    );
}

#[test]
fn who_does_not_say_who_it_is_is_gone() {
    let server = with("CHINWAG_LIMITS__REGISTRATION_TIMEOUT", "1s");
    for hello in [
        "NICK al\r\n",
        "CAP LS 302\r\nNICK al\r\nUSER al 0 * :Al\r\n",
    ] {
        let told = says(&server, hello).pipe().rest();
        assert_eq!(
            told.last().unwrap(),
            "ERROR :Closing link: Registration timeout",
            "{told:?}"
        );
    }
    // Whoever is in has all the time there is.
    let mut peer = guest(&server, "bo");
    assert!(!peer.pipe().comes_within(Duration::from_millis(1_500)));
}

#[test]
fn an_end_of_input_is_no_end_of_answers() {
    let server = Server::with_env(GUESTS);
    let mut peer = says(
        &server,
        "NICK al\r\nUSER al 0 * :Al\r\nJOIN #lobby\r\nPING last",
    );
    let told = peer.rest();
    assert!(told.iter().any(|line| line.contains(" 366 ")), "{told:?}");
    let last = told.iter().rev().find(|line| !line.starts_with("ERROR "));
    assert!(
        last.unwrap().ends_with(" PONG chinwag.localhost :last"),
        "{told:?}"
    );
}

#[test]
fn who_is_cut_off_has_quit() {
    let server = Server::with_env(GUESTS);
    let mut al = guest(&server, "al");
    al.send("JOIN #lobby\r\n");
    let mut bo = guest(&server, "bo");
    bo.send("JOIN #lobby\r\n");
    al.hears(":bo!~bo@guest JOIN #lobby");
    drop(bo);
    al.hears(":bo!~bo@guest QUIT");
}

#[test]
fn everybody_is_told_that_the_server_ends() {
    let mut server = Server::with_env(GUESTS);
    let mut al = guest(&server, "al");
    let mut half = says(&server, "NICK half\r\nPING 1\r\n");
    half.line();
    assert!(server.terminate().success());
    for peer in [&mut al, &mut half] {
        let told = peer.pipe().rest();
        assert!(told.last().unwrap().starts_with("ERROR :"), "{told:?}");
    }
}

/// Of 200 kB each.
const ROUNDS: usize = 60;

#[test]
fn a_slow_reader_is_told_why_and_dropped() {
    let server = with("CHINWAG_LIMITS__SEND_QUEUE_BYTES", "65536");
    let mut slow = guest(&server, "slow");
    slow.send("JOIN #lobby\r\n");
    slow.hears(" 366 ");
    let mut loud = guest(&server, "loud");
    loud.send("JOIN #lobby\r\n");
    loud.hears(" 366 ");
    let line = format!("PRIVMSG #lobby :{}\r\n", "a".repeat(490)).repeat(400);
    // More than the system keeps for a socket, and then more than the server does; its last words wait some seconds.
    for _ in 0..ROUNDS {
        loud.send(&line);
        loud.send("PING on\r\n");
        loud.hears(" :on");
    }
    let told = slow.pipe().rest();
    assert!(
        told.last()
            .unwrap()
            .starts_with("ERROR :Closing link: SendQ exceeded"),
        "{:?}",
        told.last()
    );
    // Nothing before is cut.
    assert!(
        told.iter()
            .all(|line| line.is_empty() || line.starts_with(':') || line.starts_with("ERROR"))
    );
}

#[test]
fn sixty_four_at_once() {
    let mut env = GUESTS.to_vec();
    env.push(("CHINWAG_LIMITS__MAX_PER_IP", "100"));
    let server = Server::with_env(&env);
    let mut peers: Vec<Peer> = (0..64)
        .map(|number| {
            let hello = format!("NICK n{number}\r\nUSER n 0 * :n\r\nJOIN #lobby\r\n");
            says(&server, &hello)
        })
        .collect();
    for (number, peer) in peers.iter_mut().enumerate() {
        welcomed(peer, &format!("n{number}"));
        peer.hears(" 366 ");
    }
    for (number, peer) in peers.iter_mut().enumerate() {
        peer.send(format!("PRIVMSG #lobby :from {number}\r\n"));
    }
    for (number, peer) in peers.iter_mut().enumerate() {
        let mut heard = 0;
        while heard < 63 {
            let line = peer.hears(" PRIVMSG #lobby :from ");
            assert!(!line.starts_with(&format!(":n{number}!")), "{line}");
            heard += 1;
        }
    }
}

#[test]
fn by_tls_and_by_the_file_system() {
    let server = Server::with_env(GUESTS);
    let ways = [
        openssl(server.tls()),
        openssl(server.plain()),
        nc_unix(&server.unix()),
    ];
    for (number, command) in ways.into_iter().enumerate() {
        let Some(command) = command else { continue };
        let mut peer = Peer::behind(command);
        let nick = format!("al{number}");
        peer.send(format!(
            "CAP LS 302\r\nNICK {nick}\r\nUSER al 0 * :Al\r\nCAP END\r\n"
        ));
        peer.hears(" CAP ");
        welcomed(&mut peer, &nick);
        peer.send(format!("WHOIS {nick}\r\n"));
        let mut told = Vec::new();
        while !told
            .last()
            .is_some_and(|line: &String| line.contains(" 318 "))
        {
            told.push(peer.line());
        }
        let is_secure = told.iter().any(|line| line.contains(" 671 "));
        assert_eq!(is_secure, number < 2, "{told:?}");
        peer.send("QUIT\r\n");
        peer.hears("ERROR :");
    }
}
