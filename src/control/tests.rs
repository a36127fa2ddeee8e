//! Requests over a real socket, the lock, and clients that are gone or talk nonsense.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;

use super::*;

async fn answer(request: Request, replies: Replies) -> Response {
    match request {
        Request::Backup { file } => {
            for done in 1..=3 {
                replies.progress(done, 3);
            }
            Response::Done {
                text: format!("copied to {}", file.display()),
            }
        }
        Request::UserAdd {
            name,
            password,
            role,
        } => Response::Done {
            text: format!("{name} {} {role:?}", password.expose().len()),
        },
        Request::UserList => {
            for number in 0..200 {
                let name = format!("user{number}");
                replies
                    .send(Response::User {
                        name,
                        role: Role::User,
                        blocked: false,
                        email: None,
                    })
                    .await;
            }
            Response::Done {
                text: "200 accounts".into(),
            }
        }
        Request::UserBlock { name, .. }
        | Request::UserPasswd { name, .. }
        | Request::UserRole { name, .. }
        | Request::UserUnblock { name } => Response::Failed {
            text: format!("no account {name}"),
        },
    }
}

struct Server {
    folder: tempfile::TempDir,
    task: tokio::task::JoinHandle<()>,
    lock: Lock,
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(&folder.path().join("a.db")).unwrap();
        let listener = Listener::bind(&folder.path().join("a.db"), &lock).unwrap();
        Self {
            folder,
            task: tokio::spawn(listener.serve(answer)),
            lock,
        }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("a.db")
    }

    async fn ask(&self, request: Request) -> (Result<String, String>, Vec<Response>) {
        let database = self.database();
        tokio::task::spawn_blocking(move || {
            let Owner::Server(client) = reach(&database).unwrap() else {
                panic!("the lock was free")
            };
            let mut shown = Vec::new();
            let end = client
                .ask(&request, |response| shown.push(response))
                .unwrap();
            (end, shown)
        })
        .await
        .unwrap()
    }

    async fn raw(&self, sent: Vec<u8>) -> String {
        let path = socket_path(&self.database());
        tokio::task::spawn_blocking(move || {
            let mut socket = UnixStream::connect(path).unwrap();
            // A server that has read enough may close before all is written.
            let _ = socket.write_all(&sent);
            let _ = socket.shutdown(std::net::Shutdown::Write);
            let mut answer = String::new();
            BufReader::new(socket)
                .read_line(&mut answer)
                .map(|_| answer)
                .unwrap_or_default()
        })
        .await
        .unwrap()
    }
}

#[tokio::test]
async fn requests_and_answers() {
    let server = Server::start();
    let mode = std::fs::metadata(socket_path(&server.database()))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);

    let add = Request::UserAdd {
        name: "alice".into(),
        password: "pass-word".into(),
        role: Role::Admin,
    };
    assert_eq!(server.ask(add).await, (Ok("alice 9 Admin".into()), vec![]));
    let (end, shown) = server
        .ask(Request::Backup {
            file: "/tmp/b.db".into(),
        })
        .await;
    assert_eq!(end, Ok("copied to /tmp/b.db".into()));
    assert_eq!(
        shown.last(),
        Some(&Response::Progress { done: 3, total: 3 })
    );
    let (end, shown) = server.ask(Request::UserList).await;
    assert_eq!((end, shown.len()), (Ok("200 accounts".into()), 200));
    let unblock = Request::UserUnblock { name: "bob".into() };
    assert_eq!(server.ask(unblock).await.0, Err("no account bob".into()));

    let refused =
        "{\"response\":\"failed\",\"text\":\"the server does not understand this request\"}\n";
    for nonsense in [
        b"\n".to_vec(),
        b"{}\n".to_vec(),
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        vec![],
    ] {
        assert_eq!(server.raw(nonsense).await, refused);
    }
    // Whoever asks too long a thing gets an answer or a closed socket, and the next is served.
    server.raw(vec![b'a'; 2 * LINE_MAX_BYTES]).await;
    assert_eq!(server.ask(Request::UserList).await.1.len(), 200);
}

#[tokio::test]
async fn a_client_that_leaves_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("a.db");
    let lock = Lock::take(&database).unwrap();
    let listener = Listener::bind(&database, &lock).unwrap();
    let (ended, mut end) = tokio::sync::mpsc::channel(1);
    let handler = move |request, replies: Replies| {
        let ended = ended.clone();
        async move {
            for _ in 0..20 {
                answer(Request::UserList, replies.clone()).await;
            }
            ended.send(()).await.unwrap();
            answer(request, replies).await
        }
    };
    let task = tokio::spawn(listener.serve(handler));
    let mut socket = UnixStream::connect(socket_path(&database)).unwrap();
    socket.write_all(b"{\"request\":\"user-list\"}\n").unwrap();
    drop(socket);
    end.recv().await.unwrap();
    task.abort();
}

#[tokio::test]
async fn one_owner() {
    let server = Server::start();
    let database = server.database();
    let Err(ControlError::Held { owner, .. }) = Lock::take(&database) else {
        panic!("taken twice")
    };
    assert_eq!(owner, Some(std::process::id()));
    // Another name of the same directory is the same lock.
    let link = server.folder.path().join("link");
    std::os::unix::fs::symlink(server.folder.path(), &link).unwrap();
    assert!(matches!(
        Lock::take(&link.join("a.db")),
        Err(ControlError::Held { .. })
    ));

    server.task.abort();
    let _ = server.task.await;
    assert!(!socket_path(&database).exists());
    assert!(matches!(reach(&database), Err(ControlError::Held { .. })));
    drop(server.lock);
    assert!(matches!(reach(&database), Ok(Owner::Us(_))));
}

#[tokio::test]
async fn whoever_asks_nothing_keeps_no_server_from_ending() {
    use tokio::io::AsyncReadExt;

    let server = Server::start();
    let path = socket_path(&server.database());
    let mut idle = tokio::net::UnixStream::connect(path).await.unwrap();
    // Clients are taken in order: this one was answered, so the other was taken.
    let _ = server.ask(Request::UserList).await;
    server.task.abort();
    let end = idle.read_u8();
    let end = tokio::time::timeout(std::time::Duration::from_secs(5), end).await;
    assert!(end.expect("it is closed at once").is_err());
}

#[tokio::test]
async fn a_socket_left_behind_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("a.db");
    drop(std::os::unix::net::UnixListener::bind(socket_path(&database)).unwrap());
    let lock = Lock::take(&database).unwrap();
    drop(Listener::bind(&database, &lock).unwrap());
    let long = folder.path().join("a".repeat(100));
    assert!(matches!(
        Listener::bind(&long, &lock),
        Err(ControlError::TooLong(_))
    ));
}

#[test]
fn passwords_stay_hidden() {
    let request = Request::UserPasswd {
        name: "alice".into(),
        password: "hunter2-hunter2".into(),
    };
    assert_eq!(
        format!("{request:?}"),
        "UserPasswd { name: \"alice\", password: Secret(…) }"
    );
    let line = serde_json::to_string(&request).unwrap();
    assert_eq!(
        line,
        r#"{"request":"user-passwd","name":"alice","password":"hunter2-hunter2"}"#
    );
    assert_eq!(serde_json::from_str::<Request>(&line).unwrap(), request);
}
