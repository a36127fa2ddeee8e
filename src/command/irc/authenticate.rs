//! SASL: shows whose account a connection is, before it comes in or in place of who it was.

use chinwag_grammar::Nick;

use crate::command::prelude::*;
use crate::command::{arrive, prove};
use crate::model::session::Person;
use crate::secret::Secret;

/// A way was gone through; this is its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authenticate {
    /// What shows it.
    pub how: Proof,
    /// Whether to come in at once, in place of whoever the session is; otherwise `Enter` follows.
    pub enter: bool,
}

/// What shows whose account it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The client certificate that the connection came with (EXTERNAL); `nick` is whose it is wanted to be, if that is said.
    Certificate {
        /// The name.
        nick: Option<Nick>,
    },
    /// A password, or a token in place of one (PLAIN).
    Password {
        /// The name.
        nick: Nick,
        /// The password.
        password: Secret,
    },
    /// The exchange that `ScramFinal` has just finished.
    Scram,
}

impl Verb for Authenticate {
    const GATE: Gate = Gate {
        needs: Needs::Admitted,
        writes: false,
        token: TokenUse::Any,
    };
    const WAITS: bool = true;

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        match &mut self.how {
            Proof::Certificate { .. } | Proof::Scram => Ok(None),
            Proof::Password { nick, password } => {
                let password = std::mem::take(password);
                prove::errand(before, nick, password).map(Some)
            }
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let is_somebody = !matches!(context.session().person, Person::Nobody);
        if is_somebody && !self.enter {
            let nick = context.me()?.nick;
            return Err(Reply::AlreadyLoggedIn { nick });
        }
        let shown = match &self.how {
            Proof::Certificate { nick } => prove::by_certificate(context, nick.as_ref())?,
            Proof::Password { nick, .. } => prove::by_password(context, nick)?,
            Proof::Scram => prove::by_scram(context)?,
        };
        if self.enter {
            arrive::instead(context, shown)
        } else {
            arrive::authenticate(context, shown)
        }
    }
}
