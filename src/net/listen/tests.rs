//! Real sockets: binding, taking turns, and what happens when there is no room.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener as StdListener;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio::sync::mpsc::{Receiver, channel};

use super::*;
use crate::config::Address;

fn bound(address: &str) -> Bound {
    Bound::bind(&address.parse().unwrap(), 3).unwrap()
}

async fn connect(bound: &Bound) -> TcpStream {
    match &bound.address {
        Address::Tcp(address) => TcpStream::connect(address).await.unwrap(),
        Address::Unix(path) => panic!("{path:?}"),
    }
}

fn shards(count: usize, room: usize) -> (Shards, Vec<Receiver<Arrival>>) {
    let (senders, receivers) = (0..count).map(|_| channel(room)).unzip();
    (Shards::new(senders), receivers)
}

/// Serves while the test does its part.
async fn while_serving<T>(
    bound: &Bound,
    admission: &Admission,
    shards: &Shards,
    part: impl Future<Output = T>,
) -> T {
    tokio::select! {
        () = bound.serve(admission, shards) => panic!("it ended"),
        done = part => done,
    }
}

#[tokio::test]
async fn shards_take_turns() {
    let (bound, admission) = (bound("127.0.0.1:0"), Admission::new(100, 0));
    let (shards, mut receivers) = shards(3, 4);
    while_serving(&bound, &admission, &shards, async {
        for turn in 0..9 {
            let mut client = connect(&bound).await;
            let arrival = receivers[turn % 3].recv().await.unwrap();
            assert_eq!((arrival.listener, admission.connections()), (3, 1));
            let Socket::Tcp(mut socket) = arrival.socket.register().unwrap() else {
                panic!("it came by TCP");
            };
            assert!(socket.nodelay().unwrap());
            socket.write_all(b"hello").await.unwrap();
            drop(socket);
            let mut seen = String::new();
            client.read_to_string(&mut seen).await.unwrap();
            assert_eq!(seen, "hello");
        }
    })
    .await;
}

#[tokio::test]
async fn a_busy_shard_is_passed_over_and_an_ended_one_left_out() {
    let (bound, admission) = (bound("127.0.0.1:0"), Admission::new(100, 0));
    let (shards, mut receivers) = shards(2, 1);
    while_serving(&bound, &admission, &shards, async {
        let mut clients = Vec::new();
        for _ in 0..3 {
            clients.push(connect(&bound).await);
        }
        // The third waits for its turn at the first shard.
        for shard in [0, 1, 0] {
            receivers[shard].recv().await.unwrap();
        }
        drop(receivers.remove(0));
        for _ in 0..3 {
            clients.push(connect(&bound).await);
            receivers[0].recv().await.unwrap();
        }
    })
    .await;
    receivers.clear();
    let client = connect(&bound).await;
    bound.serve(&admission, &shards).await;
    drop(client);
}

#[tokio::test]
async fn a_full_server_closes_and_goes_on() {
    let (bound, admission) = (bound("127.0.0.1:0"), Admission::new(1, 0));
    let (shards, mut receivers) = shards(1, 4);
    while_serving(&bound, &admission, &shards, async {
        let _first = connect(&bound).await;
        let arrival = receivers[0].recv().await.unwrap();
        let mut second = connect(&bound).await;
        assert_eq!(second.read(&mut [0; 8]).await.unwrap(), 0);
        drop(arrival);
        let _third = connect(&bound).await;
        receivers[0].recv().await.unwrap();
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn without_room_for_files_there_is_a_pause() {
    let (bound, admission) = (bound("127.0.0.1:0"), Admission::new(1, 0));
    let (shards, _receivers) = shards(1, 1);
    let no_room = io::Error::from_raw_os_error(24);
    let gone = io::Error::from(io::ErrorKind::ConnectionAborted);
    for (error, pause) in [(no_room, PAUSE), (gone, Duration::ZERO)] {
        let start = tokio::time::Instant::now();
        let on = bound.accepted(Err(error), &admission, &shards).await;
        assert_eq!((on, start.elapsed() >= pause), (Ok(()), true));
        assert!(!pause.is_zero() || start.elapsed().is_zero());
    }
}

#[tokio::test]
async fn an_address_in_use_is_told() {
    let first = bound("127.0.0.1:0");
    let error = Bound::bind(&first.address, 0).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("cannot listen on {}: ", first.address)),
        "{error}"
    );
}

#[tokio::test]
async fn unix_sockets() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.sock");
    let address = Address::Unix(path.clone());

    // What a killed server leaves behind.
    drop(StdListener::bind(&path).unwrap());
    let bound = Bound::bind(&address, 0).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o660
    );
    assert!(Bound::bind(&address, 0).is_err(), "it answers");

    let (shards, mut receivers) = shards(1, 1);
    let arrival = while_serving(&bound, &Admission::new(1, 0), &shards, async {
        let _client = UnixStream::connect(&path).await.unwrap();
        receivers[0].recv().await.unwrap()
    })
    .await;
    assert_eq!(arrival.socket.register().unwrap().address().unwrap(), None);
    drop(bound);
    assert!(!path.exists());

    fs::write(&path, "somebody's").unwrap();
    assert!(Bound::bind(&address, 0).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's");
}
