//! Errands of commands, done here and now; all but looking a message up, which is the store's.

use super::{Params, code, hash, needs_rehash, verify, verify_dummy};
use crate::command::errand::{CodeKind, Errand, Found};
use crate::model::credential::Digest;
use crate::secret::Secret;

/// Shown once at registration.
const RECOVERY_CODES: usize = 8;

/// Does an errand; it takes as long as argon2 takes.
#[must_use]
pub fn run(errand: &Errand, params: &Params, server_password: Option<&Secret>) -> Found {
    match errand {
        Errand::Change { old, verifier, new } => Found::Changed {
            seen: verifier.clone(),
            verifier: verify(old, verifier).then(|| hash(new, params)),
        },
        Errand::Code { kind } => {
            let (digest, shown) = fresh(kind_of(*kind));
            Found::Code { digest, shown }
        }
        Errand::Hash {
            password,
            invitation,
        } => Found::Hashed {
            verifier: hash(password, params),
            recovery: (0..RECOVERY_CODES)
                .map(|_| fresh(code::Kind::Recovery))
                .collect(),
            invitation: invitation
                .as_ref()
                .map(|typed| code::digest(code::Kind::Invitation, typed.expose())),
        },
        // The store looks messages up; here there are none.
        Errand::Message { .. } => Found::Message { meta: None },
        Errand::Recover { code: typed, new } => Found::Recover {
            recovery: code::digest(code::Kind::Recovery, typed.expose()),
            reset: code::digest(code::Kind::Reset, typed.expose()),
            verifier: hash(new, params),
        },
        Errand::ServerPassword { given } => Found::ServerPassword {
            right: server_password.is_some_and(|right| right.matches(given.expose())),
        },
        Errand::Token { token } => Found::Token {
            digest: code::digest(code::Kind::Token, token.expose()),
        },
        Errand::Verify { password, verifier } => {
            let right = match verifier {
                Some(verifier) => verify(password, verifier),
                None => {
                    verify_dummy(password, params);
                    false
                }
            };
            let outdated = verifier
                .as_ref()
                .filter(|one| right && needs_rehash(one, params));
            Found::Verified {
                seen: verifier.clone(),
                right,
                renewed: outdated.map(|_| hash(password, params)),
            }
        }
    }
}

fn fresh(kind: code::Kind) -> (Digest, Secret) {
    let shown = code::generate(kind);
    (code::digest(kind, shown.expose()), shown)
}

const fn kind_of(kind: CodeKind) -> code::Kind {
    match kind {
        CodeKind::Invitation => code::Kind::Invitation,
        CodeKind::Reset => code::Kind::Reset,
        CodeKind::Token => code::Kind::Token,
    }
}
