//! Slow or random work that a command needs before it can decide, done outside of the core; and what came of it.
//!
//! A command asks once, with the state as it is then. When it decides, later, it checks again that what it saw still holds.
//! An errand takes the secrets out of its command, so that what goes into the log has none.

use chinwag_grammar::Number;

use crate::model::Meta;
use crate::model::credential::{Digest, Verifier};
use crate::secret::Secret;

/// What is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Errand {
    /// Check the old password and hash the new one.
    Change {
        old: Secret,
        verifier: Verifier,
        new: Secret,
    },
    /// Make a code.
    Code { kind: CodeKind },
    /// Hash a new account's password and make its recovery codes.
    Hash {
        password: Secret,
        /// An invitation, to be digested.
        invitation: Option<Secret>,
    },
    /// Look a message up.
    Message { number: Number },
    /// Compare with what the configuration says of operators.
    Oper { name: String, password: Secret },
    /// Digest a recovery code and hash the new password.
    Recover { code: Secret, new: Secret },
    /// Compare with the connection password.
    ServerPassword { given: Secret },
    /// Digest a token.
    Token { token: Secret },
    /// Check a password; without a verifier it takes as long.
    Verify {
        password: Secret,
        verifier: Option<Verifier>,
    },
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// Lets somebody register.
    Invitation,
    /// Lets somebody set a new password, for a short time.
    Reset,
    /// Stands for a script's password.
    Token,
}

/// What came of an errand. Digests are all that may be logged of codes; `shown` is for the one who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the fields that say nothing are what they are called"
)]
pub enum Found {
    /// Too much is to be done already.
    Busy,
    /// The new password's verifier, if the old password was right.
    Changed {
        seen: Verifier,
        verifier: Option<Verifier>,
    },
    /// A code.
    Code { digest: Digest, shown: Secret },
    /// A new account's verifier and recovery codes.
    Hashed {
        verifier: Verifier,
        recovery: Vec<(Digest, Secret)>,
        invitation: Option<Digest>,
    },
    /// The message, if there is one.
    Message { meta: Option<Meta> },
    /// Whether there is an operator of that name and password.
    Oper { right: bool },
    /// The code, as a recovery code and as a reset code, and the new password's verifier.
    Recover {
        recovery: Digest,
        reset: Digest,
        verifier: Verifier,
    },
    /// Whether the connection password is right.
    ServerPassword { right: bool },
    /// The token.
    Token { digest: Digest },
    /// Whether the password is right.
    Verified {
        seen: Option<Verifier>,
        right: bool,
        /// A new verifier of the same password, where the old one was made with other costs.
        renewed: Option<Verifier>,
    },
}
