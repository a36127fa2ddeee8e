//! `kill -9` under load: every line that anybody saw is in the history, by its number, exactly once.

use std::collections::BTreeMap;
use std::thread;

use crate::peer::Peer;
use crate::server::Server;

const PEOPLE: usize = 4;
/// So much has somebody seen when the server is killed, each time later than the time before.
const SEEN: [usize; 3] = [5, 60, 400];
/// Pipelined by each, more than is ever answered.
const LINES: usize = 20_000;

#[test]
fn what_anybody_saw_is_kept_once() {
    let mut server = Server::start();
    for number in 0..PEOPLE {
        let mut peer = Peer::on(server.connect());
        peer.well(&format!("REGISTER p{number} pass-word-{number}"));
        peer.rest();
    }
    let mut all = BTreeMap::new();
    for (round, seen) in SEEN.into_iter().enumerate() {
        for (number, text) in load_and_kill(&mut server, round, seen) {
            let before = all.insert(number, text);
            assert_eq!(before, None, "{number} was used again");
        }
        server.well("check chinwag.db", "");
        server.again();
        let kept = history(&server);
        for (number, text) in &all {
            assert_eq!(kept.get(number), Some(text), "{number}");
        }
        let texts: std::collections::BTreeSet<_> = kept.values().collect();
        assert_eq!(texts.len(), kept.len(), "something is there twice");
    }
}

/// Everybody talks at once; when the first has seen so much, the server is killed. What was seen, by number.
fn load_and_kill(server: &mut Server, round: usize, enough: usize) -> BTreeMap<u64, String> {
    let mut people: Vec<Peer> = (0..PEOPLE).map(|number| enter(server, number)).collect();
    let mut first = enter(server, 0);
    thread::scope(|scope| {
        let all: Vec<_> = people
            .iter_mut()
            .enumerate()
            .map(|(number, peer)| scope.spawn(move || talk(peer, number, round)))
            .collect();
        for _ in 0..enough {
            first.hears("~ MSG #lobby ");
        }
        server.kill();
        let mut seen = BTreeMap::new();
        let heard = all.into_iter().flat_map(|one| one.join().unwrap());
        for (number, text) in heard.chain(told(first.pipe().rest())) {
            let known = seen.entry(number).or_insert_with(|| text.clone());
            assert_eq!(*known, text, "{number} is two messages");
        }
        assert!(seen.len() >= enough, "{}", seen.len());
        seen
    })
}

fn enter(server: &Server, number: usize) -> Peer {
    let mut peer = Peer::on(server.connect());
    peer.well("FORMAT line");
    peer.well(&format!("LOGIN p{number} pass-word-{number}"));
    peer
}

/// Says all at once, and what it was answered and told: its own lines by their numbers, and those of others.
fn talk(peer: &mut Peer, number: usize, round: usize) -> Vec<(u64, String)> {
    let text = |line| format!("round {round} by {number} line {line}");
    let lines: String = (0..LINES)
        .map(|line| format!("MSG {}\n", text(line)))
        .collect();
    let mut writer = peer.take_writer();
    thread::scope(|scope| {
        // The server is killed in the middle of it.
        scope.spawn(move || drop(writer.write_all(lines.as_bytes())));
        let lines = peer.pipe().rest();
        let answers = lines.iter().filter_map(|line| line.strip_prefix("+OK "));
        let own = answers
            .enumerate()
            .filter_map(|(line, answer)| Some((answer.parse().ok()?, text(line))));
        own.chain(told(lines.clone())).collect()
    })
}

/// `~ MSG #lobby 1042 2026-09-26T14:02:11.123Z alice :build is green`, whole lines only.
fn told(lines: Vec<String>) -> Vec<(u64, String)> {
    let parse = |line: &String| {
        let mut words = line.strip_prefix("~ MSG #lobby ")?.splitn(4, ' ');
        let number = words.next()?.parse().ok()?;
        Some((number, words.nth(2)?.strip_prefix(':')?.to_owned()))
    };
    lines.iter().filter_map(parse).collect()
}

/// Every message of the lobby, page by page.
fn history(server: &Server) -> BTreeMap<u64, String> {
    let mut peer = Peer::on(server.connect());
    peer.well("FORMAT line");
    peer.well("LOGIN p0 pass-word-0");
    let (mut kept, mut since) = (BTreeMap::new(), 0);
    loop {
        let rows = peer.well(&format!("HISTORY #lobby SINCE {since}"));
        let before = since;
        for row in &rows {
            let Some(row) = row.strip_prefix("= ") else {
                continue;
            };
            let (number, rest) = row.split_once(' ').unwrap();
            since = number.parse().unwrap();
            if let Some((_, text)) = rest.split_once("> ") {
                assert!(kept.insert(since, text.to_owned()).is_none(), "{row}");
            }
        }
        if since == before {
            return kept;
        }
    }
}
