//! A line that is no request, as a refusal that says what to type instead.

use chinwag_grammar::plain::FaultKind;

use crate::model::Text;
use crate::reply::Reply;

/// A mistyped word may be long, and a line as well: so many characters are repeated.
const QUOTED_MAX_CHARS: usize = 60;

/// The refusal of a line; `line` is repeated where it may have been meant to be said aloud.
#[must_use]
pub fn told(fault: &FaultKind<'_>, line: &str) -> Reply {
    match fault {
        FaultKind::Empty => missing("there is no command in that. HELP lists them".to_owned()),
        FaultKind::NeedMore { rule, .. } => missing(format!("{fault}. Usage: {}", rule.usage)),
        FaultKind::Invalid { rule, .. } => Reply::Syntax {
            code_words: format!("{fault}. Usage: {}", rule.usage).into(),
        },
        FaultKind::TooMuch { .. } => Reply::Syntax {
            code_words: fault.to_string().into(),
        },
        FaultKind::UnknownCommand { verb, nearest } => {
            let hint = match nearest {
                Some(nearest) => {
                    let line = line.trim_start_matches([' ', '/']);
                    format!(
                        " Did you mean {nearest}? To say it aloud: MSG {}",
                        quoted(line)
                    )
                }
                None => " HELP lists the commands; MSG says something aloud".to_owned(),
            };
            Reply::NoSuchCommand {
                verb: quoted(verb),
                hint: hint.into(),
            }
        }
    }
}

fn missing(words: String) -> Reply {
    Reply::SyntaxMissing {
        code_words: words.into(),
    }
}

fn quoted(text: &str) -> Text {
    let short: String = text.chars().take(QUOTED_MAX_CHARS).collect();
    if short.len() < text.len() {
        return format!("{short}…").into();
    }
    short.into()
}
