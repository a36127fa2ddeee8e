//! Errands of commands, done here and now; all but looking a message up, which is the store's.

use super::{Costs, code, needs_rehash, scram, verify, verify_dummy};
use crate::command::errand::{CodeKind, Errand, Found};
use crate::model::credential::{Digest, Hashed, ServerSecret, Verifier};
use crate::secret::Secret;

/// Shown once at registration.
const RECOVERY_CODES: usize = 8;

/// Does an errand; it takes as long as argon2 takes.
#[must_use]
pub fn run(errand: &Errand, costs: &Costs, server_password: Option<&Secret>) -> Found {
    match errand {
        Errand::Change { old, verifier, new } => Found::Changed {
            seen: verifier.clone(),
            hashed: verify(old, verifier).then(|| costs.hash(new)),
        },
        Errand::Code { kind } => {
            let (digest, shown) = fresh(kind_of(*kind));
            Found::Code { digest, shown }
        }
        Errand::Hash {
            password,
            invitation,
        } => Found::Hashed {
            hashed: costs.hash(password),
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
        Errand::NumberAt { .. } => Found::NumberAt { number: None },
        Errand::Recover { code: typed, new } => Found::Recover {
            recovery: code::digest(code::Kind::Recovery, typed.expose()),
            reset: code::digest(code::Kind::Reset, typed.expose()),
            hashed: costs.hash(new),
        },
        Errand::ScramBegin {
            first,
            keys,
            secret,
        } => {
            let secret = secret.unwrap_or_else(|| ServerSecret::from_bytes(rand::random()));
            let (account, keys) = match keys {
                Some((account, keys)) => (Some(*account), keys.clone()),
                None => {
                    let iterations = costs.scram.unwrap_or(scram::ITERATIONS);
                    let keys = scram::made_up(&secret, &first.nick.folded(), iterations);
                    (None, keys)
                }
            };
            let exchange = Box::new(scram::begin(first, account, keys, &scram::nonce()));
            Found::ScramBegun { exchange, secret }
        }
        Errand::ScramFinish {
            exchange,
            client_final,
        } => Found::ScramFinished {
            server_final: scram::finish(exchange, client_final.expose()),
        },
        Errand::ServerPassword { given } => Found::ServerPassword {
            right: server_password.is_some_and(|right| right.matches(given.expose())),
        },
        Errand::Token { token } => Found::Token {
            digest: code::digest(code::Kind::Token, token.expose()),
        },
        Errand::Verify {
            password,
            verifier: None,
            ..
        } => {
            verify_dummy(password, &costs.argon2);
            Found::Verified {
                seen: None,
                right: false,
                renewed: None,
            }
        }
        Errand::Verify {
            password,
            verifier: Some(verifier),
            has_scram,
        } => {
            let right = verify(password, verifier);
            let renewed = right.then(|| renewed(password, verifier, *has_scram, costs));
            Found::Verified {
                seen: Some(verifier.clone()),
                right,
                renewed: renewed.flatten(),
            }
        }
    }
}

/// The same password hashed again, where something about that is not as it would be now. A verifier that is good stays:
/// others may be checked against it meanwhile.
fn renewed(
    password: &Secret,
    verifier: &Verifier,
    has_scram: bool,
    costs: &Costs,
) -> Option<Hashed> {
    if needs_rehash(verifier, &costs.argon2) {
        return Some(costs.hash(password));
    }
    let lacking = costs.scram.filter(|_| !has_scram)?;
    Some(Hashed {
        verifier: verifier.clone(),
        scram: Some(scram::keys(password, lacking)),
    })
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
    use std::num::NonZeroU32;

    use super::*;
    use crate::auth::hash;
    use crate::auth::tests::CHEAP;
    use crate::model::AccountId;
    use crate::model::scram::{ClientFirst, Exchange};

    const COSTS: Costs = Costs {
        argon2: CHEAP,
        scram: None,
    };
    const SCRAM: Costs = Costs {
        scram: NonZeroU32::new(16),
        ..COSTS
    };

    fn done(errand: &Errand) -> Found {
        run(errand, &COSTS, Some(&"open-sesame".into()))
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
            let Found::Changed { seen, hashed } = done(&errand) else {
                panic!("another errand's answer");
            };
            (seen, hashed.map(|hashed| hashed.verifier))
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
            hashed,
            recovery,
            invitation,
        } = done(&errand)
        else {
            panic!("another errand's answer");
        };
        assert!(verify(&"secret-pass".into(), &hashed.verifier));
        assert_eq!(hashed.scram, None);
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
            hashed,
        } = done(&errand)
        else {
            panic!("another errand's answer");
        };
        assert!(verify(&"other-pass".into(), &hashed.verifier));
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
        assert_eq!(run(&given(""), &COSTS, None), right(false));
    }

    #[test]
    fn checking_without_an_account_is_wrong() {
        let check = |verifier| {
            let password = "secret-pass".into();
            let has_scram = false;
            done(&Errand::Verify {
                password,
                verifier,
                has_scram,
            })
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

    #[test]
    fn keys_are_made_where_they_are_wanted_and_lack() {
        let renewed = |costs: &Costs, has_scram: bool, typed: &str| {
            let verifier = hash(&"secret-pass".into(), &CHEAP);
            let errand = Errand::Verify {
                password: typed.into(),
                verifier: Some(verifier.clone()),
                has_scram,
            };
            let Found::Verified { renewed, .. } = run(&errand, costs, None) else {
                panic!("another errand's answer");
            };
            let same = |hashed: &Hashed| hashed.verifier == verifier;
            assert!(renewed.as_ref().is_none_or(same), "only keys are lacking");
            renewed.and_then(|hashed| hashed.scram)
        };
        assert_eq!(renewed(&COSTS, false, "secret-pass"), None);
        assert_eq!(renewed(&SCRAM, true, "secret-pass"), None);
        assert_eq!(renewed(&SCRAM, false, "secret-past"), None);
        let keys = renewed(&SCRAM, false, "secret-pass").unwrap();
        assert_eq!(keys.iterations, 16);
        assert!(SCRAM.hash(&"secret-pass".into()).scram.is_some());
    }

    #[test]
    fn an_exchange_is_begun_and_finished() {
        let first = ClientFirst::parse("n,,n=alice,r=abc").unwrap();
        let begun = |keys, secret| {
            let first = first.clone();
            let errand = Errand::ScramBegin {
                first,
                keys,
                secret,
            };
            let Found::ScramBegun { exchange, secret } = run(&errand, &SCRAM, None) else {
                panic!("another errand's answer");
            };
            (exchange, secret)
        };
        let finished = |exchange: &Exchange, password: &str| {
            let (answer, expected) =
                scram::answered(&first, &exchange.server_first, password).unwrap();
            let errand = Errand::ScramFinish {
                exchange: Box::new(exchange.clone()),
                client_final: answer.into(),
            };
            let Found::ScramFinished { server_final } = run(&errand, &SCRAM, None) else {
                panic!("another errand's answer");
            };
            (server_final, expected)
        };
        let keys = SCRAM.hash(&"secret-pass".into()).scram.unwrap();
        let (exchange, secret) = begun(Some((AccountId(7), keys)), None);
        let (told, expected) = finished(&exchange, "secret-pass");
        assert_eq!(told, Some(expected));
        assert_eq!(finished(&exchange, "secret-past").0, None);

        let (nobody, again) = (begun(None, Some(secret)), begun(None, Some(secret)));
        assert_eq!((nobody.0.account, nobody.1), (None, secret));
        assert_eq!(nobody.0.keys, again.0.keys);
        assert_ne!(nobody.0.nonce, again.0.nonce);
        assert_eq!(finished(&nobody.0, "secret-pass").0, None);
    }
}
