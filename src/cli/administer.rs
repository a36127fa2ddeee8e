//! `chinwag user …` and `chinwag backup`: asked of the server that runs, or done on the database when none does.

use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, anyhow, bail, ensure};

use super::progress::Bar;
use super::{Backend, UserCommand, say};
use crate::config::Config;
use crate::control::{self, Owner, Request, Response, Role};
use crate::secret::Secret;

/// Longer passwords are a file somebody did not mean.
const PASSWORD_MAX_BYTES: u64 = 4_096;

/// Administers accounts.
pub fn user(config: &Config, command: UserCommand, backend: &Backend) -> anyhow::Result<()> {
    let request = match command {
        UserCommand::Add { name, admin, .. } => Request::UserAdd {
            name: name.name,
            password: password(io::stdin())?,
            role: if admin { Role::Admin } else { Role::User },
        },
        UserCommand::Block { name, span, why } => Request::UserBlock {
            name: name.name,
            seconds: span.map(|span| span.secs()).filter(|seconds| *seconds > 0),
            reason: why,
        },
        UserCommand::List => Request::UserList,
        UserCommand::Passwd { name, .. } => Request::UserPasswd {
            name: name.name,
            password: password(io::stdin())?,
        },
        UserCommand::Role { name, role } => Request::UserRole {
            name: name.name,
            role,
        },
        UserCommand::Unblock { name } => Request::UserUnblock { name: name.name },
    };
    ask(config, request, "working", backend)
}

/// Copies the database.
pub fn backup(config: &Config, file: &Path, backend: &Backend) -> anyhow::Result<()> {
    let file = std::path::absolute(file)?;
    ensure!(!file.exists(), "{} is there already", file.display());
    ask(config, Request::Backup { file }, "copying", backend)
}

fn ask(
    config: &Config,
    request: Request,
    doing: &'static str,
    backend: &Backend,
) -> anyhow::Result<()> {
    if config.database.in_memory() {
        bail!("a database in memory cannot be reached from outside its server");
    }
    let bar = Bar::new(doing);
    let mut written = Ok(());
    let mut shown = |response| match response {
        Response::Done { .. } | Response::Failed { .. } => {}
        Response::Progress { done, total } => bar.at(done, total),
        Response::User {
            name,
            role,
            blocked,
            email,
        } => {
            let row = row(&name, role, blocked, email.as_deref());
            if written.is_ok() {
                written = io::stdout().write_all(row.as_bytes());
            }
        }
    };
    let end = match control::reach(&config.database.path)? {
        Owner::Server(client) => client.ask(&request, &mut shown)?,
        Owner::Us(lock) => match (backend.offline)(config, &lock, request, &mut shown) {
            Response::Done { text } => Ok(text),
            Response::Failed { text } => Err(text),
            Response::Progress { .. } | Response::User { .. } => {
                Err("the answer has no end".into())
            }
        },
    };
    drop(bar);
    written?;
    match end {
        Ok(text) if text.is_empty() => Ok(()),
        Ok(text) => say(&text),
        Err(text) => Err(anyhow!(text)),
    }
}

fn row(name: &str, role: Role, blocked: bool, email: Option<&str>) -> String {
    let role = match role {
        Role::Admin => "admin",
        Role::User => "user",
    };
    let state = if blocked { "blocked" } else { "active" };
    format!("{name}\t{role}\t{state}\t{}\n", email.unwrap_or("-"))
}

/// The first line of the input.
fn password(input: impl Read) -> anyhow::Result<Secret> {
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    input
        .take(PASSWORD_MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .context("standard input")?;
    let line = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line =
        str::from_utf8(line).map_err(|_| anyhow!("the password on standard input is not UTF-8"))?;
    ensure!(!line.is_empty(), "there is no password on standard input");
    ensure!(
        line.len() as u64 <= PASSWORD_MAX_BYTES,
        "the password on standard input is longer than 4096 bytes"
    );
    Ok(line.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords() {
        let (longest, long) = ("a".repeat(4_096), "a".repeat(4_097));
        for (input, read) in [
            ("pass word\nmore", Some("pass word")),
            ("pass\r\n", Some("pass")),
            ("pass", Some("pass")),
            (" pass \n", Some(" pass ")),
            (longest.as_str(), Some(longest.as_str())),
            (&long, None),
            ("", None),
            ("\npass", None),
        ] {
            assert_eq!(
                password(input.as_bytes()).ok().as_ref().map(Secret::expose),
                read
            );
        }
        assert!(password(&b"\xff\n"[..]).is_err());
    }

    #[test]
    fn rows() {
        assert_eq!(
            row("alice", Role::Admin, false, Some("a@b.example")),
            "alice\tadmin\tactive\ta@b.example\n"
        );
        assert_eq!(
            row("bob", Role::User, true, None),
            "bob\tuser\tblocked\t-\n"
        );
    }
}
