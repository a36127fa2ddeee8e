//! What the tests of the network share: a certificate, and a TLS client that takes every one.

use std::sync::Arc;

use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{
    CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};
use tokio_rustls::rustls::version::TLS13;
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error as RustlsError, SignatureScheme,
    SupportedProtocolVersion,
};

use super::tls::Reloadable;
use crate::cert::{self, Files};

/// The TLS of a server, with the folder of its certificate.
pub struct Certified {
    pub tls: Arc<Reloadable>,
    _folder: TempDir,
}

impl Certified {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Files {
            cert: folder.path().join("c.pem"),
            key: folder.path().join("c.key"),
        };
        cert::make("localhost", &files, false).unwrap();
        Self {
            tls: Arc::new(Reloadable::load(&files.cert, &files.key).unwrap()),
            _folder: folder,
        }
    }
}

/// A client that has shaken hands.
pub async fn client<S>(socket: S) -> TlsStream<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    TlsConnector::from(client_config(&[&TLS13]))
        .connect(ServerName::try_from("localhost").unwrap(), socket)
        .await
        .unwrap()
}

/// A client without a certificate.
pub fn client_config(versions: &[&'static SupportedProtocolVersion]) -> Arc<ClientConfig> {
    client_config_with(versions, None)
}

/// A client with a certificate, whether the key belongs to it or not.
pub fn client_config_with(
    versions: &[&'static SupportedProtocolVersion],
    shown: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
) -> Arc<ClientConfig> {
    let provider = Arc::new(ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody(Arc::clone(&provider))));
    let Some((chain, key)) = shown else {
        return Arc::new(config.with_no_client_auth());
    };
    let key = provider.key_provider.load_private_key(key).unwrap();
    let shown = SingleCertAndKey::from(CertifiedKey::new(chain, key));
    Arc::new(config.with_client_cert_resolver(Arc::new(shown)))
}

/// Takes every certificate: what a client sees is compared by the test.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, RustlsError> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, RustlsError> {
        verify_tls12_signature(
            message,
            cert,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, RustlsError> {
        verify_tls13_signature(
            message,
            cert,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
