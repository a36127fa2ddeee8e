//! Idle connections: what each keeps in memory while nothing happens on it.

use std::time::Duration;

use tokio::time::sleep;

use super::options::Options;
use super::people::{self, PASSWORD, Talker};
use super::process::resident_bytes;
use super::server::{Home, Server};
use super::table::{Bound, Row};

/// Sessions of one account: nobody is told of the second, so that 10,000 can log in without 50,000,000 lines.
const SESSIONS: usize = 50;
/// Until what is freed is freed.
const REST: Duration = Duration::from_secs(1);

pub fn measure(options: &Options) -> anyhow::Result<Vec<Row>> {
    let nameless = held(options, |server, _| Talker::connect(server))?;
    let named = held(options, |server, number| async move {
        let name = format!("p{}", number / SESSIONS);
        if number % SESSIONS == 0 {
            return Talker::register(server, &name).await;
        }
        let mut talker = Talker::connect(server).await?;
        talker.ask(&format!("LOGIN {name} {PASSWORD}")).await?;
        Ok(talker)
    })?;
    let row = |what: &str, found| Row {
        what: format!(
            "memory of an idle connection, {} held: {what}",
            options.connections
        ),
        bound: Bound::AtMost(6.0),
        found,
        unit: "KiB",
    };
    Ok(vec![row("nameless", nameless), row("logged in", named)])
}

/// KiB of each connection, after the first hundred.
fn held<F: Future<Output = anyhow::Result<Talker>>>(
    options: &Options,
    connect: impl Fn(std::net::SocketAddr, usize) -> F,
) -> anyhow::Result<f64> {
    let home = Home::new()?;
    let server = home.start()?;
    let found = people::run(async {
        let mut people = Vec::with_capacity(options.connections);
        for number in 0..SESSIONS * 2 {
            people.push(connect(server.address, number).await?);
        }
        let before = resting(&server).await?;
        let count = people.len();
        for number in count..options.connections.max(count + 1) {
            people.push(connect(server.address, number).await?);
        }
        let grown = resting(&server).await?.saturating_sub(before);
        Ok(grown as f64 / (people.len() - count) as f64 / 1_024.0)
    })?;
    server.stop()?;
    Ok(found)
}

async fn resting(server: &Server) -> anyhow::Result<u64> {
    sleep(REST).await;
    resident_bytes(server.pid())
}
