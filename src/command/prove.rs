//! What every way to show who one is has in common: it may be tried, it was right, and the account may come in.

use chinwag_grammar::{Folded, Nick};

use super::prelude::*;
use crate::model::Account;
use crate::model::credential::{Digest, Hashed, TOKEN_PREFIX, Verifier};
use crate::model::session::{Authenticated, TokenLimits};
use crate::policy::login as policy;
use crate::secret::Secret;

/// What a password, or a token in place of one, is checked by.
///
/// # Errors
/// Where it may not be tried now.
pub fn errand(before: &Before<'_>, nick: &Nick, password: Secret) -> Result<Errand, Reply> {
    let session = before
        .state
        .session(before.conn)
        .ok_or(Reply::NotLoggedIn)?;
    policy::may_try(before.state, session, &nick.folded(), before.now)?;
    if is_token(&password) {
        return Ok(Errand::Token { token: password });
    }
    let account = before.state.account_named(&nick.folded());
    Ok(Errand::Verify {
        password,
        verifier: account.map(|account| account.verifier.clone()),
        has_scram: account.is_some_and(|account| account.scram.is_some()),
    })
}

/// Typed in any case: no password begins like one.
fn is_token(password: &Secret) -> bool {
    let start = password.expose().trim_start().get(..TOKEN_PREFIX.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(TOKEN_PREFIX))
}

/// Whose account it is, by the password or the token that the errand checked.
///
/// # Errors
/// Where it was wrong, or may not be tried, or the account may not come in.
pub fn by_password(context: &mut Context<'_>, nick: &Nick) -> Result<Authenticated, Reply> {
    // Others may have failed while this was checked.
    let name = nick.folded();
    policy::may_try(context.state(), context.session(), &name, context.now)?;
    let shown = match context.found() {
        Some(Found::Busy) => return Err(Reply::Busy { retry: 1 }),
        Some(Found::Token { digest }) => with_token(context, &name, &digest),
        Some(Found::Verified {
            seen,
            right: true,
            renewed,
        }) => with_password(context, &name, seen.as_ref(), renewed),
        _ => None,
    };
    may_enter(context, &name, shown)
}

/// The password was right for the verifier that was seen: it must still be the account's.
fn with_password(
    context: &mut Context<'_>,
    name: &Folded,
    seen: Option<&Verifier>,
    renewed: Option<Hashed>,
) -> Option<Authenticated> {
    let account = context.state().account_named(name)?;
    if Some(&account.verifier) != seen {
        return None;
    }
    let (id, initial) = (account.id, account.initial_password);
    // Renewing would count as choosing a password of one's own.
    if let Some(hashed) = renewed.filter(|_| !initial && !context.full) {
        context.emit(Event::PasswordSet {
            account: id,
            hashed,
            renewed: true,
        });
    }
    Some(whole(id))
}

fn with_token(context: &Context<'_>, name: &Folded, digest: &Digest) -> Option<Authenticated> {
    let account = context.state().account_named(name)?;
    let mut tokens = account.tokens.iter();
    let (label, token) = tokens.find(|(_, token)| token.digest.matches(digest))?;
    let limits = TokenLimits {
        label: label.clone(),
        rooms: token.rooms.clone(),
        scope: token.scope,
    };
    Some(Authenticated {
        account: account.id,
        limits: Some(limits),
    })
}

/// Whose account it is, by the certificate that the connection came with; `nick` is whose it is wanted to be.
///
/// # Errors
/// Where there is no certificate, or none that is known, or the account may not come in.
pub fn by_certificate(
    context: &mut Context<'_>,
    nick: Option<&Nick>,
) -> Result<Authenticated, Reply> {
    let certificate = context.session().origin.certificate;
    let digest = certificate.ok_or(Reply::CertificateAbsent)?;
    // Nobody guesses a certificate: whoever has another is not to shut the account out for others.
    let name = policy::counted_alone(context.session());
    policy::may_try(context.state(), context.session(), &name, context.now)?;
    let account = context.state().account_certified(&digest);
    let wanted = |account: &&Account| nick.is_none_or(|nick| account.name.same(nick.as_str()));
    let shown = account.filter(wanted).map(|account| whole(account.id));
    may_enter(context, &name, shown)
}

/// Whose account it is, by the exchange that was just finished. It is worth something once.
///
/// # Errors
/// Where there is none, or the account may not come in.
pub fn by_scram(context: &mut Context<'_>) -> Result<Authenticated, Reply> {
    let exchange = context.session().scram.clone();
    let exchange = exchange
        .filter(|exchange| exchange.proven)
        .ok_or(Reply::ScramMalformed)?;
    let conn = context.conn;
    context.emit(Event::ScramSet {
        conn,
        exchange: None,
    });
    let shown = with_keys(context, &exchange);
    may_enter(context, &exchange.nick.folded(), shown)
}

/// The proof was right for the keys that were seen: they must still be the account's.
pub fn with_keys(
    context: &Context<'_>,
    exchange: &crate::model::scram::Exchange,
) -> Option<Authenticated> {
    let account = context.state().account(exchange.account?)?;
    let same = account.scram.as_ref() == Some(&exchange.keys);
    same.then(|| whole(account.id))
}

/// What was shown, if it was anything and the account may come in.
///
/// # Errors
/// Why not. What is answered as a wrong guess counts as one.
pub fn may_enter(
    context: &mut Context<'_>,
    name: &Folded,
    shown: Option<Authenticated>,
) -> Result<Authenticated, Reply> {
    let Some(shown) = shown else {
        return Err(context.failed(name, Reply::InvalidCredentials));
    };
    let (state, session) = (context.state(), context.session());
    match policy::may_enter(state, session, shown.account, context.now) {
        Ok(()) => Ok(shown),
        Err(refused @ Reply::InvalidCredentials) => Err(context.failed(name, refused)),
        Err(told) => Err(told),
    }
}

const fn whole(account: crate::model::AccountId) -> Authenticated {
    Authenticated {
        account,
        limits: None,
    }
}
