//! Who comes in how, over real sockets, on a clock that jumps when nobody has anything to do.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::time::Instant;

use super::*;
use crate::net::stream::Ways;
use crate::net::testing::{Certified, client};

const GREETING: &str = "+OK hello\r\n";

#[derive(Default)]
struct House {
    full: bool,
    admitted: Vec<Peer>,
    greeted: Vec<Peer>,
}

impl Host for House {
    fn admit(&mut self, peer: &Peer) -> bool {
        self.admitted.push(*peer);
        !self.full
    }

    fn greeting(&mut self, peer: &Peer) -> Bytes {
        self.greeted.push(*peer);
        Bytes::from_static(GREETING.as_bytes())
    }
}

fn rules(tls: Option<&Certified>) -> Rules {
    Rules {
        tls_only: false,
        proxy_protocol: false,
        trusted_proxies: vec!["127.0.0.0/8".parse().unwrap()],
        tls: tls.map(|certified| Arc::clone(&certified.tls)),
        registration_timeout: Duration::from_secs(60),
        login_timeout: None,
        name: "chat.example".into(),
    }
}

/// Sends all of it and then nothing; what became of it, and what the client saw if the connection was closed.
async fn sent(rules: &Rules, bytes: &[u8]) -> (Front, House, String) {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    theirs.write_all(bytes).await.unwrap();
    theirs.shutdown().await.unwrap();
    let mut house = House::default();
    let mut seen = String::new();
    let (front, _) = tokio::join!(enter(ours.into(), rules, &mut house), async {
        theirs.read_to_string(&mut seen).await
    });
    (front, house, seen)
}

/// The same, where the connection stays open; what the client saw is not looked at.
async fn entered(rules: &Rules, bytes: &[u8]) -> (Front, House, Duration) {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    theirs.write_all(bytes).await.unwrap();
    let (mut house, start) = (House::default(), Instant::now());
    let front = enter(ours.into(), rules, &mut house).await;
    (front, house, start.elapsed())
}

fn lines(front: Front) -> Lines {
    match front {
        Front::Lines(lines) => lines,
        Front::Closed(closed) => panic!("{closed}"),
    }
}

fn closed(front: Front) -> String {
    match front {
        Front::Lines(_) => panic!("it came in"),
        Front::Closed(closed) => format!("{closed:?}"),
    }
}

async fn read_greeting(client: &mut (impl AsyncRead + Unpin)) {
    let mut seen = [0; GREETING.len()];
    client.read_exact(&mut seen).await.unwrap();
    assert_eq!(seen, GREETING.as_bytes());
}

#[tokio::test(start_paused = true)]
async fn plain_lines_at_once() {
    for (bytes, telnet) in [(&b"HELP\r\nQU"[..], false), (b"\xff\xfd\x01", true)] {
        let (front, house, took) = entered(&rules(None), bytes).await;
        let plain = lines(front);
        assert_eq!((&plain.first_bytes[..], plain.telnet), (bytes, telnet));
        assert!(!plain.greeted && house.greeted.is_empty() && took < Duration::from_secs(1));
        assert_eq!(plain.peer, Peer::direct(None));
    }
}

#[tokio::test(start_paused = true)]
async fn silence_is_greeted_and_decides_nothing() {
    let certified = Certified::new();
    let rules = rules(Some(&certified));
    for (bytes, expected) in [
        (&b"HELP\n"[..], "plain"),
        (b"NICK a\r\n", "irc"),
        (b"GET / HTTP/1.1\r\n\r\n", "Http"),
    ] {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let (mut house, start) = (House::default(), Instant::now());
        let talk = async {
            read_greeting(&mut theirs).await;
            assert!(start.elapsed() >= Duration::from_secs(1));
            // Far longer than anybody undetected may take.
            tokio::time::advance(Duration::from_secs(1_000_000)).await;
            theirs.write_all(bytes).await.unwrap();
            theirs.shutdown().await.unwrap();
        };
        let (front, ()) = tokio::join!(enter(ours.into(), &rules, &mut house), talk);
        match front {
            Front::Lines(lines) => {
                assert!(lines.greeted && lines.first_bytes == bytes);
                assert_eq!(expected, if lines.irc { "irc" } else { "plain" });
            }
            Front::Closed(closed) => assert_eq!(format!("{closed:?}"), expected),
        }
        assert_eq!(house.greeted.len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn tls_on_any_port_with_a_greeting_inside() {
    let certified = Certified::new();
    for tls_only in [false, true] {
        let rules = Rules {
            tls_only,
            ..rules(Some(&certified))
        };
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut house = House::default();
        let talk = async {
            let mut client = client(theirs).await;
            read_greeting(&mut client).await;
            client.write_all(b"HELP\n").await.unwrap();
            client
        };
        let (front, _client) = tokio::join!(enter(ours.into(), &rules, &mut house), talk);
        let plain = lines(front);
        assert!(plain.stream.is_tls() && plain.peer.tls && plain.greeted);
        assert_eq!(plain.first_bytes, b"HELP\n");
        assert_eq!((house.admitted.len(), house.greeted.len()), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn inside_tls_everybody_gets_their_own() {
    let certified = Certified::new();
    let rules = rules(Some(&certified));
    for (bytes, expected, answer) in [(&b"GET / HTTP/1.0\r\n\r\n"[..], "Http", "HTTP/1.1 404")] {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let mut house = House::default();
        let talk = async {
            let mut client = client(theirs).await;
            client.write_all(bytes).await.unwrap();
            let mut seen = String::new();
            client.read_to_string(&mut seen).await.unwrap();
            seen
        };
        let (front, seen) = tokio::join!(enter(ours.into(), &rules, &mut house), talk);
        assert_eq!(closed(front), expected);
        assert!(
            seen.starts_with(answer) && seen.contains("openssl"),
            "{seen}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_of_http_runs_as_lines() {
    for (bytes, expected, answer) in [
        (
            "POST /x HTTP/1.1\r\nHost: a\r\n\r\nMSG hello\r\n",
            "Http",
            "HTTP/1.1 404 Not Found\r\n",
        ),
        ("DELETE /x HTTP/1.1", "Http", "HTTP/1.1 404 Not Found\r\n"),
        ("", "Left", ""),
    ] {
        let (front, _, seen) = sent(&rules(None), bytes.as_bytes()).await;
        assert_eq!(closed(front), expected, "{bytes:?}");
        assert!(seen.starts_with(answer), "{seen}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_end_of_input_ends_a_line() {
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    theirs.write_all(b"QUIT").await.unwrap();
    theirs.shutdown().await.unwrap();
    let front = enter(ours.into(), &rules(None), &mut House::default()).await;
    let mut plain = lines(front);
    assert_eq!(plain.first_bytes, b"QUIT");
    assert!(plain.stream.ready(Ways::READ).await.unwrap().read);
    assert_eq!(plain.stream.try_read(&mut [0; 8]).unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn tls_only_refuses_everything_else_and_greets_nobody() {
    let rules = Rules {
        tls_only: true,
        ..rules(None)
    };
    for (bytes, expected, answer) in [
        ("HELP\n", "NotTls", "-ERR TLS_REQUIRED : "),
        ("\u{ff}\n", "NotTls", "-ERR TLS_REQUIRED : "),
        ("NICK a\n", "NotTls", "ERROR :"),
        ("GET / HTTP/1.1\r\n", "Http", "HTTP/1.1 404"),
    ] {
        let (front, _, seen) = sent(&rules, bytes.as_bytes()).await;
        assert_eq!(closed(front), expected);
        assert!(seen.starts_with(answer), "{seen}");
    }
    let (front, house, took) = entered(&rules, b"").await;
    assert_eq!(
        (closed(front).as_str(), house.greeted.len()),
        ("TooLate", 0)
    );
    assert!(took >= Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn whoever_begins_must_go_on() {
    let certified = Certified::new();
    let rules = rules(Some(&certified));
    for bytes in [&b"HEL"[..], b"\x16", b"\x16\x03\x01\x02\x00", b"GET /"] {
        let (front, house, took) = entered(&rules, bytes).await;
        assert_eq!(
            (closed(front).as_str(), house.greeted.len()),
            ("TooLate", 0)
        );
        assert!(took >= Duration::from_secs(60) && took < Duration::from_secs(62));
    }
    let (front, _, _) = sent(&rules, b"\x16\x03nonsense that is no handshake").await;
    assert!(closed(front).starts_with("Tls("));
}

#[tokio::test(start_paused = true)]
async fn whoever_says_nothing_at_all_is_let_go_as_who_does_not_log_in() {
    let patience = Duration::from_secs(900);
    let rules = Rules {
        login_timeout: Some(patience),
        ..rules(None)
    };
    let (front, house, waited) = entered(&rules, b"").await;
    assert_eq!(
        (closed(front).as_str(), house.greeted.len()),
        ("TooLate", 1)
    );
    assert_eq!(waited.as_secs(), 901);
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let mut house = House::default();
    let front = enter(ours.into(), &rules, &mut house).await;
    assert_eq!(closed(front), "TooLate");
    let mut seen = String::new();
    theirs.read_to_string(&mut seen).await.unwrap();
    let told = " Nobody logged in here within 15m, so this connection ends.\r\n";
    assert_eq!(seen, format!("{GREETING}{told}"));
}

#[tokio::test(start_paused = true)]
async fn proxies_tell_who_it_is() {
    let certified = Certified::new();
    let rules = Rules {
        proxy_protocol: true,
        ..rules(Some(&certified))
    };
    let header = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 6667\r\n";
    let (front, house, _) = entered(&rules, format!("{header}HELP\n").as_bytes()).await;
    let plain = lines(front);
    assert_eq!(plain.first_bytes, b"HELP\n");
    assert_eq!(plain.peer, Peer::behind("192.0.2.1".parse().unwrap()));
    assert_eq!(house.admitted, [plain.peer]);

    // Over a unix socket it would be this machine, from where the first password opens.
    let (front, _, _) = entered(&rules, b"PROXY UNKNOWN\r\nHELP\n").await;
    assert!(!lines(front).peer.is_loopback());

    for bytes in ["HELP\n", "PROXY TCP4 x\r\n", "GET / HTTP/1.1\r\n"] {
        let (front, house, _) = entered(&rules, bytes.as_bytes()).await;
        assert_eq!(
            (closed(front).as_str(), house.admitted.len()),
            ("NoHeader", 0)
        );
    }
    for bytes in ["", "PROXY ", header] {
        let (front, house, _) = entered(&rules, bytes.as_bytes()).await;
        assert_eq!(
            (closed(front).as_str(), house.greeted.len()),
            ("TooLate", 0)
        );
    }

    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let mut house = House::default();
    let talk = async {
        theirs.write_all(header.as_bytes()).await.unwrap();
        let mut client = client(theirs).await;
        read_greeting(&mut client).await;
        client.write_all(b"HELP\n").await.unwrap();
        client
    };
    let (front, _client) = tokio::join!(enter(ours.into(), &rules, &mut house), talk);
    let Front::Lines(Lines { peer, .. }) = front else {
        panic!("{front:?}");
    };
    assert!(peer.tls && peer.forwarded);
}

#[tokio::test(start_paused = true)]
async fn gateways_tell_who_it_is() {
    let line = "WEBIRC pw kiwi h 192.0.2.9 :secure\r\n";
    let (front, house, _) = entered(&rules(None), format!("{line}NICK a\r\n").as_bytes()).await;
    let irc = lines(front);
    assert_eq!(irc.first_bytes, b"NICK a\r\n");
    assert!(irc.irc && !irc.peer.tls && irc.peer.forwarded);
    assert_eq!(house.admitted.last(), Some(&irc.peer));
    assert_eq!(irc.peer.address, Some("192.0.2.9".parse().unwrap()));

    let (front, _, _) = entered(&rules(None), b"WEBIRC pw kiwi h nowhere\r\n").await;
    assert_eq!(closed(front), "NoHeader");
    let strict = Rules {
        trusted_proxies: Vec::new(),
        ..rules(None)
    };
    let (ours, mut theirs) = tcp().await;
    theirs.write_all(line.as_bytes()).await.unwrap();
    let front = enter(ours.into(), &strict, &mut House::default()).await;
    assert_eq!(closed(front), "Untrusted");
}

/// Two ends of a TCP connection.
async fn tcp() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (ours, theirs) = tokio::join!(listener.accept(), TcpStream::connect(address));
    (ours.unwrap().0, theirs.unwrap())
}

#[tokio::test]
async fn strangers_are_no_proxies_and_a_full_house_is_closed() {
    let strict = Rules {
        proxy_protocol: true,
        trusted_proxies: Vec::new(),
        ..rules(None)
    };
    let (ours, mut theirs) = tcp().await;
    theirs.write_all(b"PROXY UNKNOWN\r\nHELP\n").await.unwrap();
    let front = enter(ours.into(), &strict, &mut House::default()).await;
    assert_eq!(closed(front), "Untrusted");

    let (ours, mut theirs) = tcp().await;
    theirs.write_all(b"HELP\n").await.unwrap();
    let mut house = House {
        full: true,
        ..House::default()
    };
    assert_eq!(
        closed(enter(ours.into(), &rules(None), &mut house).await),
        "TooMany"
    );
    assert!(house.admitted[0].is_loopback());
}

#[tokio::test]
async fn waiting_is_small() {
    let (ours, _theirs) = tcp().await;
    let (rules, mut house) = (rules(None), House::default());
    let size = size_of_val(&enter(ours.into(), &rules, &mut house));
    assert!(size <= 1_024, "{size} bytes");
}
