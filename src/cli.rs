//! The command line: what was asked is found out and done; the server itself is handed in by `main`.

mod administer;
mod args;
mod cert;
mod check_config;
mod man;
mod parse;
mod progress;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{CommandFactory, Parser};

use crate::config::{Config, Mistake};
use crate::control::{Lock, Request, Response};
use crate::logging;

pub use args::{Args, Command, Dialect, UserCommand};

/// Told how much is done, and of how much, in any unit.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// What the command line needs of the rest of the program.
pub struct Backend {
    /// Runs the server until it is told to end; the file is for reloading.
    pub serve: fn(Config, Option<PathBuf>) -> anyhow::Result<()>,
    /// Carries out a request on a database that no server has open, under its lock.
    pub offline: fn(&Config, &Lock, Request, &mut dyn FnMut(Response)) -> Response,
    /// Verifies a database file, telling how far it is, and answers what was found to be well.
    pub check: fn(&Path, Progress<'_>) -> anyhow::Result<String>,
}

/// Does what the arguments of the process say: 0, 1 on failure, 2 where the arguments make no sense.
#[must_use]
pub fn run(backend: &Backend) -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help that nobody reads to the end is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match carry_out(args, backend) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "chinwag: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(args: Args, backend: &Backend) -> anyhow::Result<()> {
    let config = || load(args.config.as_deref());
    match args.command.unwrap_or(Command::Serve) {
        Command::Backup { file } => administer::backup(&config()?, &file, backend),
        Command::Cert { force } => cert::run(&config()?, force),
        Command::Check { file } => {
            let bar = progress::Bar::new("checking");
            let found = (backend.check)(&file, &mut |done, total| bar.at(done, total))?;
            say(&found)
        }
        Command::CheckConfig { print_default } => {
            check_config::run(args.config.as_deref(), print_default)
        }
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "chinwag", &mut out);
            Ok(io::stdout().write_all(&out)?)
        }
        Command::Man => man::run(),
        Command::Parse { dialect } => parse::run(dialect, io::stdin().lock(), io::stdout().lock()),
        Command::Serve => {
            let config = config()?;
            logging::start()?;
            (backend.serve)(config, args.config)
        }
        Command::User { command } => administer::user(&config()?, command, backend),
    }
}

/// The configuration, or every mistake in it.
fn load(file: Option<&Path>) -> anyhow::Result<Config> {
    Config::load(file, environment()).map_err(|mistakes| anyhow::anyhow!(told(&mistakes)))
}

/// The variables that are text: no other can be ours.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, text)| {
        Some((
            name.into_string().ok()?,
            text.to_string_lossy().into_owned(),
        ))
    })
}

/// One mistake a line, after how many there are.
fn told(mistakes: &[Mistake]) -> String {
    let count = match mistakes.len() {
        1 => "1 mistake".to_owned(),
        several => format!("{several} mistakes"),
    };
    let lines: Vec<String> = mistakes
        .iter()
        .map(|mistake| format!("\n{mistake}"))
        .collect();
    format!("{count} in the configuration{}", lines.concat())
}

/// A line on standard output.
fn say(text: &str) -> anyhow::Result<()> {
    writeln!(io::stdout(), "{text}").context("standard output")
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().map(io::Error::kind)
    };
    error
        .chain()
        .any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}
