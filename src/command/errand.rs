//! Slow or random work that a command needs before it can decide, done outside of the core; and what came of it.
//!
//! A command asks once, with the state as it is then. When it decides, later, it checks again that what it saw still holds.
//! An errand takes the secrets out of its command, so that what goes into the log has none.

use chinwag_grammar::{Number, Time};

use crate::model::credential::{Digest, Hashed, ScramKeys, ServerSecret, Verifier};
use crate::model::scram::{ClientFirst, Exchange};
use crate::model::{AccountId, Meta};
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
    /// Look the last number up that there was at a time.
    NumberAt { time: Time },
    /// Compare with what the configuration says of operators.
    Oper { name: String, password: Secret },
    /// Digest a recovery code and hash the new password.
    Recover { code: Secret, new: Secret },
    /// Begin an exchange: with the keys of an account, or with some that are made up by the secret, or by a new one.
    ScramBegin {
        first: ClientFirst,
        keys: Option<(AccountId, ScramKeys)>,
        secret: Option<ServerSecret>,
    },
    /// Check the proof at the end of an exchange.
    ScramFinish {
        exchange: Box<Exchange>,
        client_final: Secret,
    },
    /// Compare with the connection password.
    ServerPassword { given: Secret },
    /// Digest a token.
    Token { token: Secret },
    /// Check a password; without a verifier it takes as long.
    Verify {
        password: Secret,
        verifier: Option<Verifier>,
        /// Whether the account has SCRAM keys already.
        has_scram: bool,
    },
}

impl Errand {
    /// Whether it is the store that does it; everything else is computed.
    #[must_use]
    pub const fn is_lookup(&self) -> bool {
        match self {
            Self::Message { .. } | Self::NumberAt { .. } => true,
            Self::Change { .. }
            | Self::Code { .. }
            | Self::Hash { .. }
            | Self::Oper { .. }
            | Self::Recover { .. }
            | Self::ScramBegin { .. }
            | Self::ScramFinish { .. }
            | Self::ServerPassword { .. }
            | Self::Token { .. }
            | Self::Verify { .. } => false,
        }
    }
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
    /// What is kept of the new password, if the old password was right.
    Changed {
        seen: Verifier,
        hashed: Option<Hashed>,
    },
    /// A code.
    Code { digest: Digest, shown: Secret },
    /// What is kept of a new account's password, and its recovery codes.
    Hashed {
        hashed: Hashed,
        recovery: Vec<(Digest, Secret)>,
        invitation: Option<Digest>,
    },
    /// The message, if there is one.
    Message { meta: Option<Meta> },
    /// That number; absent where the store could not tell.
    NumberAt { number: Option<Number> },
    /// Whether there is an operator of that name and password.
    Oper { right: bool },
    /// The code, as a recovery code and as a reset code, and what is kept of the new password.
    Recover {
        recovery: Digest,
        reset: Digest,
        hashed: Hashed,
    },
    /// The exchange as it was begun, and the secret by which keys were made up.
    ScramBegun {
        exchange: Box<Exchange>,
        secret: ServerSecret,
    },
    /// The answer to a right proof; nothing to a wrong one.
    ScramFinished { server_final: Option<String> },
    /// Whether the connection password is right.
    ServerPassword { right: bool },
    /// The token.
    Token { digest: Digest },
    /// Whether the password is right.
    Verified {
        seen: Option<Verifier>,
        right: bool,
        /// The same password hashed again, where it was with other costs, or SCRAM keys are wanted and lacking.
        renewed: Option<Hashed>,
    },
}
