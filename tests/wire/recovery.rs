//! A forgotten password, from the mail server's side too: the letter that comes opens the account again.

use tokio::task::spawn_blocking;

use crate::peer::Peer;
use crate::server::Server;
use crate::smtp::{Manner, Smtp};

#[tokio::test]
async fn by_a_letter() {
    let mut smtp = Smtp::start(Manner::Accept).await;
    let url = smtp.url();
    let people = spawn_blocking(move || People::ask(&url)).await.unwrap();

    let letter = smtp.next().await;
    assert_eq!(letter.to, ["alice@home.example"]);
    let (_, code) = letter.text.split_once("    RECOVER alice ").unwrap();
    let code = code.lines().next().unwrap().to_owned();

    spawn_blocking(move || people.go_on(&code)).await.unwrap();
    // The server has sent what waited, and ended: there was one letter.
    assert!(smtp.is_quiet());
}

struct People {
    server: Server,
    alice: Peer,
    forgetful: Peer,
}

impl People {
    /// Asks for the code of somebody and of nobody: the answers are alike.
    fn ask(url: &str) -> Self {
        let settings = format!(
            "[[listen]]\naddress = \"127.0.0.1:0\"\n\
             [mail]\nsmtp = \"{url}\"\nfrom = \"Chat <chat@example.org>\"\n"
        );
        let server = Server::with(&settings, &[("CHINWAG_LIMITS__FLOOD", "false")]);
        let mut alice = Peer::on(server.connect());
        alice.well("REGISTER alice pass-word-1 alice@home.example");
        let mut forgetful = Peer::on(server.connect());
        let unknown = forgetful.ask("RECOVER nobody");
        let known = forgetful.ask("RECOVER alice");
        assert!(known.starts_with("+OK if the account exists"), "{known}");
        assert_eq!(unknown.replace("nobody", "alice"), known);
        Self {
            server,
            alice,
            forgetful,
        }
    }

    fn go_on(mut self, code: &str) {
        let wrong = self
            .forgetful
            .ask("RECOVER nobody abcd-efgh-jkmn other-pass-word");
        assert!(wrong.starts_with("-ERR INVALID_CODE"), "{wrong}");
        self.forgetful
            .well(&format!("RECOVER alice {code} other-pass-word"));
        // Whoever came with the old password is out.
        self.alice.pipe().rest();

        let mut back = Peer::on(self.server.connect());
        let old = back.ask("LOGIN alice pass-word-1");
        assert!(old.starts_with("-ERR INVALID_CREDENTIALS"), "{old}");
        back.well("LOGIN alice other-pass-word");
        let mut late = Peer::on(self.server.connect());
        let again = late.ask(&format!("RECOVER alice {code} third-pass-word"));
        assert!(again.starts_with("-ERR INVALID_CODE"), "{again}");
        // A server that ends waits for those who are still there to go.
        drop((back, late, self.alice, self.forgetful));
        assert!(self.server.terminate().success());
    }
}
