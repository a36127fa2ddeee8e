//! An exchange by which somebody shows to know a password without sending it (SCRAM, RFC 5802): what was said so far.
//!
//! The arithmetic is done outside, in `auth::scram`; here is what is read, and what is remembered between two messages.

use std::fmt;

use chinwag_grammar::Nick;

use super::AccountId;
use super::credential::ScramKeys;

/// The first message of a client, taken apart (RFC 5802, section 7: client-first-message).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFirst {
    /// The header on channel binding, which the last message repeats.
    pub gs2_header: String,
    /// Whose account it wants to be, where it says so.
    pub authzid: Option<Nick>,
    /// Whose password it knows.
    pub nick: Nick,
    /// Its nonce.
    pub nonce: String,
    /// The message without the header.
    pub bare: String,
}

impl ClientFirst {
    /// Reads it; nothing where it is malformed, wants a channel binding, or an extension that has to be understood.
    #[must_use]
    pub fn parse(message: &str) -> Option<Self> {
        // `n`: it has no channel binding; `y`: it has, and believes that we have not, which is so.
        let rest = message
            .strip_prefix("n,")
            .or_else(|| message.strip_prefix("y,"))?;
        let (authzid, bare) = rest.split_once(',')?;
        let authzid = match authzid.strip_prefix("a=") {
            Some(name) => Some(nick(name)?),
            None if authzid.is_empty() => None,
            None => return None,
        };
        let mut attributes = bare.split(',');
        let name = attributes.next()?.strip_prefix("n=")?;
        let nonce = attributes.next()?.strip_prefix("r=")?;
        let is_printable = nonce.bytes().all(|byte| byte.is_ascii_graphic());
        if nonce.is_empty() || !is_printable {
            return None;
        }
        Some(Self {
            gs2_header: message[..message.len() - bare.len()].to_owned(),
            authzid,
            nick: nick(name)?,
            nonce: nonce.to_owned(),
            bare: bare.to_owned(),
        })
    }

    /// Whether it wants to be somebody else than whose password it knows: nobody may.
    #[must_use]
    pub fn wants_another(&self) -> bool {
        let wanted = self.authzid.as_ref();
        wanted.is_some_and(|wanted| !wanted.same(self.nick.as_str()))
    }
}

/// A name as it is written there: `=2C` is a comma, `=3D` an equals sign, and no `=` stands for itself.
fn nick(written: &str) -> Option<Nick> {
    let mut name = String::with_capacity(written.len());
    let mut parts = written.split('=');
    name.push_str(parts.next()?);
    for part in parts {
        let (sign, rest) = match (part.strip_prefix("2C"), part.strip_prefix("3D")) {
            (Some(rest), _) => (',', rest),
            (_, Some(rest)) => ('=', rest),
            (None, None) => return None,
        };
        name.push(sign);
        name.push_str(rest);
    }
    Nick::parse(&name).ok()
}

/// What was said so far. Proofs can be made with what is in it, so Debug hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The name that was given.
    pub nick: Nick,
    /// Whose keys these are; absent where they are made up, for a name that has none.
    pub account: Option<AccountId>,
    /// What the proof is checked with.
    pub keys: ScramKeys,
    /// The header of the client's first message, which its last repeats.
    pub gs2_header: String,
    /// The rest of the client's first message.
    pub client_first_bare: String,
    /// What we answered.
    pub server_first: String,
    /// Both nonces.
    pub nonce: String,
    /// Whether the proof was right.
    pub proven: bool,
}

impl fmt::Debug for Exchange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Exchange(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_messages_are_taken_apart() {
        let first = ClientFirst::parse("n,,n=user,r=rOprNGfwEbeRWgbNEkqO").unwrap();
        assert_eq!(first.gs2_header, "n,,");
        assert_eq!(first.bare, "n=user,r=rOprNGfwEbeRWgbNEkqO");
        assert_eq!((first.nick.as_str(), first.authzid), ("user", None));
        assert_eq!(first.nonce, "rOprNGfwEbeRWgbNEkqO");
        let first = ClientFirst::parse("y,a=Alice,n=alice,r=x,t=1").unwrap();
        assert_eq!(first.gs2_header, "y,a=Alice,");
        assert_eq!(first.nonce, "x");
        assert!(!first.wants_another(), "folded alike");
        let first = ClientFirst::parse("n,a=bob,n=alice,r=x").unwrap();
        assert!(first.wants_another());
    }

    #[test]
    fn what_is_malformed_is_nothing() {
        for message in [
            "",
            "n",
            "n,,",
            "n,,n=alice",
            "n,,r=x,n=alice",
            "n,,n=alice,r=",
            "n,,n=alice,r=a b",
            "n,,n=al=ice,r=x",
            "n,,n=,r=x",
            "n,,m=1,n=alice,r=x",
            "n,bob,n=alice,r=x",
            "n,a=,n=alice,r=x",
            "p=tls-unique,,n=alice,r=x",
            "x,,n=alice,r=x",
        ] {
            assert_eq!(ClientFirst::parse(message), None, "{message}");
        }
    }

    #[test]
    fn exchanges_are_hidden() {
        let exchange = Exchange {
            nick: Nick::parse("alice").unwrap(),
            account: None,
            keys: ScramKeys {
                iterations: 1,
                salt: Vec::new(),
                stored_key: [0; 32],
                server_key: [0; 32],
            },
            gs2_header: String::new(),
            client_first_bare: String::new(),
            server_first: String::new(),
            nonce: String::new(),
            proven: false,
        };
        assert_eq!(format!("{exchange:?}"), "Exchange(…)");
    }
}
