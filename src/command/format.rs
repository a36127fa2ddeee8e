//! FORMAT: chooses what lines look like on this connection: text for people, line or json for programs.

use super::prelude::*;
use crate::model::Format;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChooseFormat {
    format: Option<Format>,
}

impl Verb for ChooseFormat {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(args: &Args<'_>) -> Self {
        let format = if args.has_keyword("TEXT") {
            Some(Format::Text)
        } else if args.has_keyword("LINE") || args.has_keyword("BOT") {
            Some(Format::Line)
        } else if args.has_keyword("JSON") {
            Some(Format::Json)
        } else {
            None
        };
        Self { format }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        choose(context, self.format)
    }
}

/// Chooses a format, or shows the one there is.
///
/// # Errors
/// None.
pub fn choose(context: &mut Context<'_>, format: Option<Format>) -> Outcome {
    let conn = context.conn;
    if let Some(format) = format {
        context.emit(Event::FormatChosen { conn, format });
    }
    let format = match context.session().screen.format {
        Format::Json => "json",
        Format::Line => "line",
        Format::Text => "text",
    };
    Ok(Reply::FormatIs { format }.into())
}
