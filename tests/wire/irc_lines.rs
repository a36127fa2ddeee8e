//! Lines of IRC as networks bring them: in pieces, together, as long as they may be and longer.

use std::time::Duration;

use crate::irc::{GUESTS, guest, guest_with};
use crate::peer::Peer;
use crate::server::Server;

const LABELS: &str = "labeled-response batch echo-message message-tags";

#[test]
fn in_pieces_and_together() {
    let server = Server::with_env(GUESTS);
    let mut peer = guest(&server, "al");
    for byte in "PING slow\r\n".bytes() {
        peer.send([byte]);
    }
    assert!(peer.line().ends_with(":slow"));
    peer.send("PING 1\nPING 2\r\n\r\n\nPING 3\r\nPI");
    peer.send("NG 4\r");
    peer.send("\nPING 5\r\n");
    for number in 1..=5 {
        assert!(peer.line().ends_with(&format!(":{number}")));
    }
}

#[test]
fn a_letter_in_two_packets() {
    let server = Server::with_env(GUESTS);
    let (mut al, mut bo) = (guest(&server, "al"), guest(&server, "bo"));
    al.send(b"PRIVMSG bo :caf\xc3");
    al.pipe().comes_within(Duration::from_millis(50));
    al.send(b"\xa9\r\n");
    assert_eq!(bo.line(), ":al!~al@guest PRIVMSG bo :caf\u{e9}");
}

#[test]
fn a_body_up_to_the_limit_and_beyond() {
    let server = Server::with_env(GUESTS);
    let mut peer = guest(&server, "al");
    // 512 with its line end (RFC 2812, section 2.3).
    let line = |length: usize| format!("PRIVMSG al :{}", "a".repeat(length - 12));
    for (length, taken) in [
        (510, true),
        (511, false),
        (4_000, false),
        (9_000, false),
        (100_000, false),
    ] {
        peer.send(format!("{}\r\nPING on\r\n", line(length)));
        let told = told_before_pong(&mut peer);
        let refused = told.iter().filter(|line| line.contains(" 417 al ")).count();
        assert_eq!(refused, usize::from(!taken), "{length}: {told:?}");
        let heard: usize = told.iter().map(|line| line.matches('a').count()).sum();
        assert!(!taken || heard >= 498, "{told:?}");
        assert!(taken || told.len() == 1, "{told:?}");
    }
}

#[test]
fn tags_up_to_the_limit_and_beyond() {
    let server = Server::with_env(GUESTS);
    let mut al = guest_with(&server, "al", "message-tags");
    let mut bo = guest_with(&server, "bo", "message-tags");
    // So many bytes between `@` and the space.
    let line = |length: usize| format!("@+a={} TAGMSG bo", "b".repeat(length - 3));
    let sent = [4_094, 4_095, 8_189, 8_190, 20_000];
    for length in sent {
        al.send(format!("{}\r\nPING on\r\n", line(length)));
        let told = told_before_pong(&mut al);
        let refused = told.iter().filter(|line| line.contains(" 417 al ")).count();
        assert_eq!(refused, usize::from(length > 4_094), "{length}: {told:?}");
    }
    let heard = bo.hears(" TAGMSG ");
    assert!(heard.contains(&"b".repeat(4_091)), "{heard}");
    // Tags and a body that are both as long as they may be.
    let body = format!("PRIVMSG bo :{}", "a".repeat(498));
    al.send(format!("@+a={} {body}\r\nPING on\r\n", "b".repeat(4_091)));
    assert_eq!(told_before_pong(&mut al), Vec::<String>::new());
    let heard = bo.line();
    assert!(heard.contains(" PRIVMSG bo :aaa"), "{heard}");
}

/// What comes before the answer to `PING on`.
fn told_before_pong(peer: &mut Peer) -> Vec<String> {
    let mut told = Vec::new();
    loop {
        let line = peer.line();
        if line.ends_with("PONG chinwag.localhost :on") {
            return told;
        }
        told.push(line);
    }
}

#[test]
fn a_hundred_at_once_are_answered_in_order() {
    let server = Server::with_env(GUESTS);
    let mut peer = guest(&server, "al");
    let many: String = (0..100)
        .map(|number| match number % 4 {
            0 => format!("PING {number}\r\n"),
            1 => format!("ISON nobody{number} al\r\n"),
            2 => format!("PRIVMSG nobody{number} :hello\r\n"),
            _ => format!("NAMES #none{number}\r\n"),
        })
        .collect();
    peer.send(many);
    for number in 0..100 {
        let line = peer.line();
        let fits = match number % 4 {
            0 => line.ends_with(&format!(" PONG chinwag.localhost :{number}")),
            1 => line.contains(" 303 al :al"),
            2 => line.contains(&format!(" 401 al nobody{number} :")),
            _ => line.contains(&format!(" 366 al #none{number} :")),
        };
        assert!(fits, "{number}: {line}");
    }
}

#[test]
fn a_hundred_with_labels() {
    let server = Server::with_env(GUESTS);
    let mut peer = guest_with(&server, "al", LABELS);
    let many: String = (0..100)
        .map(|number| {
            let command = match number % 5 {
                0 => "PING x",
                1 => "PRIVMSG al :hello",
                2 => "PONG x",
                3 => "WHO al",
                _ => "PRIVMSG nobody :hello",
            };
            format!("@label=n{number} {command}\r\n")
        })
        .collect();
    peer.send(many);
    for number in 0..100 {
        let line = peer.line();
        assert!(
            line.starts_with(&format!("@label=n{number}")),
            "{number}: {line}"
        );
        match number % 5 {
            0 => assert!(line.ends_with(" PONG chinwag.localhost :x"), "{line}"),
            // Both the copy and the message itself: one of them has the label (echo-message).
            1 => assert!(
                line.contains(" PRIVMSG al :hello") || line.contains(" BATCH +"),
                "{line}"
            ),
            2 => assert!(line.ends_with(" ACK"), "{line}"),
            3 => assert!(line.contains(" BATCH +"), "{line}"),
            _ => assert!(line.contains(" 401 al nobody :"), "{line}"),
        }
        if let Some((_, name)) = line.split_once(" BATCH +") {
            let name = name.split(' ').next().unwrap();
            loop {
                let inside = peer.line();
                if inside.ends_with(&format!(" BATCH -{name}")) {
                    break;
                }
                assert!(inside.starts_with(&format!("@batch={name}")), "{inside}");
            }
        }
    }
}
