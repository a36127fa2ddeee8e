//! The program: the command line, with the server handed to it.
#![forbid(unsafe_code)]

mod bug;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chinwag::cli::{self, Backend, Progress};
use chinwag::config::Config;
use chinwag::server::{self, Server};
use chinwag::store;
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    cli::run(&Backend {
        serve,
        offline: server::offline,
        check,
    })
}

/// Serves until it is told to end.
fn serve(config: Config, file: Option<PathBuf>) -> anyhow::Result<()> {
    bug::ends_the_process();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut hangup = signal(SignalKind::hangup())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut server = Server::start(config, file).await?;
        // A server whose output nobody reads serves all the same.
        let _ = writeln!(std::io::stdout(), "{}", server.ways_in());
        let reloads = server.reloads();
        loop {
            tokio::select! {
                fault = server.failed() => return Err(fault),
                _ = hangup.recv() => server.reload().await,
                () = reloads.notified() => server.reload().await,
                _ = interrupt.recv() => break,
                _ = terminate.recv() => break,
            }
        }
        server.stop().await
    })
}

fn check(file: &Path, progress: Progress<'_>) -> anyhow::Result<String> {
    Ok(store::check(file, progress)?)
}
