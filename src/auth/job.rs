//! What can be asked of the pool, and its answer. `run` computes it here and now.

use super::{Params, hash, needs_rehash, verify, verify_dummy};
use crate::model::credential::Verifier;
use crate::secret::Secret;

/// Slow work on a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Make a verifier of a new password.
    Hash {
        /// The password.
        secret: Secret,
        /// What it shall cost.
        params: Params,
    },
    /// Check a password.
    Verify {
        /// What was typed.
        secret: Secret,
        /// The account's, or nothing where there is no such account: that takes as long.
        verifier: Option<Verifier>,
        /// What it costs where there is no account, and what an outdated verifier is renewed with.
        params: Params,
    },
    /// Check the old password, and only if it is right make a verifier of the new one.
    VerifyThenHash {
        /// What was typed as the old one.
        old: Secret,
        /// The account's, or nothing where there is no such account.
        verifier: Option<Verifier>,
        /// The new one.
        new: Secret,
        /// What the new one shall cost.
        params: Params,
    },
}

/// The answer to a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// The old password was right; this is the new one's verifier.
    Changed(Verifier),
    /// The new verifier that was asked for.
    Hashed(Verifier),
    /// The password was right.
    Matched {
        /// A new verifier of the same password, where the old one was made with other costs.
        renewed: Option<Verifier>,
    },
    /// The password was wrong, or there is no such account.
    Refused,
}

/// Does the job; it takes as long as argon2 takes.
#[must_use]
pub fn run(job: &Job) -> Done {
    match job {
        Job::Hash { secret, params } => Done::Hashed(hash(secret, params)),
        Job::Verify {
            secret,
            verifier,
            params,
        } => match checked(secret, verifier.as_ref(), params) {
            Some(verifier) => Done::Matched {
                renewed: needs_rehash(verifier, params).then(|| hash(secret, params)),
            },
            None => Done::Refused,
        },
        Job::VerifyThenHash {
            old,
            verifier,
            new,
            params,
        } => match checked(old, verifier.as_ref(), params) {
            Some(_) => Done::Changed(hash(new, params)),
            None => Done::Refused,
        },
    }
}

/// The verifier, if there is one and the password is right.
fn checked<'v>(
    secret: &Secret,
    verifier: Option<&'v Verifier>,
    params: &Params,
) -> Option<&'v Verifier> {
    let Some(verifier) = verifier else {
        verify_dummy(secret, params);
        return None;
    };
    verify(secret, verifier).then_some(verifier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::tests::CHEAP;

    fn check(secret: &str, verifier: Option<&Verifier>, params: Params) -> Done {
        run(&Job::Verify {
            secret: secret.into(),
            verifier: verifier.cloned(),
            params,
        })
    }

    #[test]
    fn a_right_password_matches_and_an_outdated_verifier_is_renewed() {
        let verifier = hash(&"secret-pass".into(), &CHEAP);
        assert_eq!(
            check("secret-pass", Some(&verifier), CHEAP),
            Done::Matched { renewed: None }
        );
        let dearer = Params {
            iterations: 2,
            ..CHEAP
        };
        let Done::Matched {
            renewed: Some(renewed),
        } = check("secret-pass", Some(&verifier), dearer)
        else {
            panic!("not renewed");
        };
        assert!(!needs_rehash(&renewed, &dearer) && verify(&"secret-pass".into(), &renewed));
    }

    #[test]
    fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
        let verifier = hash(&"secret-pass".into(), &CHEAP);
        assert_eq!(check("secret-past", Some(&verifier), CHEAP), Done::Refused);
        assert_eq!(check("secret-pass", None, CHEAP), Done::Refused);
    }

    #[test]
    fn a_password_changes_only_for_who_knows_the_old_one() {
        let verifier = hash(&"secret-pass".into(), &CHEAP);
        let change = |old: &str, verifier: Option<&Verifier>| {
            run(&Job::VerifyThenHash {
                old: old.into(),
                verifier: verifier.cloned(),
                new: "other-pass".into(),
                params: CHEAP,
            })
        };
        let Done::Changed(changed) = change("secret-pass", Some(&verifier)) else {
            panic!("refused");
        };
        assert!(verify(&"other-pass".into(), &changed) && !verify(&"secret-pass".into(), &changed));
        assert_eq!(change("secret-past", Some(&verifier)), Done::Refused);
        assert_eq!(change("secret-pass", None), Done::Refused);
    }

    #[test]
    fn no_password_shows_in_debug() {
        let job = Job::VerifyThenHash {
            old: "old-pass".into(),
            verifier: Some(Verifier::from_phc("$argon2id$…".to_owned())),
            new: "new-pass".into(),
            params: CHEAP,
        };
        let shown = format!("{job:?} {:?}", run(&job));
        assert!(
            !shown.contains("-pass") && !shown.contains("argon2id"),
            "{shown}"
        );
    }
}
