//! The commands that are about people.

use chinwag_grammar::irc::Message;

use super::turn::Turn;
use crate::command::Command;
use crate::command::away;
use crate::command::irc::{Here, SetName, WhoIrc, WhoisIrc};
use crate::model::Text;

pub fn away(turn: &mut Turn<'_>, message: &Message<'_>) {
    let why = message
        .param(0)
        .map(Text::formatted)
        .filter(|why| !why.is_blank());
    turn.ask(Command::Away(away::Away { why }), None);
}

pub fn who(turn: &mut Turn<'_>, message: &Message<'_>) {
    let mask = message.param(0).unwrap_or("*").to_owned();
    let mut who = WhoIrc {
        mask,
        operators: false,
        fields: None,
        token: "0".to_owned(),
    };
    for word in message.params().skip(1) {
        let (flags, fields) = match word.split_once('%') {
            Some((flags, fields)) => (flags, Some(fields)),
            None => (word, None),
        };
        who.operators |= flags.contains('o');
        if let Some(fields) = fields {
            let (fields, token) = fields.split_once(',').unwrap_or((fields, "0"));
            who.fields = Some(fields.to_owned());
            token.clone_into(&mut who.token);
        }
    }
    turn.ask(Command::WhoIrc(who), None);
}

/// The last parameter is whom it is about; the one before it a server, which is this one.
pub fn whois(turn: &mut Turn<'_>, message: &Message<'_>) {
    let name = message.param(1).or(message.param(0)).unwrap_or_default();
    let first = name.split(',').next().unwrap_or_default();
    if super::services::named(first).is_some() {
        turn.numeric(
            311,
            &[first, first, "services", "*"],
            "a service of this server",
        );
        return turn.numeric(318, &[first], "End of /WHOIS list");
    }
    if let Some(nick) = turn.nick(first) {
        turn.ask(Command::WhoisIrc(WhoisIrc { nick }), Some(first));
    }
}

pub fn ison(turn: &mut Turn<'_>, message: &Message<'_>) {
    here(turn, message, false);
}

pub fn userhost(turn: &mut Turn<'_>, message: &Message<'_>) {
    here(turn, message, true);
}

fn here(turn: &mut Turn<'_>, message: &Message<'_>, with_hosts: bool) {
    let nicks = message.params().flat_map(|words| words.split(' '));
    let nicks = nicks
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    turn.ask(Command::Here(Here { nicks, with_hosts }), None);
}

pub fn setname(turn: &mut Turn<'_>, message: &Message<'_>) {
    let name = Text::formatted(message.param(0).unwrap_or_default());
    turn.ask(Command::SetName(SetName { name }), None);
}
