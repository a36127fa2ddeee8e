//! IGNORE: what somebody says is hidden, or shown again; alone it lists whom.

use chinwag_grammar::Nick;

use super::choose;
use super::prelude::*;
use crate::reply::{Row, noun};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    nick: Option<Nick>,
}

impl Verb for Ignore {
    const GATE: Gate = choose::gate(true);

    fn gate(&self) -> Gate {
        choose::gate(self.nick.is_some())
    }

    fn read(args: &Args<'_>) -> Self {
        Self {
            nick: args.nick("nick"),
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        match &self.nick {
            Some(nick) => turn(context, nick),
            None => list(context),
        }
    }
}

fn turn(context: &mut Context<'_>, nick: &Nick) -> Outcome {
    let account = context.account()?;
    let id = account.id;
    // Somebody who is not here any more can be taken off the list too.
    if let Some(nick) = account.ignored.get(&nick.folded()).cloned() {
        context.emit(Event::Ignored {
            account: id,
            nick: nick.clone(),
            ignored: false,
        });
        return Ok(Reply::NotIgnoring { nick }.into());
    }
    let (whom, limit) = (context.person(nick)?, context.rules().ignores_per_account);
    if whom.account == Some(id) {
        return Err(Reply::NickIsSelf);
    }
    if account.ignored.len() >= limit {
        return Err(Reply::TooManyIgnored { limit });
    }
    let nick = whom.nick;
    context.emit(Event::Ignored {
        account: id,
        nick: nick.clone(),
        ignored: true,
    });
    Ok(Reply::Ignoring { nick }.into())
}

fn list(context: &mut Context<'_>) -> Outcome {
    let ignored: Vec<Nick> = context.account()?.ignored.values().cloned().collect();
    for nick in &ignored {
        let text = nick.as_str().into();
        context.row(Row::Text { text });
    }
    let count = ignored.len() as u64;
    let noun = noun(count, "person ignored", "people ignored");
    Ok(Reply::Rows { count, noun }.into())
}
