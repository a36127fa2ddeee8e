//! The commands of those who run the server, and the modes of people.

use chinwag_grammar::irc::Message;
use chinwag_grammar::{Mask, Nick, RoomName, Span};

use super::turn::Turn;
use crate::command::Command;
use crate::command::irc::{ForceJoin, ForceLeave, Oper, Rehash, UserModeIrc, Wallops};
use crate::command::kill::Kill;
use crate::command::sban::Sban;
use crate::command::unsban::Unsban;
use crate::model::{BanTarget, Cidr, Text};
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

pub fn rehash(turn: &mut Turn<'_>, _message: &Message<'_>) {
    turn.ask(Command::Rehash(Rehash), None);
}

/// MODE of a channel, as an admin sets it.
pub fn samode(turn: &mut Turn<'_>, message: &Message<'_>) {
    let words: Vec<&str> = message.params().collect();
    let told = format!("SAMODE {}", words.join(" "));
    turn.as_admin(&told, |turn| super::rooms::mode(turn, message));
}

pub fn sajoin(turn: &mut Turn<'_>, message: &Message<'_>) {
    if let Some((nick, room)) = turn.member(message) {
        turn.ask(Command::ForceJoin(ForceJoin { nick, room }), None);
    }
}

pub fn sapart(turn: &mut Turn<'_>, message: &Message<'_>) {
    let why = message.param(2).map(Text::formatted);
    if let Some((nick, room)) = turn.member(message) {
        let part = ForceLeave { nick, room, why };
        turn.ask(Command::ForceLeave(part), None);
    }
}

/// KLINE [minutes or duration] mask [:why]
pub fn kline(turn: &mut Turn<'_>, message: &Message<'_>) {
    let Some((duration, word, why)) = banned(message) else {
        return turn.numeric(
            461,
            &["KLINE"],
            "Not enough parameters: KLINE [duration] user@host :why",
        );
    };
    match Mask::parse(word) {
        Ok(mask) => turn.ban(BanTarget::Mask(mask), duration, why),
        Err(error) => turn.fail("KLINE", "INVALID_PARAMS", &[word], &error.to_string()),
    }
}

/// DLINE [minutes or duration] address [:why]
pub fn dline(turn: &mut Turn<'_>, message: &Message<'_>) {
    let Some((duration, word, why)) = banned(message) else {
        return turn.numeric(
            461,
            &["DLINE"],
            "Not enough parameters: DLINE [duration] address :why",
        );
    };
    match word.parse::<Cidr>() {
        Ok(block) => turn.ban(BanTarget::Network(block.network()), duration, why),
        Err(_) => turn.fail("DLINE", "INVALID_PARAMS", &[word], "that is no address"),
    }
}

pub fn unkline(turn: &mut Turn<'_>, message: &Message<'_>) {
    let word = message.param(0).unwrap_or_default();
    turn.unban(Mask::parse(word).ok().map(BanTarget::Mask), word);
}

pub fn undline(turn: &mut Turn<'_>, message: &Message<'_>) {
    let word = message.param(0).unwrap_or_default();
    let block = word.parse::<Cidr>();
    turn.unban(block.ok().map(Cidr::network).map(BanTarget::Network), word);
}

/// The length, the target and the reason; a number alone is of minutes, as in other servers, and 0 is for good.
fn banned<'a>(message: &'a Message<'a>) -> Option<(Option<Span>, &'a str, Option<Text>)> {
    let first = message.param(0)?;
    let minutes = first.parse::<u64>().ok();
    let span = minutes.map(|minutes| Span::seconds(minutes.saturating_mul(60)));
    let span = span.or_else(|| Span::parse(first));
    let at = usize::from(span.is_some());
    let why = message.param(at + 1).map(Text::formatted);
    Some((span, message.param(at)?, why.filter(|why| !why.is_blank())))
}

impl Turn<'_> {
    fn member(&mut self, message: &Message<'_>) -> Option<(Nick, RoomName)> {
        let nick = self.nick(message.param(0)?)?;
        Some((nick, self.room(message.param(1)?)?))
    }

    fn ban(&mut self, target: BanTarget, duration: Option<Span>, why: Option<Text>) {
        let ban = Sban {
            target,
            duration,
            why,
        };
        self.ask_in_words(Command::Sban(ban), None);
    }

    fn unban(&mut self, target: Option<BanTarget>, word: &str) {
        let verb = self.verb.clone();
        match target {
            Some(target) => self.ask_in_words(Command::Unsban(Unsban { target }), None),
            None => self.fail(&verb, "INVALID_PARAMS", &[word], "nobody is meant by that"),
        }
    }
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
