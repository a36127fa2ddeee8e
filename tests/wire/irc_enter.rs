//! Coming in by IRC: in whatever order a client says who it is, it is welcomed once; and what it says wrongly it may
//! say again.

use std::time::Duration;

use crate::irc::{GUESTS, alone, guest, says, welcomed};
use crate::peer::Peer;
use crate::server::Server;

/// Every order of some lines.
fn orders(lines: &[&str]) -> Vec<String> {
    if lines.is_empty() {
        return vec![String::new()];
    }
    let mut found = Vec::new();
    for place in 0..lines.len() {
        let mut rest = lines.to_vec();
        let first = rest.remove(place);
        found.extend(
            orders(&rest)
                .iter()
                .map(|rest| format!("{first}\r\n{rest}")),
        );
    }
    found
}

fn welcomes(told: &[String]) -> usize {
    told.iter().filter(|line| line.contains(" 001 ")).count()
}

#[test]
fn in_every_order() {
    let server = Server::with_env(GUESTS);
    let lines = [
        "CAP LS 302",
        "CAP REQ :server-time",
        "NICK al",
        "USER al 0 * :Al",
    ];
    for order in orders(&lines) {
        let told = says(&server, &format!("{order}CAP END\r\nPING end\r\nQUIT\r\n"))
            .pipe()
            .rest();
        assert_eq!(welcomes(&told), 1, "{order:?}: {told:?}");
        assert!(
            told.iter()
                .any(|line| line.ends_with("PONG chinwag.localhost :end")),
            "{told:?}"
        );
        assert!(told.last().unwrap().starts_with("ERROR :"), "{told:?}");
    }
}

#[test]
fn in_every_order_with_a_connection_password() {
    let mut env = GUESTS.to_vec();
    env.push(("CHINWAG_SERVER__PASSWORD", "open-sesame"));
    let server = Server::with_env(&env);
    for order in orders(&["PASS open-sesame", "NICK al", "USER al 0 * :Al"]) {
        // Whoever has said everything else is not waited for: the password goes first.
        let is_late = order.ends_with("PASS open-sesame\r\n");
        let told = says(&server, &format!("{order}QUIT\r\n")).pipe().rest();
        assert_eq!(
            welcomes(&told),
            usize::from(!is_late),
            "{order:?}: {told:?}"
        );
        // With CAP under way there is time for all of it.
        let told = says(&server, &format!("CAP LS\r\n{order}CAP END\r\nQUIT\r\n"))
            .pipe()
            .rest();
        assert_eq!(welcomes(&told), 1, "{order:?}: {told:?}");
    }
    let told = says(&server, "PASS wrong\r\nNICK al\r\nUSER al 0 * :Al\r\n")
        .pipe()
        .rest();
    assert_eq!(welcomes(&told), 0, "{told:?}");
    assert!(told.iter().any(|line| line.contains(" 464 ")), "{told:?}");
    assert!(told.last().unwrap().starts_with("ERROR :"), "{told:?}");
}

#[test]
fn an_account_by_its_password() {
    let server = Server::start();
    Peer::on(server.connect()).well("REGISTER alice pass-word-1");
    for (pass, nick) in [("alice:pass-word-1", "other"), ("pass-word-1", "alice")] {
        let hello = format!("PASS {pass}\r\nNICK {nick}\r\nUSER x 0 * :x\r\n");
        let mut peer = says(&server, &hello);
        let logged_in = peer.line();
        assert!(logged_in.contains(" 900 "), "{logged_in}");
        welcomed(&mut peer, "alice");
        peer.send("PRIVMSG #lobby :hello\r\nPING end\r\n");
        let answer = peer.line();
        assert!(!answer.contains(" 4"), "{answer}");
    }
    let told = says(
        &server,
        "PASS alice:wrong\r\nNICK alice\r\nUSER x 0 * :x\r\n",
    )
    .pipe()
    .rest();
    assert_eq!(welcomes(&told), 0, "{told:?}");
    assert!(told.last().unwrap().starts_with("ERROR :"), "{told:?}");
}

#[test]
fn the_end_of_negotiation_may_come_late() {
    let server = Server::with_env(GUESTS);
    let mut peer = says(&server, "CAP LS 302\r\nNICK al\r\nUSER al 0 * :Al\r\n");
    // The last of its lines has no star.
    peer.hears(" LS :");
    // Whatever comes before the answer to this would have come first.
    peer.send("PING 1\r\n");
    assert!(peer.line().ends_with(":1"));
    peer.send("CAP END\r\n");
    welcomed(&mut peer, "al");
    alone(&mut peer);
    peer.send("CAP LS\r\nCAP END\r\nPING 2\r\n");
    assert!(peer.line().contains(" CAP al LS "));
    assert!(peer.line().ends_with(":2"), "nobody is welcomed twice");
}

#[test]
fn a_nick_may_change_before_the_rest_is_said() {
    let server = Server::with_env(GUESTS);
    let mut peer = says(&server, "NICK al\r\nNICK 9\r\nNICK bo\r\nUSER x 0 * :x\r\n");
    assert!(peer.hears(" 432 ").contains(" al 9 "));
    welcomed(&mut peer, "bo");
}

#[test]
fn a_nick_that_is_taken_may_be_chosen_again() {
    let server = Server::with_env(GUESTS);
    let _bo = guest(&server, "bo");
    let mut peer = says(&server, "NICK bo\r\nUSER x 0 * :x\r\n");
    peer.hears(" 433 ");
    peer.send("NICK al\r\n");
    welcomed(&mut peer, "al");
}

#[test]
fn what_needs_registration_is_refused_before_it() {
    let server = Server::with_env(GUESTS);
    let mut peer = says(
        &server,
        "NICK al\r\nJOIN #lobby\r\nFOO\r\nPRIVMSG #lobby :x\r\n\r\n  \r\n:\r\n@\r\n?!?\r\nPONG x\r\nPING y\r\n",
    );
    for _ in 0..3 {
        assert!(peer.line().contains(" 451 al "));
    }
    let mut last = peer.line();
    while last.contains(" 421 ") || last.contains(" 451 ") {
        last = peer.line();
    }
    assert!(last.ends_with("PONG chinwag.localhost :y"), "{last}");
    peer.send("USER al 0 * :Al\r\n");
    welcomed(&mut peer, "al");
    alone(&mut peer);
    peer.send("USER al 0 * :Al\r\nPASS x\r\n");
    assert!(peer.line().contains(" 462 al "));
    assert!(peer.line().contains(" 462 al "));
}

#[test]
fn who_quits_at_once_is_told_goodbye() {
    let server = Server::start();
    for hello in [
        "NICK al\r\nQUIT\r\n",
        "CAP LS\r\nQUIT :bye\r\n",
        "NICK al\r\nUSER a 0 * :a\r\nQUIT\r\n",
    ] {
        let told = says(&server, hello).pipe().rest();
        assert!(
            told.last().unwrap().starts_with("ERROR :"),
            "{hello:?}: {told:?}"
        );
    }
}

#[test]
fn garbage_first_is_no_irc_and_later_it_is_harmless() {
    let server = Server::with_env(GUESTS);
    // The first line decides; a colon or an at sign is IRC's.
    let mut peer = says(
        &server,
        ":\r\n@\r\n@a= \r\n: : :\r\n\x01\r\nNICK al\r\nUSER al 0 * :Al\r\n",
    );
    welcomed(&mut peer, "al");
    alone(&mut peer);
    peer.send(b"\xff\xfe\r\nPRIVMSG al :\xc3\r\nPING on\r\n");
    assert!(peer.line().contains(" FAIL * INVALID_UTF8 "));
    assert!(peer.line().contains(" FAIL * INVALID_UTF8 "));
    assert!(peer.line().ends_with(":on"));
}

#[test]
fn after_a_second_of_silence_it_is_still_irc() {
    let server = Server::with_env(GUESTS);
    let mut peer = Peer::on(server.connect());
    peer.greeting();
    peer.send("CAP LS 302\r\nNICK al\r\nUSER al 0 * :Al\r\nCAP END\r\n");
    peer.hears(" CAP ");
    welcomed(&mut peer, "al");
    alone(&mut peer);
    assert!(!peer.pipe().comes_within(Duration::ZERO));
}
