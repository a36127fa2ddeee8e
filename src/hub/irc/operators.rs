//! The commands of those who run the server, and the modes of people.

use chinwag_grammar::irc::Message;

use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{Oper, UserModeIrc, Wallops};
use crate::command::kill::Kill;
use crate::model::Text;
use crate::secret::Secret;

pub fn oper(turn: &mut Turn<'_>, message: &Message<'_>) {
    let name = message.param(0).unwrap_or_default().to_owned();
    let password = Secret::from(message.param(1).unwrap_or_default());
    turn.ask(Command::Oper(Oper { name, password }), None);
}

pub fn kill(turn: &mut Turn<'_>, message: &Message<'_>) {
    let name = message.param(0).unwrap_or_default();
    let why = Text::formatted(message.param(1).unwrap_or_default());
    if let Some(nick) = turn.nick(name) {
        // A refusal names the nick itself, where it is about one.
        turn.ask(Command::Kill(Kill { nick, why }), None);
    }
}

pub fn wallops(turn: &mut Turn<'_>, message: &Message<'_>) {
    let text = Text::formatted(message.param(0).unwrap_or_default());
    if text.is_blank() {
        return turn.numeric(461, &["WALLOPS"], "Not enough parameters: WALLOPS :text");
    }
    turn.ask(Command::Wallops(Wallops { text }), None);
}

/// A process is ended by whoever runs it, not over the network.
pub fn not_here(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.numeric(
        481,
        &[],
        "Permission Denied- nobody ends this server from here; its machine does",
    );
}

/// Modes of people: one's own, nobody else's.
pub fn user_mode(turn: &mut Turn<'_>, message: &Message<'_>) {
    let me = turn.irc.nick.clone().unwrap_or_default();
    let name = message.param(0).unwrap_or_default();
    if !name.eq_ignore_ascii_case(&me) {
        return turn.numeric(502, &[], "Can't change mode for other users");
    }
    if turn.irc.is_unnamed {
        if message.param(1).is_none() {
            turn.numeric_alone(221, "+");
        }
        return;
    }
    let change = message.param(1).unwrap_or_default().to_owned();
    turn.ask(Command::UserModeIrc(UserModeIrc { change }), None);
}
