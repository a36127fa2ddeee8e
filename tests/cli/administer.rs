//! `chinwag user …` and `chinwag backup` as they ask a server that runs: here one that answers by the book.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::thread;

use chinwag::control::{Lock, Response, Role, socket_path};

use crate::program::{Ended, Folder};

/// Runs the program while a server holds the database: what it was asked, and how the program ended.
fn asked(args: &str, input: &str, answers: &[Response]) -> (String, Ended) {
    let folder = Folder::new();
    let database = folder.path("chinwag.db");
    let _lock = Lock::take(&database).unwrap();
    let socket = UnixListener::bind(socket_path(&database)).unwrap();
    thread::scope(|scope| {
        let server = scope.spawn(|| {
            let (mut client, _) = socket.accept().unwrap();
            let mut request = String::new();
            BufReader::new(client.try_clone().unwrap())
                .read_line(&mut request)
                .unwrap();
            for answer in answers {
                writeln!(client, "{}", serde_json::to_string(answer).unwrap()).unwrap();
            }
            request
        });
        let ended = folder.run_with(args, &[], input.as_bytes());
        let request = server.join().unwrap();
        (
            request
                .trim_end()
                .replace(&*database.parent().unwrap().to_string_lossy(), "FOLDER"),
            ended,
        )
    })
}

fn done(text: &str) -> Response {
    Response::Done { text: text.into() }
}

#[test]
fn what_is_asked() {
    let all = [
        ("user add alice --password-stdin", "pass word\n"),
        ("user add alice --admin --password-stdin", "pass"),
        ("user passwd alice --password-stdin", "pass\r\nmore\n"),
        ("user block bob", ""),
        ("user block bob --for 2h --why spam", ""),
        ("user unblock bob", ""),
        ("user role bob admin", ""),
        ("user list", ""),
        ("backup copy.db", ""),
    ];
    let all = all.map(|(args, input)| {
        let (request, ended) = asked(args, input, &[done("well")]);
        assert_eq!(ended.well(), "well\n");
        format!("$ chinwag {args}\n{request}\n")
    });
    insta::assert_snapshot!(all.concat());
}

#[test]
fn what_is_answered() {
    let user = |name: &str, role, blocked, email: Option<&str>| Response::User {
        name: name.into(),
        role,
        blocked,
        email: email.map(str::to_owned),
    };
    let answers = [
        user("alice", Role::Admin, false, Some("a@b.example")),
        user("bob", Role::User, true, None),
        done(""),
    ];
    assert_eq!(
        asked("user list", "", &answers).1.well(),
        "alice\tadmin\tactive\ta@b.example\nbob\tuser\tblocked\t-\n"
    );

    // Progress is for terminals: a script sees the end only.
    let answers = [
        Response::Progress { done: 1, total: 2 },
        Response::Progress { done: 2, total: 2 },
        done("2 pages"),
    ];
    assert_eq!(asked("backup copy.db", "", &answers).1.well(), "2 pages\n");

    let answers = [Response::Failed {
        text: "there is no account bob".into(),
    }];
    let ended = asked("user unblock bob", "", &answers).1;
    assert_eq!(
        ended.shown(),
        "chinwag: there is no account bob\n[exit 1]\n"
    );

    let ended = asked("user list", "", &[]).1;
    assert_eq!(
        ended.shown(),
        "chinwag: the server closed the control socket before its answer was complete\n[exit 1]\n"
    );
}

#[test]
fn what_cannot_be_done() {
    let folder = Folder::new();
    folder.write("there.db", "");
    let there = folder.run("backup there.db");
    assert_eq!(
        (
            there.status,
            there.err.ends_with("there.db is there already\n")
        ),
        (1, true)
    );
    let memory = [("CHINWAG_DATABASE__PATH", ":memory:")];
    let told = folder.run_with("user list", &memory, b"");
    assert_eq!(
        told.err,
        "chinwag: a database in memory cannot be reached from outside its server\n"
    );
    let told = folder.run_with("user add alice --password-stdin", &[], b"\n");
    assert_eq!(
        told.shown(),
        "chinwag: there is no password on standard input\n[exit 1]\n"
    );
    let _lock = Lock::take(&folder.path("chinwag.db")).unwrap();
    let told = folder.run("user list").shown();
    let process = std::process::id();
    assert_eq!(
        told,
        format!("chinwag: chinwag.db is in use by process {process}; end it first\n[exit 1]\n")
    );
}
