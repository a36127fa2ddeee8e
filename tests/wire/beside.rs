//! The command line beside a server that runs, and without one: the same words, the same effects.

use crate::peer::Peer;
use crate::server::Server;

#[test]
fn accounts_while_the_server_runs() {
    let server = Server::start();
    accounts(&server);
    let mut zoe = Peer::on(server.connect());
    zoe.well("LOGIN zoe other-pass-word");
    server.well("user block zoe --for 2h --why noise", "");
    let told = zoe.pipe().rest();
    assert!(told.iter().any(|line| line.contains("noise")), "{told:?}");
    let mut again = Peer::on(server.connect());
    let refused = again.ask("LOGIN zoe other-pass-word");
    assert!(refused.starts_with("-ERR BLOCKED"), "{refused}");
    server.well("user unblock zoe", "");
    again.well("LOGIN zoe other-pass-word");
    again.well("AUDIT");
}

#[test]
fn accounts_while_none_runs() {
    let mut server = Server::start();
    assert!(server.terminate().success());
    accounts(&server);
    server.again();
    let mut zoe = Peer::on(server.connect());
    zoe.well("LOGIN zoe other-pass-word");
    zoe.well("AUDIT");
}

/// All that can be asked, in an order in which it can be seen.
fn accounts(server: &Server) {
    server.well("user add zoe --password-stdin", "pass-word-1\n");
    let taken = server.refused("user add zoe --password-stdin", "pass-word-1\n");
    assert!(taken.contains("zoe"), "{taken}");
    server.refused("user add yan --password-stdin", "short\n");
    server.well("user passwd zoe --password-stdin", "other-pass-word\n");
    server.well("user role zoe admin", "");
    let listed = server.well("user list", "");
    assert!(listed.contains("zoe\tadmin\tactive\t-\n"), "{listed}");
    server.well("user block zoe", "");
    assert!(
        server
            .well("user list", "")
            .contains("zoe\tadmin\tblocked\t-\n")
    );
    server.well("user unblock zoe", "");
    let nobody = server.refused("user block nobody", "");
    assert!(nobody.contains("nobody"), "{nobody}");
}

#[test]
fn copies_are_whole() {
    let mut server = Server::start();
    let mut alice = Peer::on(server.connect());
    alice.well("REGISTER alice pass-word-1");
    alice.well("MSG before the copy");
    server.well("backup first.db", "");
    let there = server.refused("backup first.db", "");
    assert!(there.contains("is there already"), "{there}");
    alice.well("MSG after the copy");
    server.well("check first.db", "");
    server.well("check chinwag.db", "");
    assert!(server.terminate().success());
    server.well("backup second.db", "");
    server.well("check second.db", "");
    server.well("check chinwag.db", "");
    std::fs::write(server.path("torn.db"), vec![7; 8_192]).unwrap();
    server.refused("check torn.db", "");

    server.set("CHINWAG_DATABASE__PATH", "first.db");
    server.again();
    let mut alice = Peer::on(server.connect());
    alice.well("LOGIN alice pass-word-1");
    let rows = alice.well("HISTORY").concat();
    assert!(
        rows.contains("before the copy") && !rows.contains("after the copy"),
        "{rows}"
    );
}
