//! What operators tell a server: to end, to read its configuration again, and not to start twice.

use std::fs;

use crate::irc::{GUESTS, guest};
use crate::peer::Peer;
use crate::server::Server;

#[test]
fn sigterm_answers_everything_received_and_tells_everyone() {
    let mut server = Server::start();
    let mut alice = Peer::on(server.connect());
    let mut bob = Peer::on(server.connect());
    alice.well("REGISTER alice pass-word-1");
    bob.well("REGISTER bob pass-word-2");
    bob.well("FORMAT line");
    alice.send("MSG first\n".repeat(200));
    // What was read before the signal is answered; the first answer shows that reading has begun.
    alice.reply();
    assert!(server.terminate().success());
    let told = alice.pipe().rest();
    let answered = told.iter().filter(|line| line.starts_with("+OK")).count() + 1;
    let last = told.last().unwrap();
    assert!(last.contains("shutting down"), "{last}");
    let told = bob.pipe().rest();
    let heard = told.iter().filter(|line| line.starts_with("~ MSG")).count();
    assert_eq!((answered, heard), (200, 200));
    assert!(told.last().unwrap().starts_with("~ SHUTDOWN"), "{told:?}");
}

#[test]
fn sigterm_waits_for_nobody_who_is_asked_for_a_password() {
    let mut server = Server::start();
    let mut alice = Peer::on(server.connect());
    alice.send("REGISTER alice\n");
    alice.pipe().through(b">");
    let begun = std::time::Instant::now();
    assert!(server.terminate().success());
    assert!(begun.elapsed() < std::time::Duration::from_secs(4));
}

#[test]
fn sigint_ends_it_as_well() {
    let mut server = Server::start();
    server.signal("INT");
    assert!(server.ended().success());
}

#[test]
fn sighup_reads_configuration_and_certificate() {
    let mut server = Server::start();
    let mut alice = Peer::on(server.connect());
    assert!(alice.ask("GUEST al").starts_with("-ERR"));
    let before = certificate(&server);

    server.well("cert --force", "");
    let file = server.path("c.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("[accounts]", "[accounts]\nguests = true"),
    )
    .unwrap();
    server.signal("HUP");
    server.logged("are read again");
    alice.well("GUEST al");
    let after = certificate(&server);
    assert!(before.is_none() || before != after);

    fs::write(&file, "nonsense = 1").unwrap();
    server.signal("HUP");
    server.logged("stays as it was");
    alice.well("PING 1");
}

#[test]
fn an_operator_has_the_configuration_read_again() {
    let mut server = Server::with_env(GUESTS);
    let file = server.path("c.toml");
    let text = fs::read_to_string(&file).unwrap();
    let operator = "\n[[operator]]\nname = \"boss\"\npassword = \"first-pass\"\n";
    fs::write(&file, text.clone() + operator).unwrap();
    server.signal("HUP");
    server.logged("are read again");

    let mut alice = guest(&server, "alice");
    alice.send("REHASH\r\nOPER boss wrong\r\nOPER boss first-pass\r\n");
    for told in [" 481 ", " 464 ", " MODE alice +o", " 381 "] {
        alice.hears(told);
    }
    fs::write(&file, text + &operator.replace("first", "other")).unwrap();
    alice.send("REHASH\r\n");
    alice.hears(" 382 ");
    server.logged("are read again");

    let mut bob = guest(&server, "bob");
    bob.send("OPER boss first-pass\r\nOPER boss other-pass\r\n");
    for told in [" 464 ", " MODE bob +o", " 381 "] {
        bob.hears(told);
    }
}

/// What is shown to somebody who comes in by TLS.
fn certificate(server: &Server) -> Option<String> {
    let mut command = crate::tools::tool("openssl")?;
    command.args(["s_client", "-connect", &server.tls().to_string()]);
    let shown = command.stdin(std::process::Stdio::null()).output().unwrap();
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    let begin = shown.find("-----BEGIN CERTIFICATE").unwrap();
    let end = shown.find("-----END CERTIFICATE").unwrap();
    Some(shown[begin..end].to_owned())
}

#[test]
fn a_second_server_on_the_same_database_is_refused() {
    let server = Server::start();
    let told = server.refused("serve", "");
    assert!(
        told.contains("chinwag.db is in use by a server that runs already"),
        "{told}"
    );
    Peer::on(server.connect()).well("PING 1");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let server = Server::start();
    let listeners = format!("[[listen]]\naddress = \"{}\"\n", server.plain());
    let other = Server::stopped(&listeners, &[]);
    let told = other.refused("serve", "");
    assert!(told.contains(&server.plain().to_string()), "{told}");
}
