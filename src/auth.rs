//! Passwords: argon2id, and the bounded pool that computes it away from everything else.
//!
//! Codes and tokens are random enough for SHA-256 (`code`); what people choose is not, and is made slow to guess here.

pub mod code;
pub mod errand;
pub mod job;
pub mod operator;
pub mod pool;
pub mod scram;

use std::hint::black_box;
use std::num::NonZeroU32;

use argon2::{ThreadMode, Variant, Version};

pub use self::job::{Done, Job, run};
pub use self::pool::{Busy, Pool};
use crate::config::{Accounts, Argon2 as Params};
use crate::model::credential::{Hashed, Verifier};
use crate::secret::Secret;

const HASH_BYTES: u32 = 32;
const SALT_BYTES: usize = 16;

/// What hashing a password costs, and whether SCRAM keys are made too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// Of the verifier.
    pub argon2: Params,
    /// Of the SCRAM keys, where they are made.
    pub scram: Option<NonZeroU32>,
}

impl Costs {
    /// As they are configured.
    #[must_use]
    pub fn of(accounts: &Accounts) -> Self {
        Self {
            argon2: accounts.argon2,
            scram: accounts.scram.then_some(scram::ITERATIONS),
        }
    }

    /// Everything that is kept of a password.
    #[must_use]
    pub fn hash(&self, secret: &Secret) -> Hashed {
        Hashed {
            verifier: hash(secret, &self.argon2),
            scram: self.scram.map(|count| scram::keys(secret, count)),
        }
    }
}

/// The verifier of a password, with a salt of its own.
#[must_use]
pub fn hash(secret: &Secret, params: &Params) -> Verifier {
    let salt: [u8; SALT_BYTES] = rand::random();
    let phc = argon2::hash_encoded(secret.expose().as_bytes(), &salt, &argon2id(params))
        .expect("check-config refuses costs that argon2 refuses");
    Verifier::from_phc(phc)
}

/// Whether the verifier is this password's; a malformed one is nobody's.
#[must_use]
pub fn verify(secret: &Secret, verifier: &Verifier) -> bool {
    argon2::verify_encoded(verifier.phc(), secret.expose().as_bytes()).unwrap_or_else(|error| {
        tracing::error!(%error, "a stored password verifier cannot be read");
        false
    })
}

/// Works as long as `verify` does, so that the time of an answer does not tell whether the name exists.
pub fn verify_dummy(secret: &Secret, params: &Params) {
    let hash = argon2::hash_raw(
        secret.expose().as_bytes(),
        &[0; SALT_BYTES],
        &argon2id(params),
    );
    black_box(hash.expect("check-config refuses costs that argon2 refuses"));
}

/// Whether the verifier was made with other costs than these; one that cannot be read was.
#[must_use]
pub fn needs_rehash(verifier: &Verifier, params: &Params) -> bool {
    let current = format!(
        "$argon2id$v={}$m={},t={},p={}$",
        Version::Version13.as_u32(),
        params.memory_kib,
        params.iterations,
        params.parallelism
    );
    !verifier.phc().starts_with(&current)
}

/// Lanes run one after the other: the pool is what bounds how many cores passwords may take.
fn argon2id(params: &Params) -> argon2::Config<'static> {
    argon2::Config {
        ad: &[],
        hash_length: HASH_BYTES,
        lanes: params.parallelism,
        mem_cost: params.memory_kib,
        secret: &[],
        thread_mode: ThreadMode::Sequential,
        time_cost: params.iterations,
        variant: Variant::Argon2id,
        version: Version::Version13,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least that argon2 takes.
    pub const CHEAP: Params = Params {
        memory_kib: 8,
        iterations: 1,
        parallelism: 1,
    };

    #[test]
    fn a_password_matches_its_verifier_alone() {
        let verifier = hash(&"correct horse".into(), &CHEAP);
        assert!(verify(&"correct horse".into(), &verifier));
        assert!(!verify(&"correct horse ".into(), &verifier));
        assert!(!verify(&"".into(), &verifier));
        assert!(!verifier.phc().contains("horse"));
        assert_ne!(verifier, hash(&"correct horse".into(), &CHEAP), "salted");
    }

    #[test]
    fn a_broken_verifier_matches_nothing() {
        let whole = hash(&"secret-pass".into(), &CHEAP);
        for phc in [
            "",
            "$",
            "secret-pass",
            "$argon2id$v=19$m=8,t=1,p=1$",
            &whole.phc()[..60],
        ] {
            assert!(
                !verify(&"secret-pass".into(), &Verifier::from_phc(phc.to_owned())),
                "{phc}"
            );
        }
    }

    /// A vector of the reference implementation: what another server made opens here.
    #[test]
    fn the_reference_vector() {
        let phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let verifier = Verifier::from_phc(phc.to_owned());
        assert!(verify(&"password".into(), &verifier));
        assert!(!verify(&"passwore".into(), &verifier));
    }

    #[test]
    fn other_costs_ask_for_a_new_verifier() {
        let verifier = hash(&"secret-pass".into(), &CHEAP);
        assert!(!needs_rehash(&verifier, &CHEAP));
        for dearer in [
            Params {
                memory_kib: 16,
                ..CHEAP
            },
            Params {
                iterations: 2,
                ..CHEAP
            },
            Params {
                memory_kib: 16,
                parallelism: 2,
                ..CHEAP
            },
        ] {
            assert!(needs_rehash(&verifier, &dearer), "{dearer:?}");
            assert!(!needs_rehash(
                &hash(&"secret-pass".into(), &dearer),
                &dearer
            ));
        }
        assert!(needs_rehash(&Verifier::from_phc(String::new()), &CHEAP));
    }

    /// Every combination that check-config lets through at its edges is one that argon2 takes.
    #[test]
    fn the_least_memory_of_each_number_of_lanes() {
        for parallelism in [1, 2, 3, 7, 64] {
            let params = Params {
                memory_kib: 8 * parallelism,
                iterations: 1,
                parallelism,
            };
            let verifier = hash(&"secret-pass".into(), &params);
            assert!(verify(&"secret-pass".into(), &verifier));
            verify_dummy(&"secret-pass".into(), &params);
        }
    }
}
