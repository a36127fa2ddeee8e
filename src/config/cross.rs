//! What keys demand of each other, and of the files they name.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::keys::doors::{DEFAULT_CERT, DEFAULT_KEY, MOTD_MAX_BYTES};
use super::read::Notes;
use super::{Address, Config, RegisterEmail};

/// Checks everything that one key alone cannot tell, and reads the message of the day.
pub fn check(config: &mut Config, notes: &mut Notes) {
    if notes.is_half_read() {
        return;
    }
    motd(config, notes);
    doors(config, notes);
    tls(config, notes);
    database(config, notes);
    mail(config, notes);
    admin(config, notes);
    argon2(config, notes);
    names(config, notes);
    operators(config, notes);
    queues(config, notes);
}

fn motd(config: &mut Config, notes: &mut Notes) {
    let Some(path) = &config.server.motd_file else {
        return;
    };
    if notes.given("server.motd") {
        return notes.blame(
            &["server.motd_file", "server.motd"],
            "server.motd is there too",
            "allowed: one of them",
        );
    }
    match short_text(path) {
        Ok(text) => config.server.motd = Some(text),
        Err(wrong) => notes.blame(
            &["server.motd_file"],
            wrong,
            "allowed: a readable UTF-8 file of at most 65536 bytes",
        ),
    }
}

fn short_text(path: &Path) -> Result<String, String> {
    let cannot = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let mut text = String::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(MOTD_MAX_BYTES as u64 + 1)
        .read_to_string(&mut text)
        .map_err(cannot)?;
    if text.len() > MOTD_MAX_BYTES {
        return Err(format!("{} is too long", path.display()));
    }
    Ok(text)
}

fn doors(config: &Config, notes: &mut Notes) {
    let lines = config.listen.iter().enumerate();
    let lines = lines.map(|(place, listen)| (format!("listen.{place}.address"), &listen.address));
    let web = config
        .web
        .address
        .iter()
        .map(|address| ("web.address".to_owned(), address));
    let doors: Vec<(String, &Address)> = lines.chain(web).collect();
    if doors.is_empty() {
        notes.blame(
            &["listen", "web.address"],
            "nobody can come in",
            "allowed: at least one [[listen]] or web.address",
        );
    }
    for (place, (later, address)) in doors.iter().enumerate() {
        if let Some((earlier, _)) = doors[..place]
            .iter()
            .find(|(_, earlier)| earlier.collides(address))
        {
            let wrong = format!("\"{address}\" is listened on twice");
            notes.blame(&[later, earlier], wrong, "allowed: each address once");
        } else if let Some((earlier, other)) = doors[..place]
            .iter()
            .find(|(_, earlier)| earlier.spans(address) && !is_ipv6_alone())
        {
            let wrong =
                format!("\"{address}\" and \"{other}\" collide: [::] takes IPv4 as well here");
            let allowed = "allowed: [::] alone, or sysctl net.ipv6.bindv6only=1";
            notes.blame(&[later, earlier], wrong, allowed);
        }
    }
    for (place, listen) in config.listen.iter().enumerate() {
        // Whoever can open a unix socket is trusted.
        let remote = matches!(listen.address, Address::Tcp(_));
        if listen.proxy_protocol && remote && config.server.trusted_proxies.is_empty() {
            let name = format!("listen.{place}.proxy_protocol");
            let wrong = "server.trusted_proxies is empty, so nobody could connect";
            notes.blame(
                &[&name, "server.trusted_proxies"],
                wrong,
                "allowed: true where a proxy is trusted",
            );
        }
    }
}

/// Whether the system keeps `[::]` to IPv6. Where it does not tell, both are left to be tried.
fn is_ipv6_alone() -> bool {
    let told = fs::read_to_string("/proc/sys/net/ipv6/bindv6only");
    told.map_or(true, |told| told.trim() != "0")
}

fn tls(config: &Config, notes: &mut Notes) {
    for (name, path, default) in [
        ("tls.cert", &config.tls.cert, DEFAULT_CERT),
        ("tls.key", &config.tls.key, DEFAULT_KEY),
    ] {
        if path != Path::new(default) && !path.is_file() {
            let wrong = format!("there is no file {}", path.display());
            notes.blame(
                &[name],
                wrong,
                "allowed: a PEM file; at the default paths a certificate is made on first start",
            );
        }
    }
    if !config.tls.sts.is_zero() && !config.listen.iter().any(|listen| listen.tls) {
        notes.blame(
            &["tls.sts", "listen"],
            "no listener has TLS",
            "allowed: \"0\", or a [[listen]] with tls = true",
        );
    }
}

fn database(config: &Config, notes: &mut Notes) {
    let path = &config.database.path;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if config.database.in_memory() {
        return;
    }
    if path.is_dir() {
        notes.blame(
            &["database.path"],
            format!("{} is a directory", path.display()),
            "allowed: a file",
        );
    } else if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let wrong = format!("there is no directory {}", folder.display());
        notes.blame(
            &["database.path"],
            wrong,
            "allowed: a file in a directory that exists",
        );
    }
}

fn mail(config: &Config, notes: &mut Notes) {
    for (given, missing) in [("mail.smtp", "mail.from"), ("mail.from", "mail.smtp")] {
        if notes.given(given) && !notes.given(missing) {
            notes.blame(
                &[given],
                format!("{missing} is missing"),
                "allowed: both, or no [mail]",
            );
        }
    }
    let required = config.accounts.register_email == RegisterEmail::Required;
    if required && !notes.given("mail.smtp") && !notes.given("mail.from") {
        let allowed =
            "allowed: \"none\", \"optional\", or \"required\" with mail.smtp and mail.from";
        notes.blame(
            &["accounts.register_email"],
            "\"required\" needs [mail]",
            allowed,
        );
    }
}

fn admin(config: &Config, notes: &mut Notes) {
    let (name, password) = ("accounts.admin.name", "accounts.admin.password");
    if notes.given(name) && !notes.given(password) {
        notes.blame(
            &[name],
            "accounts.admin.password is missing",
            "allowed: both, or the password alone",
        );
    }
    let min = config.accounts.password_min;
    if notes.given(password) && config.accounts.admin.password.expose().chars().count() < min {
        let allowed = format!("allowed: at least {min} characters, as accounts.password_min says");
        notes.blame(
            &[password, "accounts.password_min"],
            "the password is too short",
            allowed,
        );
    }
}

/// The library's own bounds: <https://www.rfc-editor.org/rfc/rfc9106#section-3.1>.
fn argon2(config: &Config, notes: &mut Notes) {
    let argon2 = config.accounts.argon2;
    if argon2.memory_kib < 8 * argon2.parallelism {
        let wrong = format!(
            "{} is too small for {} lanes",
            argon2.memory_kib, argon2.parallelism
        );
        let allowed = format!("allowed: at least {}", 8 * argon2.parallelism);
        notes.blame(
            &["accounts.argon2.memory_kib", "accounts.argon2.parallelism"],
            wrong,
            allowed,
        );
    }
}

fn names(config: &Config, notes: &mut Notes) {
    let rooms = config
        .rooms
        .autojoin
        .iter()
        .map(|room| ("rooms.autojoin", room.as_str()));
    let rooms = rooms.chain([("rooms.lobby", config.rooms.lobby.as_str())]);
    let (room_max, nick_max) = (config.limits.channel_len, config.limits.nick_len);
    let rooms = rooms.map(|(key, name)| (key, name, room_max, "limits.channel_len"));
    let admin = config.accounts.admin.name.as_str();
    for (key, name, most, limit) in
        rooms.chain([("accounts.admin.name", admin, nick_max, "limits.nick_len")])
    {
        if name.len() > most {
            let allowed = format!("allowed: at most {most} bytes, as {limit} says");
            notes.blame(&[key, limit], format!("{name:?} is too long"), allowed);
        }
    }
}

fn operators(config: &Config, notes: &mut Notes) {
    let min = config.accounts.password_min;
    for (place, operator) in config.operator.iter().enumerate() {
        let (name, password) = (
            format!("operator.{place}.name"),
            format!("operator.{place}.password"),
        );
        if config.operator[..place]
            .iter()
            .any(|earlier| earlier.name == operator.name)
        {
            notes.blame(
                &[&name],
                format!("{:?} is there twice", operator.name),
                "allowed: each name once",
            );
        }
        if operator.password.expose().chars().count() < min {
            let allowed =
                format!("allowed: at least {min} characters, as accounts.password_min says");
            notes.blame(
                &[&password, "accounts.password_min"],
                "the password is too short",
                allowed,
            );
        }
    }
}

fn queues(config: &Config, notes: &mut Notes) {
    let limits = &config.limits;
    let least = 2 * limits
        .message_bytes
        .max(limits.request_bytes)
        .max(limits.line_bytes);
    if limits.send_queue_bytes < least {
        let wrong = format!(
            "{} does not hold two of the longest messages",
            limits.send_queue_bytes
        );
        notes.blame(
            &[
                "limits.send_queue_bytes",
                "limits.message_bytes",
                "limits.request_bytes",
                "limits.line_bytes",
            ],
            wrong,
            format!("allowed: at least {least}"),
        );
    }
}
