//! WIDTH: at how many columns lines are wrapped on this connection.

use super::prelude::*;
use crate::model::Screen;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Width {
    /// Absent, it is shown.
    columns: Option<u32>,
}

impl Verb for Width {
    const GATE: Gate = Gate {
        needs: Needs::Anybody,
        writes: false,
        token: TokenUse::Any,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            columns: args.count("count"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let Some(columns) = self.columns else {
            return Ok(shown(context.session().screen.width));
        };
        let fits = |width: &u16| *width == 0 || *width >= Screen::WIDTH_MIN;
        let width = u16::try_from(columns).ok().filter(fits);
        let Some(width) = width else {
            let least = Screen::WIDTH_MIN;
            let code_words = format!("WIDTH expects 0, or {least} to {} columns", u16::MAX);
            return Err(Reply::Syntax {
                code_words: code_words.into(),
            });
        };
        let conn = context.conn;
        context.emit(Event::WidthChosen { conn, width });
        Ok(shown(width))
    }
}

fn shown(width: u16) -> super::Answer {
    let value = width.to_string().into();
    let name = "width";
    Reply::Setting { name, value }.into()
}
