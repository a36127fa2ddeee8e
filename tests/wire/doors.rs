//! Who is at the door is told by the first bytes, and everybody is answered in their own terms.

use std::net::SocketAddr;
use std::time::Duration;

use crate::peer::Peer;
use crate::server::Server;
use crate::tools::openssl;

fn sent(server: &Server, to: SocketAddr, bytes: impl AsRef<[u8]>) -> Peer {
    let mut peer = Peer::on(server.connect_to(to));
    peer.send(bytes);
    peer
}

#[test]
fn tls_on_a_plain_port() {
    let server = Server::start();
    let Some(command) = openssl(server.plain()) else {
        return;
    };
    let mut peer = Peer::behind(command);
    assert_eq!(peer.well("PING 1").last().unwrap(), "+OK 1");
}

#[test]
fn plain_bytes_on_a_tls_port_are_told_what_to_do() {
    let server = Server::start();
    let told = sent(&server, server.tls(), "HELP\r\n").rest();
    assert_eq!(told.len(), 1, "{told:?}");
    let way = format!(":{}", server.tls().port());
    assert!(
        told[0].starts_with("-ERR TLS_REQUIRED : ") && told[0].ends_with(&way),
        "{told:?}"
    );
}

#[test]
fn a_browser_gets_an_answer_and_runs_nothing() {
    let server = Server::start();
    let request = "POST /DELETE HTTP/1.1\r\nHost: x\r\nContent-Length: 28\r\n\r\nREGISTER mallory pass-word-1\n";
    let told = sent(&server, server.plain(), request).rest();
    assert!(told[0].starts_with("HTTP/1.1 404 "), "{told:?}");
    assert!(told.iter().any(String::is_empty), "{told:?}");
    assert!(!server.well("user list", "").contains("mallory"));
}

#[test]
fn an_irc_client_is_welcomed_in_its_own_terms() {
    let server = Server::start();
    for hello in [
        "NICK al\r\nUSER al 0 * :al\r\nQUIT\r\n",
        "CAP LS 302\r\nCAP END\r\nUSER al 0 * :al\r\nNICK al\r\nQUIT\r\n",
        "@a=b NICK al\r\n:al USER al 0 * :al\r\nQUIT\r\n",
    ] {
        let told = sent(&server, server.plain(), hello).rest();
        let welcomed = told.iter().any(|line| line.contains(" 001 al :"));
        assert!(welcomed, "{told:?}");
        assert!(told.last().unwrap().starts_with("ERROR :"), "{told:?}");
    }
}

#[test]
fn somebody_silent_is_greeted_and_may_still_be_anybody() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect());
    // Half of the second that is waited for.
    assert!(!peer.pipe().comes_within(Duration::from_millis(500)));
    peer.greeting();
    peer.send("GET / HTTP/1.1\r\n\r\n");
    assert!(peer.line().starts_with("HTTP/1.1 404 "));

    let mut quick = Peer::on(server.connect());
    quick.send("PING 7\r\n");
    assert!(quick.line().starts_with("+OK chinwag at "));
    assert_eq!(quick.line(), "+OK 7");
}

#[test]
fn no_greeting_before_a_handshake() {
    let server = Server::start();
    let mut peer = Peer::on(server.connect_to(server.tls()));
    assert!(!peer.pipe().comes_within(Duration::from_millis(1_500)));
}
