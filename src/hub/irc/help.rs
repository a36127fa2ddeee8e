//! HELP and HELPOP: the commands by theme, one theme with a sentence each, or one command.

use chinwag_grammar::irc::Message;
use chinwag_grammar::plain;

use super::own::is_here;
use super::table;
use super::turn::Turn;

/// What the commands of IRC are about, in the order of the list.
const THEMES: &[(&str, &[&str])] = &[
    (
        "CONNECTION",
        &[
            "CAP",
            "AUTHENTICATE",
            "REGISTER",
            "NICK",
            "USER",
            "PASS",
            "PING",
            "PONG",
            "QUIT",
            "SETNAME",
        ],
    ),
    ("TALKING", &["PRIVMSG", "NOTICE", "TAGMSG", "BATCH", "AWAY"]),
    (
        "CHANNELS",
        &[
            "JOIN", "PART", "TOPIC", "NAMES", "LIST", "MODE", "KICK", "INVITE",
        ],
    ),
    ("HISTORY", &["CHATHISTORY", "MARKREAD", "SEARCH", "REDACT"]),
    ("PEOPLE", &["WHO", "WHOIS", "ISON", "USERHOST", "MONITOR"]),
    (
        "SERVER",
        &[
            "HELP", "HELPOP", "MOTD", "LUSERS", "TIME", "VERSION", "INFO", "ADMIN", "LINKS", "MAP",
            "STATS",
        ],
    ),
    (
        "OPERATORS",
        &[
            "OPER", "KILL", "KLINE", "UNKLINE", "DLINE", "UNDLINE", "WALLOPS", "REHASH", "SAMODE",
            "SAJOIN", "SAPART", "DIE", "RESTART",
        ],
    ),
];

/// modern IRC, HELP: 704 begins, 705 goes on, 706 ends.
pub fn help(turn: &mut Turn<'_>, message: &Message<'_>) {
    let topic = message.param(0).unwrap_or("*").to_ascii_uppercase();
    let lines = if topic == "*" {
        all()
    } else {
        match of_command(&topic).or_else(|| of_theme(&topic)) {
            Some(lines) => lines,
            None => return turn.numeric(524, &[&topic], "No help available on this topic"),
        }
    };
    let last = lines.len() - 1;
    for (place, line) in lines.iter().enumerate() {
        let code = match place {
            0 => 704,
            place if place == last => 706,
            _ => 705,
        };
        turn.numeric(code, &[&topic], line);
    }
}

/// Every command by its theme: IRC's own, those that stand in no theme, then chinwag's.
fn all() -> Vec<String> {
    let mut lines = vec!["HELP JOIN explains JOIN, HELP CHANNELS all of that theme".to_owned()];
    let themed = |name: &str| THEMES.iter().any(|(_, names)| names.contains(&name));
    for (theme, names) in THEMES {
        lines.push(format!("{theme}: {}", names.join(" ")));
    }
    let others = table::rules().map(|rule| rule.name);
    let others: Vec<&str> = others.filter(|name| !themed(name)).collect();
    if !others.is_empty() {
        lines.push(format!("MORE: {}", others.join(" ")));
    }
    lines.push(
        "The same things by chinwag's own commands, and what IRC has no word for:".to_owned(),
    );
    for theme in plain::themes() {
        let verbs = own_of(theme);
        if !verbs.is_empty() {
            lines.push(format!("{theme}: {}", verbs.join(" ")));
        }
    }
    lines
}

/// The usage and a sentence.
fn of_command(name: &str) -> Option<Vec<String>> {
    if let Some(rule) = table::rule_named(name) {
        return Some(vec![rule.usage.to_owned(), rule.about.to_owned()]);
    }
    let rule = plain::rule(name).filter(|rule| is_here(rule.verb))?;
    Some(vec![
        rule.usage.clone(),
        rule.summary.to_owned(),
        format!("Example: {}", rule.example),
    ])
}

/// The commands of a theme, a sentence each.
fn of_theme(name: &str) -> Option<Vec<String>> {
    let mut lines = vec![format!("What is about {}", name.to_ascii_lowercase())];
    if let Some((_, names)) = THEMES.iter().find(|(theme, _)| *theme == name) {
        let rules = names.iter().filter_map(|name| table::rule_named(name));
        lines.extend(rules.map(|rule| format!("{}: {}", rule.usage, rule.about)));
    }
    for verb in own_of(&name.to_ascii_lowercase()) {
        let rule = plain::rule(verb);
        lines.extend(rule.map(|rule| format!("{}: {}", rule.usage, rule.summary)));
    }
    (lines.len() > 1).then_some(lines)
}

/// chinwag's own commands of a theme, but for those that IRC has under the same name, or not at all.
fn own_of(theme: &str) -> Vec<&'static str> {
    let rules = plain::commands().iter();
    let rules = rules.filter(|rule| rule.theme == theme && is_here(rule.verb));
    let verbs = rules.map(|rule| rule.verb);
    verbs
        .filter(|verb| table::rule_named(verb).is_none())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_name_what_there_is_and_each_once() {
        let mut named: Vec<&str> = THEMES
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        assert!(
            named.iter().all(|name| table::rule_named(name).is_some()),
            "{named:?}"
        );
        named.sort_unstable();
        let count = named.len();
        named.dedup();
        assert_eq!(named.len(), count);
    }

    #[test]
    fn every_command_is_explained() {
        for rule in table::rules() {
            assert_eq!(of_command(rule.name).unwrap()[0], rule.usage);
        }
        assert!(of_theme("OPERATORS").unwrap().len() > 10);
        assert!(of_theme("HISTORY").unwrap().len() > 3);
        assert_eq!(of_command("FORMAT"), None);
    }
}
