//! `chinwag cert`: made once, over again only by force.

use std::fs;

use crate::program::Folder;

#[test]
fn made_once() {
    let folder = Folder::new();
    let name = [("CHINWAG_SERVER__NAME", "chat.example.org")];
    let made = folder.run_with("cert", &name, b"").well();
    let (first, fingerprint) = made.trim_end().split_once('\n').unwrap();
    assert_eq!(
        first,
        "certs/chinwag.pem and certs/chinwag.key made for chat.example.org"
    );
    assert_eq!(fingerprint.len(), "SHA-256 ".len() + 95);
    let pem = fs::read(folder.path("certs/chinwag.pem")).unwrap();

    let again = folder.run("cert");
    assert_eq!(
        again.shown(),
        "chinwag: certs/chinwag.pem is there already; --force writes over it\n[exit 1]\n"
    );
    assert_eq!(fs::read(folder.path("certs/chinwag.pem")).unwrap(), pem);
    assert_eq!(folder.run("check-config").well(), "defaults: no mistakes\n");

    assert_ne!(folder.run_with("cert --force", &name, b"").well(), made);
    assert_ne!(fs::read(folder.path("certs/chinwag.pem")).unwrap(), pem);
}

#[test]
fn where_nothing_can_be_written() {
    let folder = Folder::new();
    folder.write("certs", "a file");
    let told = folder.run("cert");
    assert_eq!(told.status, 1);
    assert!(
        told.err
            .starts_with("chinwag: certs/chinwag.key cannot be written: "),
        "{}",
        told.err
    );
}
