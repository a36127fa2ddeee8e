//! Telnet's own bytes, from a client of our own and from the program.

use crate::peer::Peer;
use crate::server::Server;
use crate::tools::telnet;

const IAC: u8 = 255;
const WILL: u8 = 251;
const WONT: u8 = 252;
const DO: u8 = 253;
const ECHO: u8 = 1;
const TTYPE: u8 = 24;
const NAWS: u8 = 31;
const SB: u8 = 250;
const SE: u8 = 240;

#[test]
fn who_negotiates_is_asked_for_type_and_size() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.send([IAC, DO, 3]);
    peer.pipe().through(&[IAC, DO, TTYPE]);
    peer.pipe().through(&[IAC, DO, NAWS]);
    peer.send("PING 1\r\n");
    peer.pipe().through(b"+OK 1\r\n");
}

#[test]
fn lines_fit_the_window() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.send("TELNET\r\n");
    peer.pipe().through(&[IAC, DO, NAWS]);
    peer.send([IAC, WILL, NAWS, IAC, SB, NAWS, 0, 44, 0, 24, IAC, SE]);
    peer.send("WIDTH\r\n");
    peer.pipe().through(b"+OK width 44\r\n");
    peer.send([IAC, SB, NAWS, 0, 5, 0, 24, IAC, SE]);
    peer.send("WIDTH\r\n");
    peer.pipe().through(b"+OK width 20\r\n");
}

#[test]
fn a_password_is_not_shown() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    peer.send([IAC, WILL, NAWS]);
    peer.send("REGISTER alice\r\n");
    peer.pipe().through(&[IAC, WILL, ECHO]);
    peer.send("pass-word-1\r\n");
    peer.pipe().through(&[IAC, WONT, ECHO]);
    peer.pipe()
        .through(b"+OK registered and logged in as alice");
    peer.send("LOGOUT\r\nLOGIN alice\r\npass-word-1\r\n");
    peer.pipe().through(&[IAC, WILL, ECHO]);
    peer.pipe().through(&[IAC, WONT, ECHO]);
    peer.pipe().through(b"+OK logged in as alice");
}

#[test]
fn the_program_after_telnet() {
    let server = Server::start();
    let Some(command) = telnet(server.plain()) else {
        return;
    };
    let mut peer = Peer::behind(command);
    peer.well("TELNET");
    peer.well("REGISTER alice pass-word-1");
    assert!(peer.ask("MSG hello").starts_with("+OK "));
    assert_eq!(peer.ask("PING 1"), "+OK 1");
}
