//! A first evening: three people on nc, telnet and openssl, through everything that the commission names.

use crate::peer::Peer;
use crate::server::Server;
use crate::tools::{nc, openssl, telnet};

struct Evening {
    server: Server,
    alice: Peer,
    bob: Peer,
    carol: Peer,
}

#[test]
fn three_people() {
    let server = Server::start();
    // An account that may block and clear, beside the one that nobody has given a password yet.
    server.well("user add root --admin --password-stdin", "root-pass-word");
    let Some((alice, bob, carol)) = people(&server) else {
        return;
    };
    let mut evening = Evening {
        server,
        alice,
        bob,
        carol,
    };
    let codes = evening.registers();
    let said = evening.talks();
    evening.is_kept_over_a_restart();
    evening.is_moderated(&said);
    evening.recovers(&codes);
}

fn people(server: &Server) -> Option<(Peer, Peer, Peer)> {
    let alice = Peer::behind(nc(&[], server.plain())?);
    let bob = Peer::behind(telnet(server.plain())?);
    let carol = Peer::behind(openssl(server.tls())?);
    Some((alice, bob, carol))
}

impl Evening {
    /// What alice has to write down.
    fn registers(&mut self) -> Vec<String> {
        let codes = self.alice.well("REGISTER alice pass-word-1");
        self.bob.well("REGISTER bob pass-word-2");
        self.alice.hears("#lobby * bob joined");
        let taken = self.carol.ask("REGISTER alice pass-word-4");
        assert!(taken.starts_with("-ERR ACCOUNT_EXISTS"), "{taken}");
        self.carol.well("REGISTER carol pass-word-3");
        self.alice.hears("#lobby * carol joined");
        codes
            .iter()
            .filter_map(|row| row.strip_prefix("= RECOVERY-CODE "))
            .map(str::to_owned)
            .collect()
    }

    /// The number of something that will be deleted.
    fn talks(&mut self) -> String {
        let said = self.bob.ask("MSG good evening");
        self.alice.hears("#lobby <bob> good evening");
        self.carol.hears("#lobby <bob> good evening");
        self.carol.well("PRIV alice psst");
        self.alice.hears("[carol] psst");

        self.alice.well("CREATE #tea Kettles and cups");
        self.bob.well("JOIN #tea");
        self.carol.well("JOIN #tea");
        self.alice.hears("#tea * carol joined");
        self.carol.well("MSG #tea with milk");
        self.bob.hears("#tea <carol> with milk");
        self.alice.well("KICK bob #tea no milk");
        self.bob.hears("#tea * bob was kicked by alice: no milk");
        self.carol.hears("#tea * bob was kicked by alice: no milk");
        assert!(self.bob.ask("MSG #tea why").starts_with("-ERR NOT_IN_ROOM"));
        said.strip_prefix("+OK ").unwrap().to_owned()
    }

    fn is_kept_over_a_restart(&mut self) {
        assert!(self.server.terminate().success());
        for person in [&mut self.alice, &mut self.bob, &mut self.carol] {
            person.hears("shutting down");
        }
        self.server.again();
        let (alice, bob, carol) = people(&self.server).unwrap();
        (self.alice, self.bob, self.carol) = (alice, bob, carol);
        self.alice.well("LOGIN alice pass-word-1");
        self.bob.well("LOGIN bob pass-word-2");
        self.carol.well("LOGIN carol pass-word-3");
        let rows = self.alice.well("HISTORY");
        assert!(
            rows.iter().any(|row| row.ends_with("<bob> good evening")),
            "{rows:?}"
        );
        let rows = self.carol.well("HISTORY #tea");
        assert!(
            rows.iter().any(|row| row.ends_with("<carol> with milk")),
            "{rows:?}"
        );
        let rows = self.carol.well("HISTORY alice");
        assert!(
            rows.iter().any(|row| row.ends_with("[-> alice] psst")),
            "{rows:?}"
        );
    }

    fn is_moderated(&mut self, said: &str) {
        let mut root = Peer::behind(openssl(self.server.tls()).unwrap());
        root.well("LOGIN root root-pass-word");
        root.well(&format!("DELETE {said} manners"));
        self.carol.hears(&format!(
            "message {said} by bob was deleted by root: manners"
        ));
        let gone = self.carol.ask(&format!("SHOW {said}"));
        assert!(gone.starts_with("-ERR UNKNOWN_MSGID"), "{gone}");

        let asked = root.ask("CLEAR #tea");
        let (again, _) = asked
            .strip_prefix("+OK repeat as ")
            .unwrap()
            .split_once(" within")
            .unwrap();
        root.well(again);
        self.alice.hears("#tea * ");
        let rows = self.carol.well("HISTORY #tea");
        assert!(
            !rows.iter().any(|row| row.contains("with milk")),
            "{rows:?}"
        );

        root.well("BLOCK bob 2h noise");
        self.bob.hears("noise");
        self.bob.pipe().rest();
        self.bob = Peer::behind(telnet(self.server.plain()).unwrap());
        let refused = self.bob.ask("LOGIN bob pass-word-2");
        assert!(refused.starts_with("-ERR BLOCKED"), "{refused}");
        root.well("UNBLOCK bob");
        self.bob.well("LOGIN bob pass-word-2");
    }

    fn recovers(&mut self, codes: &[String]) {
        let mut elsewhere = Peer::behind(nc(&[], self.server.plain()).unwrap());
        assert_eq!(codes.len(), 8);
        elsewhere.well("RECOVER alice");
        elsewhere.well(&format!("RECOVER alice {} another-pass", codes[2]));
        // Her session has ended, and nc with it as soon as she types on.
        self.alice.rest();
        elsewhere.well("LOGIN alice another-pass");
        let burnt = self
            .bob
            .ask(&format!("RECOVER alice {} third-pass", codes[2]));
        assert!(burnt.starts_with("-ERR INVALID_"), "{burnt}");
    }
}
