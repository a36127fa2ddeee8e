//! The real name: given by USER, changed by SETNAME (IRCv3 setname).

use crate::command::prelude::*;
use crate::policy::room::may_describe;

/// A real name is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetName {
    /// What they call themselves in full.
    pub name: Text,
}

impl Verb for SetName {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        if self.name.is_blank() {
            return Err(Reply::InvalidRealName);
        }
        may_describe(context.state(), &self.name).map_err(|_| Reply::InvalidRealName)?;
        let (conn, who, name) = (context.conn, context.me().ok(), self.name);
        let is_told = who.is_some();
        context.emit(Event::RealNamed {
            conn,
            who,
            name,
            is_told,
        });
        Ok(Reply::Ok.into())
    }
}

/// Whoever arrives is known by the real name that their connection told before.
pub fn tell_real_name(context: &mut Context<'_>, who: &Who) {
    let (conn, who) = (context.conn, Some(who.clone()));
    if let Some(name) = context.session().real_name.clone() {
        context.emit(Event::RealNamed {
            conn,
            who,
            name,
            is_told: false,
        });
    }
}
