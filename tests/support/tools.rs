//! The programs that people come in by, where they are installed.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

/// A program. An absent one is told loudly, and is a failure where CI is set: it installs them all.
pub fn tool(name: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path);
    if folders.any(|folder| folder.join(name).exists()) {
        return Some(Command::new(name));
    }
    let told = format!("!! SKIPPED: {name} is not installed, so nobody came in by it");
    assert!(std::env::var_os("CI").is_none(), "{told}");
    eprintln!("{told}");
    None
}

/// `nc`, as Debian has it from OpenBSD, with these flags.
pub fn nc(flags: &[&str], to: SocketAddr) -> Option<Command> {
    let mut command = tool("nc.openbsd")?;
    command.args(flags).args(host_and_port(to));
    Some(command)
}

/// `nc -U`.
pub fn nc_unix(path: &Path) -> Option<Command> {
    let mut command = tool("nc.openbsd")?;
    command.args(["-N", "-U"]).arg(path);
    Some(command)
}

/// `telnet`.
pub fn telnet(to: SocketAddr) -> Option<Command> {
    let mut command = tool("telnet")?;
    command.args(host_and_port(to));
    Some(command)
}

/// `openssl s_client -quiet`.
pub fn openssl(to: SocketAddr) -> Option<Command> {
    let mut command = tool("openssl")?;
    command.args(["s_client", "-quiet", "-connect", &to.to_string()]);
    Some(command)
}

fn host_and_port(to: SocketAddr) -> [String; 2] {
    [to.ip().to_string(), to.port().to_string()]
}
