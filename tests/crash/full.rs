//! A disk that is full, as far as `database.min_free_mb` tells: nothing is written, and reading goes on.

use crate::peer::Peer;
use crate::server::Server;

#[test]
fn reading_goes_on() {
    let mut server = Server::start();
    let mut alice = Peer::on(server.connect());
    alice.well("REGISTER alice pass-word-1");
    alice.well("MSG while there was room");
    assert!(server.terminate().success());
    server.set("CHINWAG_DATABASE__MIN_FREE_MB", "1000000000");
    server.again();
    let mut alice = Peer::on(server.connect());
    alice.well("LOGIN alice pass-word-1");
    for refused in [
        "MSG no",
        "CREATE #tea",
        "PRIV alice no",
        "PASSWD pass-word-1 pass-word-2",
        "TOPIC #lobby no",
    ] {
        let told = alice.ask(refused);
        assert!(told.starts_with("-ERR STORAGE_FULL"), "{refused}: {told}");
    }
    let mut bob = Peer::on(server.connect());
    assert!(
        bob.ask("REGISTER bob pass-word-2")
            .starts_with("-ERR STORAGE_FULL")
    );
    for read in [
        "HISTORY",
        "WHO",
        "ROOMS",
        "SEARCH room",
        "WHOIS alice",
        "HELP",
        "UNREAD",
    ] {
        alice.well(read);
    }
    assert!(server.terminate().success());
    server.well("check chinwag.db", "");
}
