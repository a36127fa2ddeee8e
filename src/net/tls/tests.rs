//! Bad files, and a reload while connections come over a real loopback socket.

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ProtocolVersion, SupportedProtocolVersion};

use super::*;
use crate::cert::{self, Files};
use crate::model::credential::Digest;
use crate::net::stream::{Socket, Stream};
use crate::net::testing::{Certified, client_config, client_config_with};

/// What a client is shown: the certificate and the version.
async fn seen(
    tls: &Reloadable,
    versions: &[&'static SupportedProtocolVersion],
) -> (CertificateDer<'static>, ProtocolVersion) {
    let client = client_config(versions);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = async {
        let (socket, _) = listener.accept().await.unwrap();
        tls.acceptor().accept(socket).await.unwrap()
    };
    let client = async {
        let socket = TcpStream::connect(address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(client)
            .connect(name, socket)
            .await
            .unwrap()
    };
    let (_server, client) = tokio::join!(server, client);
    let session = client.get_ref().1;
    (
        session.peer_certificates().unwrap()[0].clone().into_owned(),
        session.protocol_version().unwrap(),
    )
}

#[tokio::test]
async fn reload_while_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files {
        cert: folder.path().join("c.pem"),
        key: folder.path().join("c.key"),
    };
    cert::make("a.example", &files, false).unwrap();
    let tls = Reloadable::load(&files.cert, &files.key).unwrap();
    let first = certificates(&files.cert).unwrap().remove(0);
    assert_eq!(
        seen(&tls, &[&TLS13]).await,
        (first.clone(), ProtocolVersion::TLSv1_3)
    );
    assert_eq!(
        seen(&tls, &[&TLS12]).await,
        (first.clone(), ProtocolVersion::TLSv1_2)
    );

    // A bad file changes nothing.
    fs::write(&files.key, "nothing").unwrap();
    assert!(matches!(
        tls.reload(),
        Err(TlsError::Missing {
            what: "private key",
            ..
        })
    ));
    assert_eq!(seen(&tls, &[&TLS13]).await.0, first);

    cert::make("b.example", &files, true).unwrap();
    let second = certificates(&files.cert).unwrap().remove(0);
    assert_ne!(first, second);
    assert_eq!(seen(&tls, &[&TLS13]).await.0, first);
    tls.reload().unwrap();
    assert_eq!(seen(&tls, &[&TLS13]).await.0, second);
}

/// What the server sees of a client's certificate.
async fn shown(
    tls: &Reloadable,
    client: Arc<tokio_rustls::rustls::ClientConfig>,
) -> io::Result<Option<Digest>> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = async {
        let (socket, _) = listener.accept().await.unwrap();
        let stream = Stream::handshake(Socket::Tcp(socket), Vec::new(), &tls.acceptor()).await?;
        Ok(stream.client_certificate())
    };
    let client = async {
        let socket = TcpStream::connect(address).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(client).connect(name, socket).await
    };
    let (server, _client) = tokio::join!(server, client);
    server
}

#[tokio::test]
async fn client_certificates_are_asked_for_and_not_required() {
    let server = Certified::new();
    let folder = tempfile::tempdir().unwrap();
    let [own, other] = ["own", "other"].map(|name| {
        let files = Files {
            cert: folder.path().join(format!("{name}.pem")),
            key: folder.path().join(format!("{name}.key")),
        };
        cert::make("client.example", &files, false).unwrap();
        files
    });
    let chain = certificates(&own.cert).unwrap();
    let digest = client::fingerprint(&chain[0]);
    for version in [&TLS12, &TLS13] {
        let without = client_config(&[version]);
        assert_eq!(shown(&server.tls, without).await.unwrap(), None);
        let with = |key: &Path| {
            let key = private_key(key).unwrap();
            client_config_with(&[version], Some((chain.clone(), key)))
        };
        let seen = shown(&server.tls, with(&own.key)).await.unwrap();
        assert_eq!(seen, Some(digest), "{version:?}");
        // Somebody else's certificate, which everybody can have, without its key.
        let stolen = shown(&server.tls, with(&other.key)).await;
        assert!(stolen.is_err(), "{version:?}");
    }
}

#[test]
fn bad_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let one = Files {
        cert: at("1.pem"),
        key: at("1.key"),
    };
    let two = Files {
        cert: at("2.pem"),
        key: at("2.key"),
    };
    cert::make("a.example", &one, false).unwrap();
    cert::make("a.example", &two, false).unwrap();
    fs::write(at("empty"), "").unwrap();
    fs::write(
        at("broken"),
        "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
    )
    .unwrap();
    fs::write(
        at("nonsense"),
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    )
    .unwrap();
    fs::write(at("long"), vec![b'a'; 1_048_577]).unwrap();
    let shown = |cert: &Path, key: &Path| {
        let error = Reloadable::load(cert, key).err().unwrap().to_string();
        error.replace(&format!("{}/", folder.path().display()), "")
    };
    assert_eq!(
        shown(&one.cert, &two.key),
        "the key 2.key does not belong to the certificate 1.pem"
    );
    assert_eq!(
        shown(&at("empty"), &one.key),
        "empty holds no certificate in PEM (-----BEGIN …-----)"
    );
    assert_eq!(
        shown(&one.key, &one.key),
        "1.key holds no certificate in PEM (-----BEGIN …-----)"
    );
    assert_eq!(
        shown(&one.cert, &one.cert),
        "1.pem holds no private key in PEM (-----BEGIN …-----)"
    );
    assert_eq!(
        shown(&at("none"), &one.key),
        "none cannot be read: No such file or directory (os error 2)"
    );
    assert_eq!(
        shown(&at("long"), &one.key),
        "long cannot be read: it is longer than 1 MiB"
    );
    assert!(shown(&at("broken"), &one.key).starts_with("broken cannot be read: "));
    assert!(shown(&at("nonsense"), &one.key).starts_with("nonsense and 1.key cannot be used: "));
}
