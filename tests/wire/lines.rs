//! Lines as networks bring them: in pieces, together, too long, and ended by whoever has nothing more to say.

use crate::peer::Peer;
use crate::server::Server;

#[test]
fn a_line_in_pieces_and_many_at_once() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.greeting();
    for byte in "PING slow\r\n".bytes() {
        peer.send([byte]);
    }
    assert_eq!(peer.reply(), "+OK slow");
    let many: String = (0..500)
        .map(|number| format!("%t{number} PING {number}\n"))
        .collect();
    peer.send(many);
    for number in 0..500 {
        assert_eq!(peer.reply(), format!("+OK %t{number} {number}"));
    }
}

#[test]
fn a_letter_in_two_packets() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.well("REGISTER alice pass-word-1");
    peer.send(b"MSG caf\xc3");
    peer.pipe()
        .comes_within(std::time::Duration::from_millis(50));
    peer.send(b"\xa9\n");
    assert!(peer.reply().starts_with("+OK "));
    assert!(peer.well("HISTORY").concat().contains("<alice> caf\u{e9}"));
    peer.send(b"MSG \xff\n");
    assert!(peer.reply().starts_with("-ERR INVALID_UTF8"));
}

#[test]
fn what_was_received_before_the_end_is_answered() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.send("REGISTER alice pass-word-1\nMSG one\nMSG two\nHISTORY\nPING last");
    let told = peer.rest();
    assert_eq!(told.last().unwrap(), "+OK last");
    assert_eq!(
        told.iter().filter(|line| line.starts_with('+')).count(),
        6,
        "{told:?}"
    );
}

#[test]
fn what_follows_quit_is_not_run() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.send("PING 1\nQUIT\nPING 2\n");
    let told = peer.pipe().rest();
    assert!(told.last().unwrap().starts_with("+OK"), "{told:?}");
    assert!(!told.iter().any(|line| line.contains("+OK 2")), "{told:?}");
}

#[test]
fn lines_up_to_the_limit_and_beyond() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.well("REGISTER alice pass-word-1");
    let line = |length: usize| format!("PING {}", "a".repeat(length - 5));
    assert!(peer.ask(&line(8_190)).starts_with("+OK aaa"));
    for length in [8_193, 20_000, 300_000] {
        assert!(
            peer.ask(&line(length))
                .starts_with("-ERR TOO_LONG limit=8192"),
            "{length}"
        );
        assert_eq!(peer.ask("PING on"), "+OK on");
    }
    let message = format!("MSG {}", "a".repeat(4_097));
    assert!(peer.ask(&message).starts_with("-ERR TOO_LONG limit=4096"));
    assert!(peer.ask(&message[..message.len() - 1]).starts_with("+OK "));
}
