//! chinwag's own commands, as they are typed in netcat: `ROLE bob admin`, `BLOCK bob 2h spam`, `CLEAR #ops`.

use chinwag_grammar::irc::Message;
use chinwag_grammar::plain;

use super::turn::Turn;
use crate::command::Command;
use crate::hub::plain::told;

/// What is for a terminal, or has another form in IRC.
const NOT_HERE: &[&str] = &[
    "BELL", "BOT", "COLOR", "FORMAT", "GUEST", "LOGIN", "NUMBERS", "PASSWORD", "QUIET", "TALK",
    "TELNET", "TIME", "TZ", "WIDTH",
];

/// Whether a command of netcat's is one in IRC too.
pub fn is_here(verb: &str) -> bool {
    !NOT_HERE.contains(&verb)
}

impl Turn<'_> {
    /// Reads a line as netcat's; whether there is such a command.
    pub fn own(&mut self, message: &Message<'_>) -> bool {
        // What clients and services elsewhere call it.
        let verb = match self.verb.as_str() {
            "SETPASS" => "PASSWD",
            verb => verb,
        };
        if !is_here(verb) || plain::rule(verb).is_none() {
            return false;
        }
        let mut words: Vec<&str> = std::iter::once(verb).chain(message.params()).collect();
        // RECOVER REQUEST name, RECOVER CONFIRM name code password: netcat tells them apart by what follows.
        let is_step =
            |word: &&str| ["REQUEST", "CONFIRM"].contains(&word.to_ascii_uppercase().as_str());
        if verb == "RECOVER" && words.len() > 2 && words.get(1).is_some_and(is_step) {
            words.remove(1);
        }
        let line = words.join(" ");
        self.typed(&line);
        true
    }

    /// What somebody would type in netcat.
    pub fn typed(&mut self, line: &str) {
        let request = match plain::parse(line) {
            Ok(request) => request,
            Err(fault) => return self.notice(&told(&fault.kind, line).words()),
        };
        let Some(command) = Command::read(request.rule.name, &request.args) else {
            return;
        };
        if command.asks().is_some() || request.args.heredoc().is_some() {
            let usage = request.rule.usage.clone();
            return self.notice(&format!("Say it in one line: {usage}"));
        }
        self.ask_in_words(command, None);
    }
}
