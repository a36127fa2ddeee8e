//! Who reads too slowly, comes too often or types too fast.

use std::time::Duration;

use crate::peer::Peer;
use crate::server::Server;

#[test]
fn a_slow_reader_is_told_what_it_lost_and_dropped() {
    let server = Server::with_env(&[
        ("CHINWAG_LIMITS__FLOOD", "false"),
        ("CHINWAG_LIMITS__SEND_QUEUE_BYTES", "65536"),
    ]);
    let mut slow = Peer::on(server.connect());
    slow.well("REGISTER slow pass-word-1");
    slow.well("FORMAT line");
    let mut loud = Peer::on(server.connect());
    loud.well("REGISTER loud pass-word-2");
    let line = format!("MSG {}\n", "a".repeat(4_000)).repeat(50);
    let mut numbers = Vec::new();
    // More than the system keeps for a socket, and then more than the server does.
    while loud
        .well("WHO")
        .iter()
        .any(|row| row.starts_with("= slow "))
    {
        loud.send(&line);
        for _ in 0..50 {
            numbers.push(loud.reply());
        }
        assert!(numbers.len() < 20_000, "it is never dropped");
    }
    let told = slow.pipe().rest();
    let lost = told.last().unwrap();
    let since = lost
        .strip_prefix("~ LOST ")
        .unwrap_or_else(|| panic!("{lost}"));
    let (count, since) = since.split_once(" since=").unwrap();
    assert!(count.parse::<u64>().unwrap() > 0);
    // Nothing before is missing.
    let last_told = told
        .iter()
        .rev()
        .find(|line| line.starts_with("~ MSG"))
        .unwrap();
    assert_eq!(last_told.split(' ').nth(3).unwrap(), since);
    let mut again = Peer::on(server.connect());
    again.send(format!(
        "FORMAT line\nLOGIN slow pass-word-1 SINCE {since}\n"
    ));
    let next = again.hears("~ MSG");
    let seen = format!("+OK {}", next.split(' ').nth(3).unwrap());
    let before = numbers
        .iter()
        .position(|number| *number == format!("+OK {since}"))
        .unwrap();
    assert_eq!(numbers[before + 1], seen);
}

const PROXIED: &str = "[[listen]]\naddress = \"127.0.0.1:0\"\nproxy_protocol = true\n";

#[test]
fn so_many_of_one_address_behind_a_proxy() {
    let server = Server::with(PROXIED, &[("CHINWAG_LIMITS__MAX_PER_IP", "2")]);
    let come = |address: &str| {
        let mut peer = Peer::on(server.connect());
        peer.send(format!(
            "PROXY TCP4 {address} 192.0.2.9 5000 6667\r\nPING 1\r\n"
        ));
        peer
    };
    let mut first = come("192.0.2.1");
    first.reply();
    let mut second = come("192.0.2.1");
    second.reply();
    let refused = come("192.0.2.1").pipe().rest();
    assert!(
        !refused.iter().any(|line| line.starts_with("+OK")),
        "{refused:?}"
    );
    come("192.0.2.2").reply();
    // A place is free again as soon as its connection is gone.
    first.rest();
    let mut again = come("192.0.2.1");
    again.reply();
}

#[test]
fn a_header_is_required_where_proxies_come() {
    let server = Server::with(PROXIED, &[]);
    let mut peer = Peer::on(server.connect());
    peer.send("PING 1\r\n");
    assert_eq!(peer.pipe().rest(), Vec::<String>::new());
}

#[test]
fn who_types_too_fast_waits_and_loses_nothing() {
    let server = Server::with_env(&[
        ("CHINWAG_LIMITS__FLOOD_BURST", "5"),
        ("CHINWAG_LIMITS__FLOOD_PER_SECOND", "20"),
    ]);
    let mut peer = Peer::on(server.connect());
    let begun = std::time::Instant::now();
    peer.send("PING 1\n".repeat(25));
    for _ in 0..25 {
        assert_eq!(peer.reply(), "+OK 1");
    }
    assert!(
        begun.elapsed() > Duration::from_millis(900),
        "{:?}",
        begun.elapsed()
    );
}
