//! Registration: NICK, USER, PASS and capabilities in any order; when all is said, the core is asked to let it in.

use chinwag_grammar::Nick;
use chinwag_grammar::irc::Message;

use super::flight::Part;
use super::turn::Turn;
use super::{Irc, sasl};
use crate::command::Command;
use crate::command::connection_password::ConnectionPassword;
use crate::command::irc::{Authenticate, Enter, Proof};
use crate::hub::caps::{CAPS, Cap, Caps};
use crate::model::Text;
use crate::render::irc::Asked;
use crate::render::irc::line::Line;
use crate::reply::Reply;
use crate::secret::Secret;

/// What a client has said so far.
#[derive(Debug, Default)]
pub struct Registration {
    nick: Option<Nick>,
    has_user: bool,
    real_name: Option<Text>,
    /// Between CAP LS or REQ and CAP END.
    negotiates: bool,
    passwords: Vec<Secret>,
    /// What it is asked for is under way.
    step: Step,
}

/// What the core was asked last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    #[default]
    None,
    /// The connection password.
    Password,
    /// An account's password, given by PASS.
    Login,
    /// To be let in.
    Entering,
}

/// More PASS lines than this are not kept.
const PASSWORDS_MAX: usize = 2;
/// A line of CAP LS holds at most so many bytes of names.
const CAPS_BYTES: usize = 400;

pub fn nick(turn: &mut Turn<'_>, message: &Message<'_>) {
    let Some(name) = message.param(0).filter(|name| !name.is_empty()) else {
        return turn.numeric(431, &[], "No nickname given");
    };
    let Ok(nick) = Nick::parse(name) else {
        let shown = name.split(' ').next().unwrap_or("*");
        return turn.numeric(432, &[shown], "Erroneous nickname");
    };
    match &mut turn.irc.registration {
        Some(registration) => {
            turn.irc.nick = Some(nick.to_string());
            registration.nick = Some(nick);
            go_on(turn);
        }
        None if turn.irc.nick.as_deref() == Some(nick.as_str()) => {}
        None if turn.irc.is_unnamed => {
            // Nobody sees it: it is a name to log in with.
            let before = turn.irc.nick.replace(nick.to_string()).unwrap_or_default();
            turn.say(&format!(":{before} NICK {nick}\r\n"));
        }
        None => turn.numeric(
            433,
            &[nick.as_str()],
            "Your nick is the name of your account, and stays so",
        ),
    }
}

pub fn user(turn: &mut Turn<'_>, message: &Message<'_>) {
    let Some(registration) = &mut turn.irc.registration else {
        return turn.numeric(462, &[], "You may not reregister");
    };
    registration.has_user = true;
    registration.real_name = message.param(3).map(Text::formatted);
    go_on(turn);
}

pub fn pass(turn: &mut Turn<'_>, message: &Message<'_>) {
    let given = message.param(0).map(Secret::from);
    if let Some(registration) = &mut turn.irc.registration
        && registration.passwords.len() < PASSWORDS_MAX
    {
        registration.passwords.extend(given);
    }
}

pub fn cap(turn: &mut Turn<'_>, message: &Message<'_>) {
    let subcommand = message.param(0).unwrap_or_default().to_ascii_uppercase();
    match subcommand.as_str() {
        "LS" => {
            let version: u32 = message
                .param(1)
                .and_then(|word| word.parse().ok())
                .unwrap_or(0);
            if let Some(registration) = &mut turn.irc.registration {
                registration.negotiates = true;
            }
            if version >= 302 {
                // cap-notify is implied (capability negotiation, 302).
                turn.irc.caps = turn.irc.caps.with(Cap::CapNotify, true);
            }
            let offered = turn.irc.setup.offered;
            let shown = offered
                .iter()
                .map(|cap| shown(cap, version >= 302, turn.irc));
            let shown = shown.collect();
            listed(turn, "LS", shown, version >= 302);
        }
        "LIST" => {
            let caps = turn
                .irc
                .caps
                .iter()
                .map(|cap| cap.name().to_owned())
                .collect();
            listed(turn, "LIST", caps, true);
        }
        "REQ" => request(turn, message.param(1).unwrap_or_default()),
        "END" => {
            if turn.irc.sasl.take().is_some() {
                turn.numeric(906, &[], "SASL authentication aborted");
            }
            if let Some(registration) = &mut turn.irc.registration {
                registration.negotiates = false;
                go_on(turn);
            }
        }
        _ => turn.numeric(410, &[&subcommand], "Invalid CAP command"),
    }
}

/// A capability with its value, for those who know values.
fn shown(cap: Cap, with_values: bool, irc: &Irc) -> String {
    let value = match cap {
        Cap::AccountRegistration if irc.setup.registers_first => {
            "before-connect,custom-account-name"
        }
        Cap::AccountRegistration => "custom-account-name",
        Cap::Multiline => {
            let bytes = irc.setup.message_bytes;
            return named(cap, &format!("max-bytes={bytes}"), with_values);
        }
        // Where it is encrypted already, for how long; elsewhere, where to go (sts).
        Cap::Sts => {
            let sts = irc.setup.sts.map(|sts| match irc.is_tls {
                true => format!("duration={}", sts.duration),
                false => format!("port={}", sts.port),
            });
            return named(cap, &sts.unwrap_or_default(), with_values);
        }
        Cap::Sasl => return named(cap, &sasl::mechanisms(irc), with_values),
        _ => "",
    };
    named(cap, value, with_values)
}

fn named(cap: Cap, value: &str, with_values: bool) -> String {
    if with_values && !value.is_empty() {
        return format!("{}={value}", cap.name());
    }
    cap.name().to_owned()
}

/// In as many lines as are needed: all but the last have a `*`, for those who know it.
fn listed(turn: &mut Turn<'_>, subcommand: &str, caps: Vec<String>, several: bool) {
    let mut lines: Vec<String> = vec![String::new()];
    for cap in caps {
        let line = lines.last_mut().expect("it begins with one");
        if several && line.len() + cap.len() > CAPS_BYTES {
            lines.push(cap);
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&cap);
    }
    let last = lines.len() - 1;
    let me = turn.irc.nick.clone().unwrap_or_else(|| "*".to_owned());
    let server = turn.irc.setup.name.clone();
    for (place, line) in lines.iter().enumerate() {
        let more = if place < last { "* " } else { "" };
        turn.say(&format!(
            ":{server} CAP {me} {subcommand} {more}:{line}\r\n"
        ));
    }
}

/// All of them or none (capability negotiation, CAP REQ).
fn request(turn: &mut Turn<'_>, names: &str) {
    if let Some(registration) = &mut turn.irc.registration {
        registration.negotiates = true;
    }
    let mut wanted = names.split(' ').filter(|name| !name.is_empty());
    let changed = wanted.try_fold(turn.irc.caps, |caps, name| {
        let (name, on) = match name.strip_prefix('-') {
            Some(name) => (name, false),
            None => (name, true),
        };
        let cap = Cap::parse(name).filter(|cap| turn.irc.setup.offered.has(*cap))?;
        // It is announced, not asked for (sts); what one has to know cannot be unlearned (cap-notify).
        let is_fixed = cap == Cap::Sts && on || cap == Cap::CapNotify && !on;
        (!is_fixed).then(|| caps.with(cap, on))
    });
    let (me, server) = (
        turn.irc.nick.clone().unwrap_or_else(|| "*".to_owned()),
        turn.irc.setup.name.clone(),
    );
    let answer = match changed {
        Some(caps) => {
            turn.irc.caps = caps;
            "ACK"
        }
        None => "NAK",
    };
    let names = names.trim();
    let line = Line::new().says(&server, "CAP").word(&me).word(answer);
    turn.say(&line.text(names).ended());
}

/// The next step, when everything for it is said.
fn go_on(turn: &mut Turn<'_>) {
    if let Some((command, is_silent)) = turn.irc.next_step() {
        if is_silent {
            turn.ask_silently(command);
        } else {
            turn.ask(command, None);
        }
    }
}

impl Irc {
    /// What the core is to be asked next, and whether the client learns how it went only where it is refused.
    fn next_step(&mut self) -> Option<(Command, bool)> {
        let has_password = self.setup.has_password;
        let registration = self.registration.as_mut()?;
        let nick = registration.nick.clone()?;
        if !registration.has_user || registration.negotiates {
            return None;
        }
        match registration.step {
            Step::None if has_password && !registration.passwords.is_empty() => {
                registration.step = Step::Password;
                let given = registration.passwords.remove(0);
                Some((
                    Command::ConnectionPassword(ConnectionPassword { given }),
                    true,
                ))
            }
            Step::None | Step::Password if !registration.passwords.is_empty() => {
                registration.step = Step::Login;
                let given = registration.passwords.remove(0);
                Some((Command::Authenticate(credentials(&given, nick)), false))
            }
            Step::None | Step::Password | Step::Login => {
                registration.step = Step::Entering;
                let real_name = registration.real_name.clone();
                Some((Command::Enter(Enter { nick, real_name }), false))
            }
            Step::Entering => None,
        }
    }

    /// The core has answered a step of the registration.
    pub fn registered_so_far(&mut self, reply: &Reply) {
        let Some(registration) = &mut self.registration else {
            return;
        };
        match (registration.step, reply.code()) {
            (Step::Entering, Some(_)) => {
                // With another nick, perhaps.
                registration.step = Step::None;
                registration.nick = None;
            }
            (Step::Password | Step::Login, Some(_)) => {
                let wrong = || "the password is wrong".to_owned();
                self.ending.get_or_insert_with(wrong);
            }
            (Step::Password | Step::Login, None) => {
                if let Some((command, is_silent)) = self.next_step() {
                    self.queue.push_back(command);
                    self.flights.add(Part {
                        asked: Asked {
                            verb: "USER".to_owned(),
                            ..Asked::default()
                        },
                        service: None,
                        is_silent,
                    });
                }
            }
            (Step::None, _) | (Step::Entering, None) => {}
        }
    }
}

/// `account:password`, or the password of the account that is called like the nick.
fn credentials(given: &Secret, nick: Nick) -> Authenticate {
    let split = given.expose().split_once(':');
    let named = split.and_then(|(name, password)| Some((Nick::parse(name).ok()?, password)));
    let (nick, password) = named.unwrap_or((nick, given.expose()));
    let password = Secret::from(password);
    Authenticate {
        how: Proof::Password { nick, password },
        enter: false,
    }
}

/// REGISTER account email password (draft/account-registration); `*` is the nick, and no address.
pub fn register(turn: &mut Turn<'_>, message: &Message<'_>) {
    let enter = turn.irc.is_registered();
    let name = message.param(0).unwrap_or_default();
    let name = match (name, &turn.irc.nick) {
        ("*", Some(nick)) => nick.clone(),
        _ => name.to_owned(),
    };
    if !enter && !turn.irc.setup.registers_first {
        return turn.fail(
            "REGISTER",
            "COMPLETE_CONNECTION_REQUIRED",
            &[&name],
            "complete the connection first",
        );
    }
    let Ok(nick) = Nick::parse(&name) else {
        return turn.fail("REGISTER", "BAD_ACCOUNT_NAME", &[&name], "that is no name");
    };
    let email = message.param(1).filter(|email| *email != "*");
    let password = Secret::from(message.param(2).unwrap_or_default());
    let command = Command::register(nick, password, email.map(Secret::from), enter);
    turn.ask(command, Some(&name));
}

/// The capabilities that every server offers: all there are but those that its configuration decides.
#[must_use]
pub fn offered(sts: bool) -> Caps {
    let without = [Cap::ChgHost, Cap::InviteNotify];
    let all = CAPS
        .iter()
        .fold(Caps::NONE, |caps, (cap, _)| caps.with(*cap, true));
    let all = all.with(Cap::Sts, sts);
    without.iter().fold(all, |caps, cap| caps.with(*cap, false))
}
