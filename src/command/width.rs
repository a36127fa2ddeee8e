//! WIDTH: wraps lines of this connection at that many columns.

use super::prelude::*;

/// Narrower than this nothing is readable; 0 does not wrap.
const WIDTH_MIN: u32 = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
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
        let conn = context.conn;
        if let Some(columns) = self.columns {
            let width = u16::try_from(columns).ok();
            let width = width.filter(|_| columns == 0 || columns >= WIDTH_MIN);
            let Some(width) = width else {
                return Err(Reply::Syntax {
                    code_words: format!("WIDTH is 0, or {WIDTH_MIN} to {} columns", u16::MAX).into(),
                });
            };
            context.emit(Event::WidthChosen { conn, width });
        }
        let value = context.session().screen.width.to_string().into();
        let name = "width";
        Ok(Reply::Setting { name, value }.into())
    }
}
