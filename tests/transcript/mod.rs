//! Plays a transcript: a script of who types what, to what everybody sees.
//!
//! A line of the script is one of
//! - `alice> MSG hello`: alice types it; whoever is named first connects, from this machine. A name in capitals speaks
//!   IRC, all others netcat's dialect;
//! - `# …` and empty lines: kept as they are;
//! - `! in alice bob`: these have accounts (password `alice-pass-word`), are logged in, and what they saw is not shown;
//! - `! admin root`: the same for an admin; `! member alice #ops`: she has joined, or made, the room, unseen;
//! - `! connect alice tls|remote|local`: connects in another way; `! again alice as laptop`: another session, `laptop>`;
//! - `! gone alice`: her connection ends; `! later 2h`: time passes; `! restart`: the server is killed and started again;
//! - `! config accounts.guests = true`: before anybody connects; `! tick`: what the server does once an hour;
//! - `! shutdown`;
//! - `! connect alice certificate {a*64}`: over TLS with a client certificate of that fingerprint;
//! - `! first`: an empty database gets its first account; `! connect alice remote 192.0.2.9`: from there;
//! - `! sends alice PING 1|PING 2|`: bytes in one piece, `|` ends a line; `{ff}` is a byte in hexadecimal.
//!
//! `{x*4096}` is so many x, `{u+202e}` a character that is hard to see: typed as well as seen. Codes are random: the first
//! that is shown is `{code-1}`, in what is seen as in what is typed; `{clear}` is the code that CLEAR asked for last.

mod lines;
mod secrets;
mod spell;
mod world;

use chinwag_grammar::Span;
use world::World;

/// The script with what everybody sees under each line.
pub fn play(script: &str) -> String {
    let mut world = World::new(&configuration(script));
    let mut out = String::new();
    for line in script.lines() {
        out.push_str(line);
        out.push('\n');
        if let Some(order) = line.strip_prefix("! ") {
            carry_out(&mut world, order);
        } else if let Some((who, typed)) = line.split_once('>').filter(|_| !line.starts_with('#')) {
            let typed = typed.strip_prefix(' ').unwrap_or(typed);
            world.types(who, typed);
        }
        for (who, seen) in world.seen() {
            let seen = spell::shown(&seen);
            out.push_str(format!("    {who:<6} < {seen}").trim_end());
            out.push('\n');
        }
    }
    world.check();
    out
}

fn configuration(script: &str) -> String {
    let lines = script
        .lines()
        .filter_map(|line| line.strip_prefix("! config "));
    lines.fold(String::new(), |all, line| all + line + "\n")
}

fn carry_out(world: &mut World, order: &str) {
    let words: Vec<&str> = order.split(' ').collect();
    match words[..] {
        ["in", ..] => {
            for name in &words[1..] {
                world.account(name, false);
            }
            world.forget_seen();
        }
        ["admin", name] => {
            world.account(name, true);
            world.forget_seen();
        }
        ["member", name, room] => {
            world.types(name, &format!("CREATE {room}"));
            world.types(name, &format!("JOIN {room}"));
            world.forget_seen();
        }
        ["connect", name, how] => world.connect(name, how),
        ["again", name, "as", other] => {
            world.connect(other, "local");
            if lines::is_irc(other) {
                world.enters(other, name);
            } else {
                world.types(other, &format!("LOGIN {name} {name}-pass-word"));
            }
            world.forget_seen();
        }
        ["connect", name, "certificate", fingerprint] => {
            world.connect_certified(name, &spell::meant(fingerprint));
        }
        ["connect", name, how, host] => world.connect_from(name, how, host),
        ["first"] => world.first(),
        ["sends", name, ..] => {
            let sent = order.splitn(3, ' ').nth(2).unwrap_or_default();
            world.sends(name, &spell::bytes(sent));
        }
        ["gone", name] => world.hangs_up(name),
        ["later", span] => world.later(Span::parse(span).expect("a span")),
        ["restart"] => world.restart(),
        ["shutdown"] => world.shut_down(),
        ["tick"] => world.tick(),
        ["config", ..] => {}
        _ => panic!("no such order: {order}"),
    }
}
