//! A large room: a page of its history, and searches in it.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use chinwag::config::Durability;
use chinwag::effect::{Audience, Batch, Effect};
use chinwag::model::event::Speech;
use chinwag::model::{Event, Fact, Room, Spot, Who};
use chinwag::store::{self, Place, Writer};
use chinwag_grammar::{Nick, RoomName, Time};

use super::options::Options;
use super::people::{self, PASSWORD, Talker};
use super::server::Home;
use super::table::{Bound, Row, median};

const ROOM: &str = "#big";
const ROUNDS: usize = 15;
/// Messages in one transaction, while the room is filled.
const FILLED_AT_ONCE: u64 = 10_000;
const WORDS: f64 = 5_000.0;
const WORDS_PER_MESSAGE: usize = 8;

/// What is asked, and what it may take, in milliseconds.
const ASKED: &[(&str, &str, f64)] = &[
    ("the newest page", "HISTORY #big 100", 10.0),
    ("a page far back", "HISTORY #big SINCE {middle}", 10.0),
    ("search: the commonest word", "SEARCH word1 in:#big", 100.0),
    ("search: a rare word", "SEARCH word4999 in:#big", 100.0),
    (
        "search: two rare words",
        "SEARCH word3000 word4000 in:#big",
        100.0,
    ),
    (
        "search: three common words",
        "SEARCH word2 word30 word400 in:#big",
        100.0,
    ),
    (
        "search: words of an author",
        "SEARCH word1 word2 in:#big from:alice",
        100.0,
    ),
];

pub fn measure(options: &Options) -> anyhow::Result<Vec<Row>> {
    let home = Home::new()?;
    let server = home.start()?;
    people::run(async {
        let mut alice = Talker::register(server.address, "alice").await?;
        alice
            .ask(&format!("CREATE {ROOM} where everything was said"))
            .await?;
        Ok(())
    })?;
    server.stop()?;
    let start = Instant::now();
    let middle = fill(&home, options.messages)?;
    eprintln!("  {} messages in {:.0?}", options.messages, start.elapsed());
    let server = home.start()?;
    let rows = people::run(async {
        let mut alice = Talker::connect(server.address).await?;
        alice.ask(&format!("LOGIN alice {PASSWORD}")).await?;
        let mut rows = Vec::new();
        for (what, line, bound) in ASKED {
            let line = line.replace("{middle}", &middle.to_string());
            // How much is found stands in the table: an empty answer is quick.
            let found = alice.ask(&line).await?;
            let count = found.split_whitespace().nth(1).unwrap_or("?").to_owned();
            let mut times = Vec::new();
            for _ in 0..ROUNDS {
                let start = Instant::now();
                alice.ask(&line).await?;
                times.push(start.elapsed().as_secs_f64() * 1e3);
            }
            rows.push(Row {
                what: format!("room of {}: {what} ({count} found)", options.messages),
                bound: Bound::AtMost(*bound),
                found: median(times),
                unit: "ms",
            });
        }
        Ok(rows)
    })?;
    server.stop()?;
    Ok(rows)
}

/// Writes messages as the server would, but without waiting for the disk; a number from the middle of them.
fn fill(home: &Home, messages: u64) -> anyhow::Result<u64> {
    let place = Place::file(&home.database())?;
    let database = store::open(&place, Durability::Normal)?;
    let (durable, applied) = store::load(&database)?;
    let named = RoomName::parse(ROOM)
        .ok()
        .and_then(|name| durable.room_names.get(&name.folded()));
    let room = named.and_then(|id| durable.rooms.get(id)).map(Room::to_ref);
    let room = room.context("the room is there")?;
    let alice = durable.names.get(&Nick::parse("alice")?.folded());
    let alice = alice
        .and_then(|id| durable.accounts.get(id))
        .context("she is there")?;
    let by: Who = alice.who();
    let mut writer = Writer::new(database, place);
    let (mut number, mut random) = (durable.last, Random(1));
    let middle = number.get() + messages / 2;
    let mut left = messages;
    while left > 0 {
        let count = left.min(FILLED_AT_ONCE);
        left -= count;
        let mut batch = Batch {
            applied,
            effects: Vec::new(),
        };
        for _ in 0..count {
            number = number.next();
            let event = Event::Said {
                spot: Spot::Room(room.clone()),
                by: by.clone(),
                speech: Speech::Message,
                reply_to: None,
                tags: Vec::new(),
                text: random.sentence().into(),
            };
            let at = Time::from_millis(1_700_000_000_000 + number.get().cast_signed() * 1_000);
            let fact = Arc::new(Fact {
                number: Some(number),
                at,
                event,
            });
            batch.effects.push(Effect::Fact {
                fact,
                audience: Audience::NOBODY,
            });
        }
        writer.commit(&[&batch])?;
    }
    Ok(middle)
}

/// The same words every time.
struct Random(u64);

impl Random {
    /// Words as people use them: the k-th is k times rarer than the first.
    fn sentence(&mut self) -> String {
        let words: Vec<String> = (0..WORDS_PER_MESSAGE)
            .map(|_| format!("word{}", WORDS.powf(self.unit()) as u32))
            .collect();
        words.join(" ")
    }

    /// From 0 to 1: Knuth's MMIX generator, of which the high bits are good.
    fn unit(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}
