//! The program: the command line, with the server handed to it.
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chinwag::cli::{self, Backend, Progress};
use chinwag::config::Config;
use chinwag::control::{Lock, Request, Response};
use chinwag::store;

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
    config: &Config,
    _lock: &Lock,
    request: Request,
    shown: &mut dyn FnMut(Response),
) -> Response {
    match request {
        Request::Backup { file } => backup(&config.database.path, &file, shown),
        Request::UserAdd { .. }
        | Request::UserBlock { .. }
        | Request::UserList
        | Request::UserPasswd { .. }
        | Request::UserRole { .. }
        | Request::UserUnblock { .. } => Response::Failed {
            text: "this build has no accounts".into(),
        },
    }
}

fn backup(database: &Path, file: &Path, shown: &mut dyn FnMut(Response)) -> Response {
    let mut progress = |done, total| shown(Response::Progress { done, total });
    match store::backup(database, file, &mut progress) {
        Ok(pages) => Response::Done {
            text: format!("{}: {pages} pages", file.display()),
        },
        Err(fault) => Response::Failed {
            text: fault.to_string(),
        },
    }
}

fn check(file: &Path, progress: Progress<'_>) -> anyhow::Result<String> {
    Ok(store::check(file, progress)?)
}
