//! Connections that show who they are as IRC does. Nobody looks at what they are told: they have no dialect yet.

use chinwag::auth::scram;
use chinwag::command::Command;
use chinwag::command::irc::{Authenticate, Enter, Proof, ScramFinal, ScramFirst};
use chinwag::effect::Effect;
use chinwag::machine::Entry;
use chinwag::model::ConnId;
use chinwag::model::scram::ClientFirst;
use chinwag::reply::Reply;
use chinwag_grammar::{Nick, plain};

use super::pools::{self, NICKS, OFTEN_PASSWORDS, Random};
use super::world::World;

/// So many of them at most.
const CLIENTS_MAX: usize = 3;

impl World {
    /// One of them does something, or comes.
    pub fn client_acts(&mut self, random: Random<'_>) {
        let at = usize::try_from(random()).unwrap() % CLIENTS_MAX;
        let Some(conn) = self.clients.get(at).copied() else {
            let conn = self.connect_client(!random().is_multiple_of(3));
            self.clients.push(conn);
            return;
        };
        let nick = Nick::parse(pools::pick(random, &NICKS)).unwrap();
        let password = pools::pick(random, &OFTEN_PASSWORDS);
        let enter = random().is_multiple_of(3);
        let command = match random() % 12 {
            0 => {
                self.clients.remove(at);
                self.index.remove(conn);
                self.step(Entry::Disconnected { conn, why: None });
                return;
            }
            1 => typed("LOGOUT"),
            2 => Command::register(nick, password.into(), None, enter),
            3 => {
                let nick = (!random().is_multiple_of(2)).then_some(nick);
                let how = Proof::Certificate { nick };
                Command::Authenticate(Authenticate { how, enter })
            }
            4..=5 => {
                let password = password.into();
                let how = Proof::Password { nick, password };
                Command::Authenticate(Authenticate { how, enter })
            }
            6..=8 => {
                self.exchange(conn, &nick, password);
                let how = Proof::Scram;
                Command::Authenticate(Authenticate { how, enter })
            }
            9 => typed("WHO"),
            _ => Command::Enter(Enter {
                nick: chinwag_grammar::Nick::parse("nobody").unwrap(),
                real_name: None,
            }),
        };
        println!("{conn:?} > {command:?}");
        self.request(conn, Box::new(command));
    }

    fn exchange(&mut self, conn: ConnId, nick: &Nick, password: &str) {
        let client_first = format!("n,,n={nick},r=nonce");
        let parsed = ClientFirst::parse(&client_first).unwrap();
        let first = ScramFirst {
            client_first: client_first.into(),
        };
        self.request(conn, Box::new(Command::ScramFirst(first)));
        let Some(server_first) = self.challenged(conn) else {
            return;
        };
        let (answer, _) = scram::answered(&parsed, &server_first, password).unwrap();
        println!("{conn:?} > {answer}");
        let last = ScramFinal {
            client_final: answer.into(),
        };
        self.request(conn, Box::new(Command::ScramFinal(last)));
    }

    /// What was answered last, if it was a challenge.
    fn challenged(&self, asked: ConnId) -> Option<String> {
        let effects = &self.waiting.last()?.effects;
        effects.iter().find_map(|effect| match effect {
            Effect::Answer {
                conn,
                reply: Reply::Challenge { message },
            } if *conn == asked => Some(message.to_string()),
            _ => None,
        })
    }
}

fn typed(line: &str) -> Command {
    let request = plain::parse(line).unwrap();
    Command::read(request.rule.name, &request.args).unwrap()
}
