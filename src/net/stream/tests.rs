//! Plain and TLS over real sockets, with the same expectations.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

use super::*;
use crate::net::testing::{Certified, client};

/// A stream and the client at its other end.
async fn pair(tls: bool) -> (Stream, Box<dyn Client>) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    if !tls {
        return (Stream::Plain(ours.into()), Box::new(theirs));
    }
    let certified = Certified::new();
    let acceptor = certified.tls.acceptor();
    let server = async {
        let mut ours = ours;
        let mut first = vec![0; 3];
        ours.read_exact(&mut first).await.unwrap();
        Stream::handshake(ours.into(), first, &acceptor)
            .await
            .unwrap()
    };
    let (server, client) = tokio::join!(server, client(theirs));
    (server, Box::new(client))
}

trait Client: AsyncRead + AsyncWrite + Unpin {}
impl<T: AsyncRead + AsyncWrite + Unpin> Client for T {}

async fn read(stream: &mut Stream) -> io::Result<Vec<u8>> {
    let mut buffer = [0; 4_096];
    loop {
        assert!(stream.ready(Ways::READ).await?.read);
        match stream.try_read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => return result.map(|length| buffer[..length].to_vec()),
        }
    }
}

#[tokio::test]
async fn both_ways_until_the_end() {
    for tls in [false, true] {
        let (mut stream, mut client) = pair(tls).await;
        assert_eq!(stream.is_tls(), tls);
        client.write_all(b"hello").await.unwrap();
        assert_eq!(read(&mut stream).await.unwrap(), b"hello");
        let nothing = stream.try_read(&mut [0; 10]).unwrap_err();
        assert_eq!(nothing.kind(), io::ErrorKind::WouldBlock);

        stream.write_all(b"good ").await.unwrap();
        let slices = [IoSlice::new(b"by"), IoSlice::new(b"e")];
        assert_eq!(stream.try_write(&slices).unwrap(), 3);
        stream.shutdown().await.unwrap();
        let mut seen = String::new();
        client.read_to_string(&mut seen).await.unwrap();
        assert_eq!(seen, "good bye");

        // Its half stays open after ours is closed.
        client.write_all(b"QUIT").await.unwrap();
        client.shutdown().await.unwrap();
        assert_eq!(read(&mut stream).await.unwrap(), b"QUIT");
        assert_eq!(read(&mut stream).await.unwrap(), b"");
    }
}

#[tokio::test]
async fn waiting_wakes_for_either() {
    for tls in [false, true] {
        let (mut stream, mut client) = pair(tls).await;
        let ready = stream.ready(Ways::BOTH).await.unwrap();
        assert_eq!(ready, Ways::WRITE);
        let ready = async {
            let ready = stream.ready(Ways::READ).await.unwrap();
            assert_eq!(ready, Ways::READ);
        };
        let (_, written) = tokio::join!(ready, client.write_all(b"x"));
        written.unwrap();
    }
}

#[tokio::test]
async fn a_slow_reader_stops_the_writer_and_no_more_is_kept() {
    for tls in [false, true] {
        let (mut stream, mut client) = pair(tls).await;
        let (chunk, mut sent) = ([b'x'; 50_000], 0);
        while let Ok(written) = stream.try_write(&[IoSlice::new(&chunk)]) {
            sent += written;
        }
        assert!(sent < 4_000_000);
        let write = async {
            stream.write_all(b"end").await.unwrap();
            stream.shutdown().await.unwrap();
        };
        let mut seen = Vec::new();
        let (_, read) = tokio::join!(write, client.read_to_end(&mut seen));
        assert_eq!(read.unwrap(), sent + 3);
    }
}

/// The system resets a connection that is closed while something of it is unread.
#[tokio::test(start_paused = true)]
async fn last_words_arrive() {
    for tls in [false, true] {
        let (stream, mut client) = pair(tls).await;
        client.write_all(&[b'x'; 100_000]).await.unwrap();
        let mut seen = String::new();
        let talk = async {
            client.read_to_string(&mut seen).await.unwrap();
            client.shutdown().await.unwrap();
        };
        tokio::join!(stream.farewell(b"bye"), talk);
        assert_eq!(seen, "bye");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_keeps_a_closed_connection() {
    for tls in [false, true] {
        let (stream, _client) = pair(tls).await;
        let start = tokio::time::Instant::now();
        stream.close().await;
        assert!(start.elapsed().as_secs() < 10);
    }
}

#[tokio::test]
async fn the_end_does_not_wake_who_only_writes() {
    for tls in [false, true] {
        let (mut stream, mut client) = pair(tls).await;
        client.shutdown().await.unwrap();
        assert_eq!(read(&mut stream).await.unwrap(), b"");
        assert_eq!(stream.ready(Ways::BOTH).await.unwrap(), Ways::BOTH);
        assert_eq!(stream.ready(Ways::WRITE).await.unwrap(), Ways::WRITE);
    }
}

#[tokio::test]
async fn tls_that_is_cut_off_is_no_end() {
    let (mut stream, client) = pair(true).await;
    drop(client);
    let error = read(&mut stream).await.unwrap_err().kind();
    // Which of both depends on whether the client had read what the handshake ends with.
    assert!(matches!(
        error,
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof
    ));
}

#[test]
fn small() {
    assert!(size_of::<Stream>() <= 40);
}

#[tokio::test]
async fn silent_ends_are_asked() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let socket = Socket::Tcp(socket);
    socket
        .keep_alive(std::time::Duration::from_secs(90))
        .unwrap();
    let Socket::Tcp(socket) = socket else {
        panic!("it was TCP");
    };
    let idle = rustix::net::sockopt::tcp_keepidle(&socket).unwrap();
    assert!(rustix::net::sockopt::socket_keepalive(&socket).unwrap());
    assert_eq!(idle.as_secs(), 90);
}
