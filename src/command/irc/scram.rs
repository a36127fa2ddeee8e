//! SCRAM-SHA-256, message by message (RFC 5802, section 5): what the client says, and what the answer to it is.
//!
//! No answer tells whether an account exists: a name without keys gets some that are made up.

use crate::command::prelude::*;
use crate::command::prove;
use crate::model::Session;
use crate::model::scram::{ClientFirst, Exchange};
use crate::policy::login as policy;
use crate::secret::Secret;

/// The client's first message; it is answered with ours as a `Challenge`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScramFirst {
    /// The message, out of its base64.
    pub client_first: Secret,
}

/// The client's last message. A right proof is answered with ours as a `Challenge`; `Authenticate` follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScramFinal {
    /// The message, out of its base64.
    pub client_final: Secret,
}

const GATE: Gate = Gate {
    needs: Needs::Admitted,
    writes: false,
    token: TokenUse::Any,
};

impl Verb for ScramFirst {
    const GATE: Gate = GATE;
    const WAITS: bool = true;

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let client_first = std::mem::take(&mut self.client_first);
        let state = before.state;
        if !state.rules().scram {
            return Err(Reply::ScramOff);
        }
        let first = ClientFirst::parse(client_first.expose()).ok_or(Reply::ScramMalformed)?;
        let name = first.nick.folded();
        let session = state.session(before.conn).ok_or(Reply::NotLoggedIn)?;
        policy::may_try(state, session, &name, before.now)?;
        if first.wants_another() {
            return Err(Reply::InvalidCredentials);
        }
        let account = state.account_named(&name);
        let keys = account.and_then(|account| Some((account.id, account.scram.clone()?)));
        Ok(Some(Errand::ScramBegin {
            first,
            keys,
            secret: state.durable().secret,
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let Some(Found::ScramBegun { exchange, secret }) = context.found() else {
            return Err(Reply::Busy { retry: 1 });
        };
        let name = exchange.nick.folded();
        policy::may_try(context.state(), context.session(), &name, context.now)?;
        match context.state().durable().secret {
            // Two were made at once: the one that came first stays.
            Some(known) if known != secret => return Err(Reply::Busy { retry: 1 }),
            Some(_) => {}
            None if context.full => return Err(Reply::StorageFull),
            None => {
                context.emit(Event::SecretMade { secret });
            }
        }
        let message = exchange.server_first.as_str().into();
        remember(context, Some(exchange));
        Ok(Reply::Challenge { message }.into())
    }
}

impl Verb for ScramFinal {
    const GATE: Gate = GATE;
    const WAITS: bool = true;

    fn errand(&mut self, before: &Before<'_>) -> Result<Option<Errand>, Reply> {
        let client_final = std::mem::take(&mut self.client_final);
        let session = before
            .state
            .session(before.conn)
            .ok_or(Reply::NotLoggedIn)?;
        let exchange = under_way(session)?;
        let name = exchange.nick.folded();
        policy::may_try(before.state, session, &name, before.now)?;
        Ok(Some(Errand::ScramFinish {
            exchange,
            client_final,
        }))
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        let exchange = under_way(context.session())?;
        // Whatever comes of it: a nonce is good for one proof.
        remember(context, None);
        let name = exchange.nick.folded();
        policy::may_try(context.state(), context.session(), &name, context.now)?;
        let Some(Found::ScramFinished { server_final }) = context.found() else {
            return Err(Reply::Busy { retry: 1 });
        };
        let shown = server_final.and_then(|message| {
            let shown = prove::with_keys(context, &exchange)?;
            Some((shown, message))
        });
        let (shown, message) = shown.unzip();
        prove::may_enter(context, &name, shown)?;
        let proven = Exchange {
            proven: true,
            ..*exchange
        };
        remember(context, Some(Box::new(proven)));
        let message = message.unwrap_or_default().into();
        Ok(Reply::Challenge { message }.into())
    }
}

fn under_way(session: &Session) -> Result<Box<Exchange>, Reply> {
    let exchange = session.scram.clone().filter(|exchange| !exchange.proven);
    exchange.ok_or(Reply::ScramMalformed)
}

fn remember(context: &mut Context<'_>, exchange: Option<Box<Exchange>>) {
    let conn = context.conn;
    context.emit(Event::ScramSet { conn, exchange });
}
