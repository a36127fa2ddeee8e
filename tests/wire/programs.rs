//! Scripts behind the programs that people have: each posts, reads its answers and ends.

use std::process::Command;

use crate::peer::Peer;
use crate::server::Server;
use crate::tools::{nc, nc_unix, openssl, tool};

const SCRIPT: &str = "REGISTER alice pass-word-1\nMSG hello from a script\n";

/// Runs the script; everything must be answered, and the program must end when told to.
fn posts(server: &Server, command: Option<Command>, ending: &str) {
    let Some(command) = command else { return };
    let mut peer = Peer::behind(command);
    peer.send(format!("{SCRIPT}{ending}"));
    // nc waits for both sides to end, whatever was said.
    let told = peer.rest();
    let answers: Vec<_> = told.iter().filter(|line| line.starts_with("+OK")).collect();
    assert!(answers.len() >= 3, "{told:?}");
    assert!(answers[2][4..].parse::<u64>().is_ok(), "{told:?}");
    assert_eq!(heard(server), 1);
}

fn heard(server: &Server) -> usize {
    let mut bob = Peer::on(server.connect());
    bob.well("REGISTER bob pass-word-2");
    let rows = bob.well("HISTORY");
    rows.iter()
        .filter(|row| row.ends_with("<alice> hello from a script"))
        .count()
}

#[test]
fn nc_with_quit() {
    let server = Server::start();
    posts(&server, nc(&[], server.plain()), "QUIT\n");
}

#[test]
fn nc_that_passes_the_end_on() {
    let server = Server::start();
    posts(&server, nc(&["-N"], server.plain()), "");
}

#[test]
fn nc_on_a_socket_of_the_file_system() {
    let server = Server::start();
    posts(&server, nc_unix(&server.unix()), "");
}

#[test]
fn ncat() {
    let server = Server::start();
    let command = tool("ncat").map(|mut command| {
        let to = server.plain();
        command.args([to.ip().to_string(), to.port().to_string()]);
        command
    });
    posts(&server, command, "");
}

#[test]
fn ncat_by_tls() {
    let server = Server::start();
    let command = tool("ncat").map(|mut command| {
        let to = server.tls();
        command.args(["--ssl", &to.ip().to_string(), &to.port().to_string()]);
        command
    });
    posts(&server, command, "QUIT\n");
}

#[test]
fn socat() {
    let server = Server::start();
    let command = tool("socat").map(|mut command| {
        command.args(["-t20", "-", &format!("TCP:{}", server.plain())]);
        command
    });
    posts(&server, command, "");
}

#[test]
fn socat_on_a_socket_of_the_file_system() {
    let server = Server::start();
    let command = tool("socat").map(|mut command| {
        command.args(["-t20", "-", &format!("UNIX:{}", server.unix().display())]);
        command
    });
    posts(&server, command, "");
}

#[test]
fn openssl_with_quit() {
    let server = Server::start();
    posts(&server, openssl(server.tls()), "QUIT\n");
}

#[test]
fn bash_alone() {
    let server = Server::start();
    let to = server.plain();
    let script = format!(
        "exec 3<>/dev/tcp/{}/{}; cat >&3 <<< \"$(cat; echo QUIT)\"; cat <&3",
        to.ip(),
        to.port()
    );
    let command = tool("bash").map(|mut command| {
        command.args(["-c", &script]);
        command
    });
    posts(&server, command, "");
}
