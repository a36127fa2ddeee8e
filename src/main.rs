//! The program: the command line, with the server handed to it.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chinwag::cli::{self, Backend, Progress};
use chinwag::config::Config;
use chinwag::control::{Lock, Request, Response};

fn main() -> ExitCode {
    cli::run(&Backend {
        serve,
        offline,
        check,
    })
}

fn serve(_config: Config, _file: Option<PathBuf>) -> anyhow::Result<()> {
    anyhow::bail!("this build has no server")
}

fn offline(
    _config: &Config,
    _lock: &Lock,
    _request: Request,
    _shown: &mut dyn FnMut(Response),
) -> Response {
    Response::Failed {
        text: "this build has no store".into(),
    }
}

fn check(_file: &Path, _progress: Progress<'_>) -> anyhow::Result<String> {
    anyhow::bail!("this build has no store")
}
