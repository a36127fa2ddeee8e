//! Durable messages: many senders, each to one other person, and one core for the server.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::options::Options;
use super::people::{self, Speaking, Talker};
use super::process::{Pinned, cpu_time};
use super::server::Home;
use super::table::{Bound, Row};

const PEOPLE: usize = 100;
const WINDOW: u64 = 16;
/// Before the clock runs.
const WARM_UP: Duration = Duration::from_millis(500);

pub fn measure(options: &Options) -> anyhow::Result<Vec<Row>> {
    let home = Home::new()?;
    let server = home.start_on("0")?;
    let pinned = Pinned::to("1");
    let (cpu, seconds, answers, said) = people::run(async {
        let mut crowd = Vec::new();
        for number in 0..PEOPLE {
            let mut talker = Talker::register(server.address, &format!("p{number}")).await?;
            // Two people a room.
            let room = format!("#r{}", number / 2);
            let verb = if number % 2 == 0 { "CREATE" } else { "JOIN" };
            talker.ask(&format!("{verb} {room}")).await?;
            let line = format!("MSG {room} the kettle is on and the build is green again");
            crowd.push((talker, line, WINDOW));
        }
        let speaking = Speaking::start(crowd);
        sleep(WARM_UP).await;
        let (before, cpu, start) = (speaking.heard(), cpu_time(server.pid())?, Instant::now());
        sleep(options.span).await;
        let (after, cpu) = (speaking.heard(), cpu_time(server.pid())? - cpu);
        let seconds = start.elapsed().as_secs_f64();
        let said = speaking.stop().await?;
        let answers = after.answers - before.answers;
        Ok((cpu.as_secs_f64(), seconds, answers, said))
    })?;
    drop(pinned);
    server.stop()?;
    home.holds(said)?;
    let answers = answers as f64;
    Ok(vec![
        Row {
            what: "durable messages a second, server on one core, by the wall".to_owned(),
            bound: Bound::AtLeast(15_000.0),
            found: answers / seconds,
            unit: "/s",
        },
        Row {
            what: "  messages a second of CPU".to_owned(),
            bound: Bound::Free,
            found: answers / cpu,
            unit: "/s",
        },
    ])
}
