//! The commands that are about the server and the connection.

use chinwag_grammar::irc::Message;

use super::table;
use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{Lusers, Motd};
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
    turn.numeric(
        371,
        &[],
        &format!("{VERSION}: one chat server for nc, IRC and the browser"),
    );
    turn.numeric(374, &[], "End of INFO list");
}

/// The command of the core has the clock.
pub fn time(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::Clock(crate::command::irc::Clock), None);
}

/// HELP alone lists the commands, HELP JOIN explains one (modern IRC, HELP).
pub fn help(turn: &mut Turn<'_>, message: &Message<'_>) {
    let topic = message.param(0).unwrap_or("*").to_ascii_uppercase();
    if topic == "*" {
        turn.numeric(
            704,
            &["*"],
            "The commands of IRC; HELP JOIN explains JOIN, and so on",
        );
        for rules in table::RULES.chunks(12) {
            let names: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
            turn.numeric(705, &["*"], &names.join(" "));
        }
        return turn.numeric(
            706,
            &["*"],
            "Those of chinwag itself: HELP ROOMS, HELP SEARCH, HELP TOKEN …",
        );
    }
    match table::rule_named(&topic) {
        Some(rule) => {
            turn.numeric(704, &[&topic], rule.usage);
            turn.numeric(706, &[&topic], rule.about);
        }
        None => {
            if !turn.own(message) {
                turn.numeric(524, &[&topic], "No help available on this topic");
            }
        }
    }
}
