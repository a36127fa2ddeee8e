//! SCRAM-SHA-256 (RFC 5802, RFC 7677): keys made of a password, and the server's side of the exchange.
//!
//! There is no channel binding. A name that has no keys gets some that are made up, the same each time, so that no
//! answer tells whether there is such an account.

use std::borrow::Cow;
use std::num::NonZeroU32;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chinwag_grammar::Folded;
use ring::{hmac, pbkdf2};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

use crate::model::AccountId;
use crate::model::credential::{ScramKeys, ServerSecret};
use crate::model::scram::{ClientFirst, Exchange};
use crate::secret::Secret;

/// How often a password is hashed: what OWASP asks for with PBKDF2 and SHA-256.
pub const ITERATIONS: NonZeroU32 = NonZeroU32::new(600_000).expect("it is not zero");

const KEY_BYTES: usize = ScramKeys::LEN_BYTES;
const SALT_BYTES: usize = 16;
/// In base64, 24 characters.
const NONCE_BYTES: usize = 18;

/// The keys of a password, with a salt of its own; it takes as long as so many iterations take.
#[must_use]
pub fn keys(password: &Secret, iterations: NonZeroU32) -> ScramKeys {
    let salt: [u8; SALT_BYTES] = rand::random();
    keys_with(password, salt.to_vec(), iterations)
}

/// RFC 5802, section 3.
fn keys_with(password: &Secret, salt: Vec<u8>, iterations: NonZeroU32) -> ScramKeys {
    let mut salted = zeroize::Zeroizing::new([0; KEY_BYTES]);
    let prepared = zeroize::Zeroizing::new(prepared(password.expose()).into_owned());
    let (algorithm, secret) = (pbkdf2::PBKDF2_HMAC_SHA256, prepared.as_bytes());
    pbkdf2::derive(algorithm, iterations, &salt, secret, salted.as_mut());
    let client_key = sign(salted.as_ref(), b"Client Key");
    ScramKeys {
        iterations: iterations.get(),
        salt,
        stored_key: Sha256::digest(client_key).into(),
        server_key: sign(salted.as_ref(), b"Server Key"),
    }
}

/// SASLprep. What it forbids stays as it was typed: a password of today may be older than that.
fn prepared(password: &str) -> Cow<'_, str> {
    stringprep::saslprep(password).unwrap_or(Cow::Borrowed(password))
}

/// Keys for a name that has none: always the same, and no password has them.
#[must_use]
pub fn made_up(secret: &ServerSecret, name: &Folded, iterations: NonZeroU32) -> ScramKeys {
    let part = |what: &str| {
        sign(
            secret.expose(),
            format!("{what}\0{}", name.as_str()).as_bytes(),
        )
    };
    ScramKeys {
        iterations: iterations.get(),
        salt: part("salt")[..SALT_BYTES].to_vec(),
        stored_key: part("stored key"),
        server_key: part("server key"),
    }
}

/// What is random in our answer.
#[must_use]
pub fn nonce() -> String {
    let bytes: [u8; NONCE_BYTES] = rand::random();
    BASE64.encode(bytes)
}

/// Answers the client's first message.
#[must_use]
pub fn begin(
    first: &ClientFirst,
    account: Option<AccountId>,
    keys: ScramKeys,
    own_nonce: &str,
) -> Exchange {
    let nonce = format!("{}{own_nonce}", first.nonce);
    let salt = BASE64.encode(&keys.salt);
    Exchange {
        nick: first.nick.clone(),
        account,
        server_first: format!("r={nonce},s={salt},i={}", keys.iterations),
        keys,
        gs2_header: first.gs2_header.clone(),
        client_first_bare: first.bare.clone(),
        nonce,
        proven: false,
    }
}

/// Checks the client's last message, and answers it where the proof is right and the keys were not made up.
#[must_use]
pub fn finish(exchange: &Exchange, client_final: &str) -> Option<String> {
    let (without_proof, proof) = client_final.rsplit_once(",p=")?;
    let mut attributes = without_proof.split(',');
    let binding = attributes.next()?.strip_prefix("c=")?;
    let nonce = attributes.next()?.strip_prefix("r=")?;
    if BASE64.decode(binding).ok()? != exchange.gs2_header.as_bytes() || nonce != exchange.nonce {
        return None;
    }
    let auth_message = format!(
        "{},{},{without_proof}",
        exchange.client_first_bare, exchange.server_first
    );
    let proof: [u8; KEY_BYTES] = BASE64.decode(proof).ok()?.try_into().ok()?;
    let signature = sign(&exchange.keys.stored_key, auth_message.as_bytes());
    let client_key: [u8; KEY_BYTES] = std::array::from_fn(|at| proof[at] ^ signature[at]);
    let stored: [u8; KEY_BYTES] = Sha256::digest(client_key).into();
    let right: bool = stored.ct_eq(&exchange.keys.stored_key).into();
    let signature = sign(&exchange.keys.server_key, auth_message.as_bytes());
    (right && exchange.account.is_some()).then(|| format!("v={}", BASE64.encode(signature)))
}

fn sign(key: &[u8], message: &[u8]) -> [u8; KEY_BYTES] {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message);
    tag.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// The client's side, with which the server is tested: its last message and the answer that it expects; nothing where
/// the server's first message is none.
#[must_use]
pub fn answered(
    first: &ClientFirst,
    server_first: &str,
    password: &str,
) -> Option<(String, String)> {
    let mut attributes = server_first.split(',');
    let nonce = attributes.next()?.strip_prefix("r=")?;
    let salt = BASE64.decode(attributes.next()?.strip_prefix("s=")?).ok()?;
    let iterations = attributes.next()?.strip_prefix("i=")?.parse().ok()?;
    let mut salted = [0; KEY_BYTES];
    let (algorithm, secret) = (pbkdf2::PBKDF2_HMAC_SHA256, prepared(password));
    pbkdf2::derive(algorithm, iterations, &salt, secret.as_bytes(), &mut salted);
    let without_proof = format!("c={},r={nonce}", BASE64.encode(&first.gs2_header));
    let message = format!("{},{server_first},{without_proof}", first.bare);
    let client_key = sign(&salted, b"Client Key");
    let signature = sign(&Sha256::digest(client_key), message.as_bytes());
    let proof: [u8; KEY_BYTES] = std::array::from_fn(|at| client_key[at] ^ signature[at]);
    let server = sign(&sign(&salted, b"Server Key"), message.as_bytes());
    let answer = format!("{without_proof},p={}", BASE64.encode(proof));
    Some((answer, format!("v={}", BASE64.encode(server))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: NonZeroU32 = NonZeroU32::new(16).unwrap();

    /// RFC 7677, section 3.
    const FIRST: &str = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    const OWN_NONCE: &str = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    const FINAL: &str = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    fn of_the_rfc() -> Exchange {
        let salt = BASE64.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        let keys = keys_with(&"pencil".into(), salt, NonZeroU32::new(4_096).unwrap());
        let first = ClientFirst::parse(FIRST).unwrap();
        begin(&first, Some(AccountId(1)), keys, OWN_NONCE)
    }

    #[test]
    fn the_vector_of_rfc_7677() {
        let exchange = of_the_rfc();
        assert_eq!(
            exchange.server_first,
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
        );
        let server_final = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
        assert_eq!(finish(&exchange, FINAL).as_deref(), Some(server_final));
        let first = ClientFirst::parse(FIRST).unwrap();
        let answered = answered(&first, &exchange.server_first, "pencil");
        assert_eq!(answered, Some((FINAL.to_owned(), server_final.to_owned())));
    }

    #[test]
    fn every_other_last_message_is_refused() {
        let exchange = of_the_rfc();
        for wrong in [
            String::new(),
            "e=other-error".to_owned(),
            FINAL.replace("biws", "eSws"),
            FINAL.replace("c=biws,", ""),
            FINAL.replace("k0,", "k1,"),
            FINAL.replace("k0,", ","),
            FINAL.replace("p=d", "p=e"),
            FINAL.replace("dVQ=", ""),
            FINAL.replace(",p=", ",x=1,p="),
            format!("{FINAL},x=1"),
        ] {
            assert_eq!(finish(&exchange, &wrong), None, "{wrong}");
        }
        let made_up = Exchange {
            account: None,
            ..exchange
        };
        assert_eq!(finish(&made_up, FINAL), None, "keys of nobody");
    }

    #[test]
    fn keys_are_salted_and_passwords_prepared() {
        let (one, other) = (keys(&"pass".into(), FEW), keys(&"pass".into(), FEW));
        assert_ne!(one.salt, other.salt);
        assert_ne!(one.stored_key, other.stored_key);
        // RFC 4013, section 3: a soft hyphen is nothing, a Roman numeral is its letters.
        assert_eq!(prepared("I\u{ad}X"), "IX");
        assert_eq!(prepared("\u{2168}"), "IX");
        assert_eq!(prepared("a\u{7}b"), "a\u{7}b", "forbidden, and as it was");
    }

    #[test]
    fn what_is_made_up_stays_the_same() {
        let secret = ServerSecret::from_bytes([1; 32]);
        let made = |name: &str| made_up(&secret, &Folded::of(name), FEW);
        assert_eq!(made("Mallory"), made("mallory"));
        assert_ne!(made("mallory").salt, made("trent").salt);
        assert_eq!(made("mallory").salt.len(), SALT_BYTES);
        let other = ServerSecret::from_bytes([2; 32]);
        assert_ne!(made("a"), made_up(&other, &Folded::of("a"), FEW));
    }
}
