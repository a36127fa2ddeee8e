//! The commands of IRC, with what each demands before it is looked at.

mod operators;

use chinwag_grammar::irc::Message;

use super::turn::Turn;
use super::{help, history, people, register, rooms, sasl, server, talk};

/// A command.
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// So many parameters at least.
    pub least: usize,
    /// When.
    pub phase: Phase,
    /// How it is written.
    pub usage: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// Does it.
    pub run: fn(&mut Turn<'_>, &Message<'_>),
}

/// When a command may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// After the registration.
    After,
    /// At any time.
    Any,
    /// Before it is complete.
    Before,
}

const fn rule(
    name: &'static str,
    least: usize,
    phase: Phase,
    usage: &'static str,
    about: &'static str,
    run: fn(&mut Turn<'_>, &Message<'_>),
) -> Rule {
    Rule {
        name,
        least,
        phase,
        usage,
        about,
        run,
    }
}

use Phase::{After, Any, Before};

/// The commands of everybody, by their names.
const RULES: &[Rule] = &[
    rule(
        "AUTHENTICATE",
        1,
        Any,
        "AUTHENTICATE mechanism | data | *",
        "Logs in (SASL).",
        sasl::authenticate,
    ),
    rule(
        "AWAY",
        0,
        After,
        "AWAY [:why]",
        "Marks you as away, or as back.",
        people::away,
    ),
    rule(
        "BATCH",
        1,
        After,
        "BATCH +ref draft/multiline target",
        "Begins or ends a message of several lines.",
        talk::batch,
    ),
    rule(
        "CAP",
        1,
        Any,
        "CAP LS [302] | LIST | REQ :capability … | END",
        "Asks for capabilities.",
        register::cap,
    ),
    rule(
        "CHATHISTORY",
        4,
        After,
        "CHATHISTORY LATEST|BEFORE|AFTER|AROUND|BETWEEN target msgid=…|timestamp=…|* limit",
        "Shows what was said.",
        history::chathistory,
    ),
    rule(
        "HELP",
        0,
        After,
        "HELP [command]",
        "Explains a command.",
        help::help,
    ),
    rule(
        "HELPOP",
        0,
        After,
        "HELPOP [command]",
        "Explains a command.",
        help::help,
    ),
    rule(
        "INFO",
        0,
        After,
        "INFO",
        "Tells about this software.",
        server::info,
    ),
    rule(
        "INVITE",
        2,
        After,
        "INVITE nick #channel",
        "Asks somebody into a channel.",
        rooms::invite,
    ),
    rule(
        "ISON",
        1,
        After,
        "ISON nick …",
        "Tells which of them are here.",
        people::ison,
    ),
    rule(
        "JOIN",
        1,
        After,
        "JOIN #channel[,#channel] [key[,key]]",
        "Enters channels.",
        rooms::join,
    ),
    rule(
        "KICK",
        2,
        After,
        "KICK #channel nick[,nick] [:why]",
        "Puts somebody out of a channel.",
        rooms::kick,
    ),
    rule(
        "LIST",
        0,
        After,
        "LIST [mask or condition[,…]]",
        "Lists channels.",
        rooms::list,
    ),
    rule(
        "LUSERS",
        0,
        After,
        "LUSERS",
        "Tells how many are here.",
        server::lusers,
    ),
    rule(
        "MARKREAD",
        1,
        After,
        "MARKREAD target [timestamp=…]",
        "Shows or sets up to when a place was read.",
        history::markread,
    ),
    rule(
        "MODE",
        1,
        After,
        "MODE #channel [+modes [argument …]] | MODE nick [+modes]",
        "Shows or changes modes.",
        rooms::mode,
    ),
    rule(
        "MONITOR",
        1,
        After,
        "MONITOR + nick[,nick] | - nick[,nick] | C | L | S",
        "Watches names.",
        history::monitor,
    ),
    rule(
        "MOTD",
        0,
        After,
        "MOTD",
        "Shows the message of the day.",
        server::motd,
    ),
    rule(
        "NAMES",
        0,
        After,
        "NAMES #channel[,#channel]",
        "Lists who is in a channel.",
        rooms::names,
    ),
    rule(
        "NICK",
        0,
        Any,
        "NICK nick",
        "Chooses a nick.",
        register::nick,
    ),
    rule(
        "NOTICE",
        2,
        After,
        "NOTICE target[,target] :text",
        "Says something that no script may answer.",
        talk::notice,
    ),
    rule(
        "PART",
        1,
        After,
        "PART #channel[,#channel] [:why]",
        "Leaves channels.",
        rooms::part,
    ),
    rule(
        "PASS",
        1,
        Before,
        "PASS password, PASS account:password",
        "Gives a password.",
        register::pass,
    ),
    rule(
        "PING",
        1,
        Any,
        "PING token",
        "Asks whether the server is there.",
        server::ping,
    ),
    rule(
        "PONG",
        0,
        Any,
        "PONG token",
        "Answers a PING.",
        server::pong,
    ),
    rule(
        "PRIVMSG",
        2,
        After,
        "PRIVMSG target[,target] :text",
        "Says something.",
        talk::privmsg,
    ),
    rule("QUIT", 0, Any, "QUIT [:why]", "Says goodbye.", server::quit),
    rule(
        "REDACT",
        2,
        After,
        "REDACT target msgid [:why]",
        "Removes a message.",
        history::redact,
    ),
    rule(
        "REGISTER",
        3,
        Any,
        "REGISTER account|* email|* password",
        "Makes an account.",
        register::register,
    ),
    rule(
        "SEARCH",
        1,
        After,
        "SEARCH attributes",
        "Looks for messages.",
        history::search,
    ),
    rule(
        "SETNAME",
        1,
        After,
        "SETNAME :real name",
        "Changes your real name.",
        people::setname,
    ),
    rule(
        "TAGMSG",
        1,
        After,
        "TAGMSG target[,target]",
        "Sends tags alone.",
        talk::tagmsg,
    ),
    rule("TIME", 0, After, "TIME", "Tells the time.", server::time),
    rule(
        "TOPIC",
        1,
        After,
        "TOPIC #channel [:topic]",
        "Shows or sets a topic.",
        rooms::topic,
    ),
    rule(
        "USER",
        4,
        Any,
        "USER name 0 * :real name",
        "Says who you are.",
        register::user,
    ),
    rule(
        "USERHOST",
        1,
        After,
        "USERHOST nick …",
        "Tells the hosts of people.",
        people::userhost,
    ),
    rule(
        "VERSION",
        0,
        After,
        "VERSION",
        "Tells what this server is.",
        server::version,
    ),
    rule(
        "WHO",
        0,
        After,
        "WHO mask [o] [%fields[,token]]",
        "Lists people.",
        people::who,
    ),
    rule(
        "WHOIS",
        1,
        After,
        "WHOIS nick",
        "Tells about somebody.",
        people::whois,
    ),
];

/// Every command there is.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(operators::RULES)
}

/// The command of that name.
pub fn rule_named(name: &str) -> Option<&'static Rule> {
    let found = |rules: &'static [Rule]| {
        let place = rules.binary_search_by(|rule| rule.name.cmp(name)).ok()?;
        rules.get(place)
    };
    found(RULES).or_else(|| found(operators::RULES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found() {
        for rule in rules() {
            assert_eq!(
                rule_named(rule.name).map(|rule| rule.usage),
                Some(rule.usage)
            );
        }
    }
}
