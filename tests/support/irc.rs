//! Somebody who speaks IRC, on a socket of their own.

use crate::peer::Peer;
use crate::server::Server;

/// Where everybody may come in, without flood control.
pub const GUESTS: &[(&str, &str)] = &[
    ("CHINWAG_LIMITS__FLOOD", "false"),
    ("CHINWAG_ACCOUNTS__GUESTS", "true"),
];

/// A connection that has said this.
pub fn says(server: &Server, lines: &str) -> Peer {
    let mut peer = Peer::on(server.connect());
    peer.send(lines);
    peer
}

/// A guest who is in, and in no room.
pub fn guest(server: &Server, nick: &str) -> Peer {
    let mut peer = says(
        server,
        &format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n"),
    );
    welcomed(&mut peer, nick);
    alone(&mut peer);
    peer
}

/// A guest who is in, in no room, and has asked for these capabilities.
pub fn guest_with(server: &Server, nick: &str, caps: &str) -> Peer {
    let mut peer = says(
        server,
        &format!("CAP REQ :{caps}\r\nNICK {nick}\r\nUSER {nick} 0 * :{nick}\r\nCAP END\r\n"),
    );
    peer.hears(" ACK :");
    welcomed(&mut peer, nick);
    alone(&mut peer);
    peer
}

/// Reads to the end of the welcome; 001 must come first.
pub fn welcomed(peer: &mut Peer, nick: &str) {
    let welcome = peer.hears(&format!(" {nick} :"));
    assert!(welcome.contains(" 001 "), "{welcome}");
    peer.hears(" 422 ");
}

/// Leaves every room, where others would be heard.
pub fn alone(peer: &mut Peer) {
    peer.send("JOIN 0\r\nPING alone\r\n");
    peer.hears(" PONG chinwag.localhost :alone");
}
