//! What /proc tells of a process and of the machine, and where processes may run.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;

/// The kernel counts the time of processes in these, on every Linux there is.
const TICK: Duration = Duration::from_millis(10);

/// The CPU time that a process has used, of all its threads, in user and system mode.
pub fn cpu_time(pid: u32) -> anyhow::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The second field is the name in brackets, which may hold anything.
    let (_, fields) = stat.rsplit_once(')').context("/proc/PID/stat has a name")?;
    let mut times = fields.split_whitespace().skip(11).map(str::parse::<u32>);
    let mut next = || times.next().context("/proc/PID/stat is cut short");
    Ok(TICK * (next()?? + next()??))
}

/// The memory that a process has in RAM, in bytes.
pub fn resident_bytes(pid: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib
        .context("/proc/PID/status tells VmRSS")?
        .parse::<u64>()?
        * 1_024)
}

/// The machine, as the table names it.
pub fn machine() -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = cpus.lines().find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.split_once(": "));
        value.map_or("?", |(_, value)| value)
    };
    let count = cpus
        .lines()
        .filter(|line| line.starts_with("processor"))
        .count();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!(
        "{} (family {}, model {}), {count} cores, Linux {}",
        field("model name"),
        field("cpu family"),
        field("model\t"),
        kernel.trim()
    )
}

/// Lets the load generator itself run on these cores only, until this is dropped; nothing without `taskset`.
pub struct Pinned(Option<()>);

impl Pinned {
    pub fn to(cores: &str) -> Self {
        Self(pin(cores).then_some(()))
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        if self.0.is_some() {
            pin("0-1023");
        }
    }
}

fn pin(cores: &str) -> bool {
    let pid = std::process::id().to_string();
    let taskset = Command::new("taskset")
        .args(["-a", "-p", "-c", cores, &pid])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    taskset.is_ok_and(|status| status.success())
}
