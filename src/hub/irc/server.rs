//! The commands that are about the server and the connection.

use chinwag_grammar::irc::Message;

use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{About, Lusers, Motd, Stats};
use crate::command::quit::Quit;
use crate::model::Text;
use crate::render::irc::line::Line;

/// The name and version of this software.
const VERSION: &str = concat!("chinwag-", env!("CARGO_PKG_VERSION"));

pub fn ping(turn: &mut Turn<'_>, message: &Message<'_>) {
    let server = turn.irc.setup.name.clone();
    let token = message.param(0).unwrap_or_default();
    let line = Line::new().says(&server, "PONG").word(&server);
    turn.say(&line.text(token).ended());
}

/// That it came is all there is to it.
pub fn pong(_turn: &mut Turn<'_>, _message: &Message<'_>) {}

pub fn quit(turn: &mut Turn<'_>, message: &Message<'_>) {
    let why = message
        .param(0)
        .filter(|why| !why.is_empty())
        .map(Text::formatted);
    turn.ask(Command::Quit(Quit { why }), None);
}

pub fn motd(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::Motd(Motd), None);
}

pub fn lusers(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::Lusers(Lusers), None);
}

pub fn version(turn: &mut Turn<'_>, _message: &Message<'_>) {
    let server = turn.irc.setup.name.clone();
    turn.numeric(
        351,
        &[VERSION, &server],
        "one chat server for nc, IRC and the browser",
    );
}

pub fn info(turn: &mut Turn<'_>, _message: &Message<'_>) {
    let about = format!("{VERSION}: one chat server for nc, IRC and the browser");
    for line in [
        about.as_str(),
        "Everyone shares the same accounts, rooms and history, whichever door they came in by.",
        "HELP lists the commands; VERSION, ADMIN and STATS u tell about this server.",
    ] {
        turn.numeric(371, &[], line);
    }
    turn.numeric(374, &[], "End of INFO list");
}

pub fn admin(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::About(About::Admin), None);
}

pub fn links(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::About(About::Links), None);
}

pub fn map(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::About(About::Map), None);
}

/// STATS u, and for operators d, k and o.
pub fn stats(turn: &mut Turn<'_>, message: &Message<'_>) {
    let word = message.param(0).unwrap_or_default();
    let letter = word.chars().next().unwrap_or('*').to_ascii_lowercase();
    turn.ask(Command::Stats(Stats { letter }), None);
}

/// The command of the core has the clock.
pub fn time(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::Clock(crate::command::irc::Clock), None);
}
