//! A client certificate, over a real handshake, is the one that CERT adds.

use chinwag::cert::{self, Files};

use super::peer::Peer;
use super::server::Server;
use super::tools::openssl;

#[test]
fn a_client_certificate_is_added_and_known_again() {
    let server = Server::start();
    let folder = tempfile::tempdir().unwrap();
    let files = Files {
        cert: folder.path().join("own.pem"),
        key: folder.path().join("own.key"),
    };
    cert::make("alice.example", &files, false).unwrap();
    let come = |certified: bool| {
        let mut command = openssl(server.tls())?;
        if certified {
            command.arg("-cert").arg(&files.cert);
            command.arg("-key").arg(&files.key);
        }
        Some(Peer::behind(command))
    };
    let Some(mut laptop) = come(true) else {
        return;
    };
    laptop.well("REGISTER alice pass-word-1");
    laptop.well("CERT add");
    let mut again = come(true).unwrap();
    again.well("LOGIN alice pass-word-1");
    let rows = again.well("CERT list");
    assert!(
        rows.iter().any(|row| row.ends_with("(this one)")),
        "{rows:?}"
    );
    let mut without = come(false).unwrap();
    without.well("LOGIN alice pass-word-1");
    let refused = without.ask("CERT add");
    assert!(
        refused.starts_with("-ERR CERTIFICATE_REQUIRED"),
        "{refused}"
    );
}
