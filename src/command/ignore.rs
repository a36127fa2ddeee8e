//! IGNORE: hides what somebody says from oneself, and shows it again when said once more.

use chinwag_grammar::Nick;

use super::prelude::*;
use crate::reply::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    nick: Option<Nick>,
}

impl Verb for Ignore {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Full,
    };

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let known = context.account()?;
        let account = known.id;
        let Some(nick) = self.nick else {
            let rows: Vec<Row> = known
                .ignored
                .values()
                .map(|nick| Row::Text {
                    text: nick.as_str().into(),
                })
                .collect();
            let count = rows.len() as u64;
            rows.into_iter().for_each(|row| context.row(row));
            let noun = "ignored";
            return Ok(Reply::Rows { count, noun }.into());
        };
        if nick.folded() == known.name.folded() {
            return Err(Reply::NickIsSelf);
        }
        let ignored = !known.ignored.contains_key(&nick.folded());
        let limit = context.rules().ignores_per_account;
        if ignored && known.ignored.len() >= limit {
            return Err(Reply::TooManyIgnored { limit });
        }
        let shown = nick.clone();
        context.emit(Event::Ignored {
            account,
            nick,
            ignored,
        });
        Ok(if ignored {
            Reply::Ignoring { nick: shown }
        } else {
            Reply::NotIgnoring { nick: shown }
        }
        .into())
    }
}
