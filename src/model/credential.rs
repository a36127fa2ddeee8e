//! What is kept of a secret: a password's verifier and SCRAM keys, and the digest of a random code or token.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
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

/// What is kept of a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hashed {
    /// What it is checked against.
    pub verifier: Verifier,
    /// What SCRAM checks it by, where `accounts.scram` is on.
    pub scram: Option<ScramKeys>,
}

impl From<Verifier> for Hashed {
    fn from(verifier: Verifier) -> Self {
        Self {
            verifier,
            scram: None,
        }
    }
}

/// What SCRAM-SHA-256 checks a password by (RFC 5802, section 3). Guesses can be tried on it, so Debug hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct ScramKeys {
    /// How often the password was hashed.
    pub iterations: u32,
    /// What it was hashed with.
    pub salt: Vec<u8>,
    /// The hash of the key that only somebody with the password has.
    pub stored_key: [u8; Self::LEN_BYTES],
    /// What the server proves with that it knows the password.
    pub server_key: [u8; Self::LEN_BYTES],
}

impl ScramKeys {
    /// How long a key is.
    pub const LEN_BYTES: usize = 32;

    /// The text that is stored: `SCRAM-SHA-256$600000:salt$stored key:server key`, as other servers write it too.
    #[must_use]
    pub fn to_text(&self) -> String {
        let [salt, stored, server] =
            [&self.salt[..], &self.stored_key, &self.server_key].map(|bytes| BASE64.encode(bytes));
        format!("SCRAM-SHA-256${}:{salt}${stored}:{server}", self.iterations)
    }

    /// What was stored, if it is that.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let (cost, keys) = text.strip_prefix("SCRAM-SHA-256$")?.split_once('$')?;
        let ((iterations, salt), (stored, server)) = (cost.split_once(':')?, keys.split_once(':')?);
        let key = |text: &str| BASE64.decode(text).ok()?.try_into().ok();
        Some(Self {
            iterations: iterations.parse().ok().filter(|count| *count > 0)?,
            salt: BASE64.decode(salt).ok()?,
            stored_key: key(stored)?,
            server_key: key(server)?,
        })
    }
}

impl fmt::Debug for ScramKeys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ScramKeys(…)")
    }
}

/// A random secret of the server, made once: names that are nobody's get their salts by it, the same each time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ServerSecret([u8; Self::LEN_BYTES]);

impl ServerSecret {
    /// How long it is.
    pub const LEN_BYTES: usize = 32;

    /// Takes random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; Self::LEN_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes; every call is a place to look at in a review.
    #[must_use]
    pub const fn expose(&self) -> &[u8; Self::LEN_BYTES] {
        &self.0
    }
}

impl fmt::Debug for ServerSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ServerSecret(…)")
    }
}

/// The SHA-256 of a secret of 60 random bits or more, which needs no slow hash: nobody guesses it. Or of a client
/// certificate, where it is called a fingerprint.
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

    /// A fingerprint as it is typed: 64 hexadecimal digits of either case, with or without colons between the bytes.
    #[must_use]
    pub fn from_hex(typed: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = typed
            .chars()
            .filter(|found| *found != ':')
            .map(|found| u8::try_from(found.to_digit(16)?).ok())
            .collect();
        let bytes: Vec<u8> = digits?
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect();
        let is_whole = typed.chars().filter(|found| *found != ':').count() == 2 * Self::LEN_BYTES;
        bytes.try_into().ok().filter(|_| is_whole).map(Self)
    }

    /// A fingerprint as it is shown: 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        use std::fmt::Write as _;
        self.0.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
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
    fn none_shows_in_debug() {
        let verifier = Verifier::from_phc("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA".to_owned());
        assert_eq!(format!("{verifier:?}"), "Verifier(…)");
        assert_eq!(format!("{:?}", Digest::from_bytes([0xab; 32])), "Digest(…)");
        assert_eq!(format!("{:?}", keys()), "ScramKeys(…)");
        let secret = ServerSecret::from_bytes([0xab; 32]);
        assert_eq!(format!("{secret:?}"), "ServerSecret(…)");
    }

    fn keys() -> ScramKeys {
        ScramKeys {
            iterations: 4_096,
            salt: b"salt".to_vec(),
            stored_key: [7; 32],
            server_key: [9; 32],
        }
    }

    #[test]
    fn keys_come_back_from_their_text() {
        let text = keys().to_text();
        assert!(
            text.starts_with("SCRAM-SHA-256$4096:c2FsdA==$BwcH"),
            "{text}"
        );
        assert_eq!(ScramKeys::from_text(&text), Some(keys()));
        for broken in [
            String::new(),
            text.replace("4096", "0"),
            text.replace("SHA-256", "SHA-1"),
            text.replace(':', ""),
            text[..text.len() - 4].to_owned(),
        ] {
            assert_eq!(ScramKeys::from_text(&broken), None, "{broken}");
        }
    }

    #[test]
    fn fingerprints_are_typed_in_several_ways() {
        let digest = Digest::from_bytes(std::array::from_fn(|at| u8::try_from(at * 7).unwrap()));
        let hex = digest.to_hex();
        let pairs: Vec<&str> = (0..32).map(|at| &hex[2 * at..2 * at + 2]).collect();
        for typed in [hex.clone(), pairs.join(":"), hex.to_uppercase()] {
            assert_eq!(Digest::from_hex(&typed), Some(digest), "{typed}");
        }
        for wrong in [
            "",
            "00",
            &hex[1..],
            &format!("{hex}0"),
            &hex.replace("07", "g7"),
        ] {
            assert_eq!(Digest::from_hex(wrong), None, "{wrong}");
        }
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
