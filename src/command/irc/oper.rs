//! OPER: a name and a password of the configuration make the session an operator's.

use chinwag_grammar::Folded;

use super::numeric;
use crate::command::prelude::*;
use crate::policy::{login, operator};
use crate::secret::Secret;

/// RFC 2812, section 3.1.4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oper {
    /// The name of the configuration, which is nobody's nick.
    pub name: String,
    /// Its password.
    pub password: Secret,
}

impl Verb for Oper {
    const GATE: Gate = Gate {
        needs: Needs::Person,
        writes: false,
        token: TokenUse::Full,
    };
    const WAITS: bool = true;

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let password = std::mem::take(&mut self.password);
        let session = before
            .state
            .session(before.conn)
            .ok_or(Reply::NotLoggedIn)?;
        if operator::is_operator(before.state, session) {
            return Ok(None);
        }
        login::may_try(before.state, session, &self.counted_as(), before.now)?;
        let name = self.name.clone();
        Ok(Some(Errand::Oper { name, password }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let who = context.me()?;
        let counted_as = self.counted_as();
        if !operator::is_operator(context.state(), context.session()) {
            login::may_try(context.state(), context.session(), &counted_as, context.now)?;
            match context.found() {
                Some(Found::Oper { right: true }) => {}
                Some(Found::Oper { right: false }) => {
                    return Err(context.failed(&counted_as, Reply::OperatorWrong));
                }
                _ => return Err(Reply::Busy { retry: 1 }),
            }
            let conn = context.conn;
            let name = Some(self.name.as_str().into());
            context.emit(Event::Opered { conn, who, name });
            context.audit(&format!("OPER {}", self.name));
        }
        context.row(numeric::<&str>(381, [], "You are now an IRC operator"));
        Ok(Reply::Ok.into())
    }
}

impl Oper {
    /// Tries of a name are counted under a mark that keeps it from being anybody's nick.
    fn counted_as(&self) -> Folded {
        Folded::of(&format!("+{}", self.name))
    }
}
