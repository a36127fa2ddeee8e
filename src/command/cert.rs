//! CERT: client certificates that log an account in, by their fingerprints: added, listed, removed.

use super::prelude::*;
use crate::model::credential::Digest;
use crate::reply::{Row, noun};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cert {
    /// Without a fingerprint, the one that the connection came with.
    Add {
        fingerprint: Option<Digest>,
    },
    List,
    Remove {
        fingerprint: Digest,
    },
}

impl Verb for Cert {
    const GATE: Gate = Gate {
        needs: Needs::Account,
        writes: true,
        token: TokenUse::Never,
    };

    fn read(args: &Args<'_>) -> Self {
        let fingerprint = args.text("fingerprint").map(|typed| {
            Digest::from_hex(typed).expect("the rule has the digits of a fingerprint")
        });
        match fingerprint {
            Some(fingerprint) if args.has_keyword("REMOVE") => Self::Remove { fingerprint },
            fingerprint if args.has_keyword("ADD") => Self::Add { fingerprint },
            _ => Self::List,
        }
    }

    fn gate(&self) -> Gate {
        Gate {
            writes: !matches!(self, Self::List),
            ..Self::GATE
        }
    }

    fn decide(self, context: &mut Context<'_>) -> Outcome {
        match self {
            Self::Add { fingerprint } => add(context, fingerprint),
            Self::List => list(context),
            Self::Remove { fingerprint } => remove(context, fingerprint),
        }
    }
}

fn add(context: &mut Context<'_>, fingerprint: Option<Digest>) -> Outcome {
    let (account, limit) = (context.account()?, context.rules().certificates_per_account);
    let own = context.session().origin.certificate;
    let digest = fingerprint.or(own).ok_or(Reply::CertificateAbsent)?;
    // Whose it is, is nobody else's business.
    if context.state().account_certified(&digest).is_some() {
        return Err(Reply::CertificateInUse);
    }
    if account.certificates.len() >= limit {
        return Err(Reply::TooManyCertificates { limit });
    }
    let account = account.id;
    context.emit(Event::CertificateAdded { account, digest });
    let fingerprint = digest.to_hex().into();
    Ok(Reply::CertificateAdded { fingerprint }.into())
}

fn list(context: &mut Context<'_>) -> Outcome {
    let certificates = context.account()?.certificates.clone();
    let own = context.session().origin.certificate;
    let count = certificates.len() as u64;
    for (digest, created) in certificates {
        context.row(Row::Certificate {
            fingerprint: digest.to_hex().into(),
            created,
            own: own == Some(digest),
        });
    }
    let noun = noun(count, "certificate", "certificates");
    Ok(Reply::Rows { count, noun }.into())
}

fn remove(context: &mut Context<'_>, digest: Digest) -> Outcome {
    let account = context.account()?;
    let fingerprint = digest.to_hex().into();
    if !account.certificates.contains_key(&digest) {
        return Err(Reply::NoSuchCertificate { fingerprint });
    }
    let account = account.id;
    context.emit(Event::CertificateRemoved { account, digest });
    Ok(Reply::CertificateRemoved { fingerprint }.into())
}
