//! A saturated room: 100 people, each told everything that anybody says.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::options::Options;
use super::people::{self, Speaking, Talker};
use super::process::cpu_time;
use super::server::Home;
use super::table::{Bound, Row};

const MEMBERS: usize = 100;
/// So many of them speak, each with so many lines under way.
const SPEAKERS: usize = 20;
const WINDOW: u64 = 16;
/// Before the clock runs.
const WARM_UP: Duration = Duration::from_millis(500);

pub fn measure(options: &Options) -> anyhow::Result<Vec<Row>> {
    let home = Home::new()?;
    let server = home.start()?;
    let (cpu, seconds, lines, answers, said) = people::run(async {
        let mut crowd = Vec::new();
        for number in 0..MEMBERS {
            let talker = Talker::register(server.address, &format!("p{number}")).await?;
            let line = "MSG #lobby the kettle is on and the build is green again".to_owned();
            crowd.push((talker, line, if number < SPEAKERS { WINDOW } else { 0 }));
        }
        let speaking = Speaking::start(crowd);
        sleep(WARM_UP).await;
        let (before, cpu, start) = (speaking.heard(), cpu_time(server.pid())?, Instant::now());
        sleep(options.span).await;
        let (after, cpu) = (speaking.heard(), cpu_time(server.pid())? - cpu);
        let seconds = start.elapsed().as_secs_f64();
        let said = speaking.stop().await?;
        let answers = after.answers - before.answers;
        Ok((
            cpu.as_secs_f64(),
            seconds,
            after.lines - before.lines,
            answers,
            said,
        ))
    })?;
    server.stop()?;
    home.holds(said)?;
    let lines = lines as f64;
    Ok(vec![
        Row {
            what: "room of 100, saturated: CPU per delivered line".to_owned(),
            bound: Bound::AtMost(1.0),
            found: cpu * 1e6 / lines,
            unit: "µs",
        },
        Row {
            what: "  delivered lines a second, by the wall".to_owned(),
            bound: Bound::Free,
            found: lines / seconds,
            unit: "/s",
        },
        Row {
            what: "  messages a second, by the wall".to_owned(),
            bound: Bound::Free,
            found: answers as f64 / seconds,
            unit: "/s",
        },
    ])
}
