//! HELP: the commands by theme on one screen, or one command; both come from the grammar.

use chinwag_grammar::plain::{self, Rule};

use super::prelude::*;
use crate::reply::Row;

/// A screen has 80 columns; the row's own `= ` and the theme take some.
const COLUMNS: usize = 76;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    verb: Option<String>,
}

impl Verb for Help {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            verb: args.text("verb").map(str::to_owned),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let lines = match self.verb.as_deref() {
            None => overview(),
            Some(verb) => {
                let verb = verb.strip_prefix('/').unwrap_or(verb);
                let rule = plain::rule(verb).ok_or_else(|| unknown(verb))?;
                of(rule)
            }
        };
        for line in lines {
            context.row(Row::Text { text: line.into() });
        }
        Ok(Reply::HelpEnd.into())
    }
}

/// Theme by theme, wrapped; what is in the grammar and not yet in the table is left out.
fn overview() -> Vec<String> {
    let mut lines = Vec::new();
    for theme in plain::themes() {
        let mut line = format!("{:<11}", format!("{theme}:"));
        for rule in plain::commands().iter().filter(|rule| is_listed(rule, theme)) {
            if line.len() + 1 + rule.verb.len() > COLUMNS {
                lines.push(std::mem::replace(&mut line, " ".repeat(11)));
            }
            line.push(' ');
            line.push_str(rule.verb);
        }
        lines.push(line);
    }
    lines.push("'text says it here, :text acts, >name text is private, <text answers.".into());
    lines
}

fn is_listed(rule: &Rule, theme: &str) -> bool {
    rule.theme == theme && super::Command::rules().contains(&rule.name)
}

fn of(rule: &Rule) -> Vec<String> {
    vec![
        rule.usage.clone(),
        rule.summary.to_owned(),
        format!("Example: {}", rule.example),
    ]
}

fn unknown(verb: &str) -> Reply {
    let nearest = plain::similar(verb);
    let hint = nearest.map_or_else(
        || " HELP lists the commands".to_owned(),
        |nearest| format!(" Did you mean {nearest}?"),
    );
    Reply::NoSuchCommand {
        verb: verb.into(),
        hint: hint.into(),
    }
}
