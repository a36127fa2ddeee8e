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
        // The configuration says who they are (`operator`); here there are none.
        Errand::Oper { .. } => Found::Oper { right: false },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::tests::CHEAP;

    fn done(errand: &Errand) -> Found {
        run(errand, &CHEAP, Some(&"open-sesame".into()))
    }

    #[test]
    fn a_password_changes_for_who_knows_the_old_one() {
        let verifier = hash(&"secret-pass".into(), &CHEAP);
        let change = |old: &str| {
            let errand = Errand::Change {
                old: old.into(),
                verifier: verifier.clone(),
                new: "other-pass".into(),
            };
            let Found::Changed { seen, verifier } = done(&errand) else {
                panic!("another errand's answer");
            };
            (seen, verifier)
        };
        let (seen, changed) = change("secret-pass");
        assert_eq!(seen, verifier);
        assert!(verify(&"other-pass".into(), &changed.unwrap()));
        assert_eq!(change("secret-past").1, None);
    }

    #[test]
    fn a_new_account_has_eight_codes_and_an_invitation_is_digested() {
        let errand = Errand::Hash {
            password: "secret-pass".into(),
            invitation: Some("ABCD EFGH JKMN".into()),
        };
        let Found::Hashed {
            verifier,
            recovery,
            invitation,
        } = done(&errand)
        else {
            panic!("another errand's answer");
        };
        assert!(verify(&"secret-pass".into(), &verifier));
        assert_eq!(recovery.len(), RECOVERY_CODES);
        let (digest, shown) = &recovery[0];
        assert_eq!(*digest, code::digest(code::Kind::Recovery, shown.expose()));
        let invited = code::digest(code::Kind::Invitation, "abcd-efgh-jkmn");
        assert_eq!(invitation, Some(invited));
    }

    #[test]
    fn a_code_is_of_the_kind_it_was_asked_for() {
        for (asked, kind) in [
            (CodeKind::Invitation, code::Kind::Invitation),
            (CodeKind::Reset, code::Kind::Reset),
            (CodeKind::Token, code::Kind::Token),
        ] {
            let Found::Code { digest, shown } = done(&Errand::Code { kind: asked }) else {
                panic!("another errand's answer");
            };
            assert_eq!(digest, code::digest(kind, shown.expose()));
        }
    }

    #[test]
    fn what_is_typed_to_recover_may_be_either_code() {
        let errand = Errand::Recover {
            code: "abcdefghjkmn".into(),
            new: "other-pass".into(),
        };
        let Found::Recover {
            recovery,
            reset,
            verifier,
        } = done(&errand)
        else {
            panic!("another errand's answer");
        };
        assert!(verify(&"other-pass".into(), &verifier));
        let typed = "abcd-efgh-jkmn";
        assert_eq!(recovery, code::digest(code::Kind::Recovery, typed));
        assert_eq!(reset, code::digest(code::Kind::Reset, typed));
    }

    #[test]
    fn the_connection_password_is_compared_and_absent_is_wrong() {
        let given = |given: &str| Errand::ServerPassword {
            given: given.into(),
        };
        let right = |right| Found::ServerPassword { right };
        assert_eq!(done(&given("open-sesame")), right(true));
        assert_eq!(done(&given("open")), right(false));
        assert_eq!(run(&given(""), &CHEAP, None), right(false));
    }

    #[test]
    fn checking_without_an_account_is_wrong() {
        let check = |verifier| {
            let password = "secret-pass".into();
            done(&Errand::Verify { password, verifier })
        };
        let verifier = hash(&"secret-pass".into(), &CHEAP);
        let checked = |seen, right| Found::Verified {
            seen,
            right,
            renewed: None,
        };
        assert_eq!(check(None), checked(None, false));
        assert_eq!(check(Some(verifier.clone())), checked(Some(verifier), true));
    }
}
