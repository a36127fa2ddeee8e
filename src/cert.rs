//! Self-signed certificates: made on first start where none is configured, or by `chinwag cert`.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Utc};
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose};
use sha2::{Digest, Sha256};

use crate::config::{self, Config};
use crate::net::tls::{self, TlsError};

/// Nobody renews a certificate that nobody signed.
const LIFETIME_YEARS: i32 = 10;

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertError {
    /// A certificate or a key is there already, and is not written over.
    #[error("{} is there already; --force writes over it", .0.display())]
    Exists(PathBuf),
    /// Only one of the two default files is there.
    #[error("{} is there and {} is not: bring it back, or make both anew with: chinwag cert --force", there.display(), missing.display())]
    Half {
        /// The file that is there.
        there: PathBuf,
        /// The file that is not.
        missing: PathBuf,
    },
    /// The library refused.
    #[error("no certificate for {name}: {source}")]
    Library {
        /// The name it was for.
        name: String,
        /// Why.
        source: rcgen::Error,
    },
    /// A configured file is missing; a certificate is only made at the default paths.
    #[error("there is no file {}: a certificate is only made on first start at {} and {}", .0.display(), config::DEFAULT_CERT, config::DEFAULT_KEY)]
    Missing(PathBuf),
    /// What is there cannot be read.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The files cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Where a certificate and its key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The certificate chain, in PEM.
    pub cert: PathBuf,
    /// Its key, in PEM.
    pub key: PathBuf,
}

impl Files {
    /// The configured ones.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            cert: config.tls.cert.clone(),
            key: config.tls.key.clone(),
        }
    }

    fn are_default(&self) -> bool {
        self.cert == Path::new(config::DEFAULT_CERT) && self.key == Path::new(config::DEFAULT_KEY)
    }
}

/// Makes sure, on start, that a certificate is there; answers the fingerprint of one that was made.
///
/// # Errors
/// When configured files are missing, or none can be made.
pub fn ensure(config: &Config) -> Result<Option<String>, CertError> {
    let files = Files::of(config);
    match (files.cert.exists(), files.key.exists()) {
        (true, true) => Ok(None),
        (false, false) if files.are_default() => make(&config.server.name, &files, false).map(Some),
        (true, false) if files.are_default() => Err(CertError::Half {
            there: files.cert,
            missing: files.key,
        }),
        (false, true) if files.are_default() => Err(CertError::Half {
            there: files.key,
            missing: files.cert,
        }),
        (false, true | false) => Err(CertError::Missing(files.cert)),
        (true, false) => Err(CertError::Missing(files.key)),
    }
}

/// Makes a certificate for a name and for this machine, and answers its fingerprint.
///
/// # Errors
/// When files are there and `force` is not, or when they cannot be written.
pub fn make(name: &str, files: &Files, force: bool) -> Result<String, CertError> {
    if let Some(path) = [&files.cert, &files.key]
        .into_iter()
        .find(|path| !force && path.exists())
    {
        return Err(CertError::Exists(path.clone()));
    }
    let (cert, key) = signed(name, Utc::now()).map_err(|source| CertError::Library {
        name: name.to_owned(),
        source,
    })?;
    // The key first: a certificate without its key is noticed on start, as is a key without its certificate.
    replace(&files.key, key.as_bytes(), 0o600)?;
    replace(&files.cert, cert.as_bytes(), 0o644)?;
    fingerprint(&files.cert)
}

/// The SHA-256 of a certificate, written as `openssl x509 -fingerprint -sha256` does.
///
/// # Errors
/// When the file holds no certificate.
pub fn fingerprint(cert: &Path) -> Result<String, CertError> {
    let chain = tls::certificates(cert)?;
    let mut shown = String::new();
    for byte in Sha256::digest(&chain[0]) {
        let colon = if shown.is_empty() { "" } else { ":" };
        write!(shown, "{colon}{byte:02X}").expect("writing to a string does not fail");
    }
    Ok(shown)
}

fn signed(
    name: &str,
    now: DateTime<Utc>,
) -> Result<(String, zeroize::Zeroizing<String>), rcgen::Error> {
    let mut names = vec![name.to_owned()];
    for local in ["localhost", "127.0.0.1", "::1"] {
        if local != name {
            names.push(local.to_owned());
        }
    }
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // A day back, for clocks that are late; the first of the month, so that no day is missing in ten years.
    let since = now - chrono::Days::new(1);
    params.not_before = rcgen::date_time_ymd(since.year(), month(&since), day(&since));
    params.not_after = rcgen::date_time_ymd(since.year() + LIFETIME_YEARS, month(&since), 1);
    let key = KeyPair::generate()?;
    Ok((params.self_signed(&key)?.pem(), key.serialize_pem().into()))
}

fn month(date: &DateTime<Utc>) -> u8 {
    u8::try_from(date.month()).expect("there are twelve months")
}

fn day(date: &DateTime<Utc>) -> u8 {
    u8::try_from(date.day()).expect("a month has at most 31 days")
}

/// Writes a file beside its place and moves it there, so that a key is at no moment readable by others, or half there.
fn replace(path: &Path, content: &[u8], mode: u32) -> Result<(), CertError> {
    let unwritable = |source| CertError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let _ = fs::remove_file(&beside);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(&beside)
        .map_err(unwritable)?;
    file.write_all(content).map_err(unwritable)?;
    file.sync_all().map_err(unwritable)?;
    fs::rename(&beside, path).map_err(unwritable)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn files(folder: &Path) -> Files {
        Files {
            cert: folder.join("certs/a.pem"),
            key: folder.join("certs/a.key"),
        }
    }

    #[test]
    fn made_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let first = make("chat.example.org", &files, false).unwrap();
        assert_eq!((first.len(), first.matches(':').count()), (95, 31));
        assert_eq!(
            fs::metadata(&files.key).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(
            matches!(make("chat.example.org", &files, false), Err(CertError::Exists(path)) if path == files.cert)
        );
        assert_eq!(fingerprint(&files.cert).unwrap(), first);
        fs::remove_file(&files.cert).unwrap();
        assert!(
            matches!(make("chat.example.org", &files, false), Err(CertError::Exists(path)) if path == files.key)
        );
        assert_ne!(make("chat.example.org", &files, true).unwrap(), first);
        assert_eq!(
            fs::read_dir(folder.path().join("certs")).unwrap().count(),
            2
        );
    }

    #[test]
    fn names_and_days() {
        for (name, today) in [
            ("localhost", "2028-02-29T00:00:00Z"),
            ("a.example", "2026-03-01T12:00:00Z"),
        ] {
            let (cert, key) = signed(name, today.parse().unwrap()).unwrap();
            assert!(cert.starts_with("-----BEGIN CERTIFICATE-----") && key.contains("PRIVATE KEY"));
        }
    }

    #[test]
    fn configured_files_are_never_made() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let mut config = Config::default();
        (config.tls.cert, config.tls.key) = (files.cert.clone(), files.key.clone());
        assert!(matches!(ensure(&config), Err(CertError::Missing(path)) if path == files.cert));
        make("a.example", &files, false).unwrap();
        assert!(matches!(ensure(&config), Ok(None)));
        fs::remove_file(&files.key).unwrap();
        assert!(matches!(ensure(&config), Err(CertError::Missing(path)) if path == files.key));
    }
}
