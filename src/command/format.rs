//! FORMAT: what lines look like on this connection: for people or for programs.

use super::prelude::*;
use crate::model::Format as Look;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Absent, it is shown.
    look: Option<Look>,
}

impl Verb for Format {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn read(args: &Args<'_>) -> Self {
        let words = [
            ("BOT", Look::Line),
            ("JSON", Look::Json),
            ("LINE", Look::Line),
            ("TEXT", Look::Text),
        ];
        let chosen = words.iter().find(|(word, _)| args.has_keyword(word));
        Self {
            look: chosen.map(|(_, look)| *look),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        match self.look {
            Some(look) => choose(context, look),
            None => Ok(shown(context.session().screen.format)),
        }
    }
}

/// Chooses a format; the answer is in it already.
pub fn choose(context: &mut Context<'_>, format: Look) -> Outcome {
    let conn = context.conn;
    context.emit(Event::FormatChosen { conn, format });
    Ok(shown(format))
}

fn shown(format: Look) -> super::Answer {
    let format = match format {
        Look::Json => "json",
        Look::Line => "line",
        Look::Text => "text",
    };
    Reply::FormatIs { format }.into()
}
