//! What is kept of a secret: a password's verifier, and the digest of a random code or token.

use std::fmt;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// What every token begins with, and no password may: what is given in place of a password is one or the other.
pub const TOKEN_PREFIX: &str = "cw_";

/// What a password is checked against: a PHC string of argon2id, with its parameters and salt.
///
/// It is no password, but guesses can be tried on it, so Debug hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Verifier(String);

impl Verifier {
    /// Takes a PHC string; one that is malformed matches no password.
    #[must_use]
    pub fn from_phc(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string, to be stored or checked against.
    #[must_use]
    pub fn phc(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Verifier(…)")
    }
}

/// The SHA-256 of a secret of 60 random bits or more, which needs no slow hash: nobody guesses it.
///
/// Its order is that of its bytes, for maps that are keyed by it. A lookup in one leaks at most the time of comparing
/// digests, and who cannot choose a digest learns nothing from that.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest([u8; Self::LEN_BYTES]);

impl Digest {
    /// How long a digest is.
    pub const LEN_BYTES: usize = 32;

    /// Takes the bytes of a digest.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LEN_BYTES]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be stored.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::LEN_BYTES] {
        &self.0
    }

    /// Whether both are the same, in a time that tells nothing of where they differ.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Digest(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_shows_in_debug() {
        let verifier = Verifier::from_phc("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA".to_owned());
        assert_eq!(format!("{verifier:?}"), "Verifier(…)");
        assert_eq!(format!("{:?}", Digest::from_bytes([0xab; 32])), "Digest(…)");
    }

    #[test]
    fn both_come_back_from_json() {
        let verifier = Verifier::from_phc("$argon2id$…".to_owned());
        let json = serde_json::to_string(&verifier).unwrap();
        assert_eq!(
            serde_json::from_str::<Verifier>(&json).unwrap().phc(),
            verifier.phc()
        );
        let digest = Digest::from_bytes(std::array::from_fn(|at| u8::try_from(at).unwrap()));
        let json = serde_json::to_string(&digest).unwrap();
        assert_eq!(serde_json::from_str::<Digest>(&json).unwrap(), digest);
    }

    #[test]
    fn one_bit_is_a_difference() {
        let digest = Digest::from_bytes([7; 32]);
        assert!(digest.matches(&Digest::from_bytes([7; 32])));
        for at in 0..Digest::LEN_BYTES {
            let mut bytes = *digest.as_bytes();
            bytes[at] ^= 1;
            assert!(!digest.matches(&Digest::from_bytes(bytes)), "byte {at}");
        }
    }
}
