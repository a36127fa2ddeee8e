//! HELP: the commands by theme, on one screen; or one command: usage, a sentence, an example. All of it from the grammar.

use chinwag_grammar::plain::{self, Rule};

use super::prelude::*;
use crate::model::{MODES, Rank};
use crate::reply::Row;

/// So many columns are left beside `= ` on a screen of 80, whose last column some terminals wrap at.
const COLUMNS: usize = 77;

/// Where the verbs begin, after the theme.
const MARGIN: usize = 12;

/// No verb is longer: more of a word is not repeated.
const VERB_MAX_CHARS: usize = 24;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    verb: Option<Text>,
}

impl Verb for Help {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            verb: args.word("verb").map(Text::from),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let (lines, reply) = match &self.verb {
            Some(verb) => (of_one(found(verb.as_str())?), Reply::Ok),
            None => (of_all(), Reply::Helped),
        };
        for line in lines {
            let text = line.into();
            context.row(Row::Text { text });
        }
        Ok(reply.into())
    }
}

/// The command that is meant, with or without its `/`.
fn found(verb: &str) -> Result<&'static Rule, Reply> {
    let verb = verb.strip_prefix('/').unwrap_or(verb);
    plain::rule(verb).ok_or_else(|| Reply::NoSuchCommand {
        verb: verb.chars().take(VERB_MAX_CHARS).collect::<String>().into(),
        hint: match plain::similar(verb) {
            Some(nearest) => format!(" Did you mean {nearest}? HELP {nearest}").into(),
            None => " HELP alone lists the commands".into(),
        },
    })
}

fn of_one(rule: &Rule) -> Vec<String> {
    let mut lines = vec![
        rule.usage.clone(),
        rule.summary.to_owned(),
        format!("Example: {}", rule.example),
    ];
    if rule.verb == "MODE" {
        let modes = MODES.iter();
        lines.extend(modes.map(|mode| format!("{}  {}", mode.letter, mode.words)));
        let ranks = Rank::ALL.iter();
        lines.extend(ranks.map(|rank| format!("{}  The rank of {}.", rank.letter(), rank.as_str())));
    }
    lines
}

fn of_all() -> Vec<String> {
    let mut lines = Vec::new();
    for theme in plain::themes() {
        let rules = plain::commands().iter();
        let verbs = rules.filter(|rule| rule.theme == *theme);
        let mut line = format!("{theme:MARGIN$}");
        for rule in verbs {
            if line.len() + rule.verb.len() > COLUMNS {
                lines.push(line.trim_end().to_owned());
                line = " ".repeat(MARGIN);
            }
            line.push_str(rule.verb);
            line.push(' ');
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.extend([
        String::new(),
        "Short:      'text says it, :text acts, >name text is private, <text answers".to_owned(),
        "Where no #room is named, it is the room where you TALK, or else the lobby.".to_owned(),
    ]);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What one screen has, less the line that answers and the one that is typed next.
    const ROWS: usize = 24 - 2;

    #[test]
    fn help_fits_one_screen_and_names_every_command() {
        let lines = of_all();
        assert!(lines.len() <= ROWS, "{}", lines.len());
        for line in &lines {
            assert!(line.len() <= COLUMNS, "{line:?}");
        }
        let words: Vec<&str> = lines.iter().flat_map(|line| line.split(' ')).collect();
        for rule in plain::commands() {
            assert!(words.contains(&rule.verb), "{}", rule.verb);
        }
    }

    #[test]
    fn a_word_that_is_no_command_names_the_nearest() {
        assert_eq!(found("/msg").map(|rule| rule.verb), Ok("MSG"));
        for (word, hint) in [
            ("JION", " Did you mean JOIN? HELP JOIN"),
            ("xyzzy", " HELP alone lists the commands"),
        ] {
            let refused = found(word).unwrap_err();
            assert!(refused.words().ends_with(hint), "{refused:?}");
        }
    }
}
