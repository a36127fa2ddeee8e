//! TLS: certificate and key from PEM files, and an acceptor that reads them again while it is in use.

mod client;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{Error as RustlsError, ServerConfig};

/// A certificate chain is a few KiB: more is not one.
const PEM_MAX_BYTES: u64 = 1_048_576;

pub(super) use client::fingerprint;

/// Why a certificate and its key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The key belongs to another certificate.
    #[error("the key {} does not belong to the certificate {}", key.display(), cert.display())]
    Mismatch {
        /// The file with the certificate.
        cert: PathBuf,
        /// The file with the key.
        key: PathBuf,
    },
    /// The file holds something else.
    #[error("{} holds no {what} in PEM (-----BEGIN …-----)", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
    },
    /// The file cannot be read, or what is in it is damaged.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The TLS library takes neither.
    #[error("{} and {} cannot be used: {source}", cert.display(), key.display())]
    Unusable {
        /// The file with the certificate.
        cert: PathBuf,
        /// The file with the key.
        key: PathBuf,
        /// Why.
        source: RustlsError,
    },
}

/// The TLS of the server. Connections under way keep what they began with.
pub struct Reloadable {
    cert: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<ServerConfig>>,
}

impl Reloadable {
    /// Reads a certificate and its key.
    ///
    /// # Errors
    /// Says which file is wrong, and why.
    pub fn load(cert: &Path, key: &Path) -> Result<Self, TlsError> {
        let current = RwLock::new(server_config(cert, key)?);
        Ok(Self {
            cert: cert.to_owned(),
            key: key.to_owned(),
            current,
        })
    }

    /// Reads the same files again, for connections that come from now on.
    ///
    /// # Errors
    /// Says which file is wrong, and why; what was read before stays in use.
    pub fn reload(&self) -> Result<(), TlsError> {
        let fresh = server_config(&self.cert, &self.key)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// An acceptor for the next connection; it is cheap to make and should not be kept.
    #[must_use]
    pub fn acceptor(&self) -> TlsAcceptor {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(Arc::clone(&current))
    }
}

/// Reads the certificates of a chain, the server's own first.
///
/// # Errors
/// Says why the file holds none.
pub fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let pem = pem(path)?;
    let chain: Vec<_> = rustls_pemfile::certs(&mut pem.as_slice())
        .collect::<Result<_, _>>()
        .map_err(|source| unreadable(path, source))?;
    if chain.is_empty() {
        return Err(missing(path, "certificate"));
    }
    Ok(chain)
}

/// TLS 1.2 and 1.3 on ring, whatever else the process may have made its default.
fn server_config(cert: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let (chain, private) = (certificates(cert)?, private_key(key)?);
    let unusable = |source| match source {
        RustlsError::InconsistentKeys(_) => TlsError::Mismatch {
            cert: cert.to_owned(),
            key: key.to_owned(),
        },
        source => TlsError::Unusable {
            cert: cert.to_owned(),
            key: key.to_owned(),
            source,
        },
    };
    let provider = Arc::new(ring::default_provider());
    ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .expect("ring has cipher suites for both versions")
        .with_client_cert_verifier(Arc::new(client::Anybody(provider)))
        .with_single_cert(chain, private)
        .map(Arc::new)
        .map_err(unusable)
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let pem = zeroize::Zeroizing::new(pem(path)?);
    rustls_pemfile::private_key(&mut pem.as_slice())
        .map_err(|source| unreadable(path, source))?
        .ok_or_else(|| missing(path, "private key"))
}

fn pem(path: &Path) -> Result<Vec<u8>, TlsError> {
    let length = fs::metadata(path)
        .map_err(|source| unreadable(path, source))?
        .len();
    if length > PEM_MAX_BYTES {
        return Err(unreadable(
            path,
            io::Error::other("it is longer than 1 MiB"),
        ));
    }
    fs::read(path).map_err(|source| unreadable(path, source))
}

fn unreadable(path: &Path, source: io::Error) -> TlsError {
    TlsError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn missing(path: &Path, what: &'static str) -> TlsError {
    TlsError::Missing {
        path: path.to_owned(),
        what,
    }
}

#[cfg(test)]
mod tests;
