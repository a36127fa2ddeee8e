//! The defaults, the example file, variables, and each key at, below and above its bounds.

use std::path::{Path, PathBuf};

use super::*;

/// Loads a text as a file of its own.
fn file(text: &str) -> Result<Config, Vec<String>> {
    load(text, &[])
}

fn load(text: &str, env: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.toml");
    std::fs::write(&path, text).unwrap();
    let env = env
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let before = format!("{}/", folder.path().display());
    Config::load(Some(&path), env).map_err(|mistakes| {
        let shown = |mistake: &Mistake| mistake.to_string().replace(&before, "");
        mistakes.iter().map(shown).collect()
    })
}

/// The TOML that sets one key.
fn set(key: &Key, value: &str) -> String {
    let (section, name) = key.name.rsplit_once('.').unwrap();
    let entry = key.list().map(|_| match key.name {
        "listen.address" | "operator.password" => "",
        "operator.name" => "password = \"operpassword\"\n",
        _ => "address = \"127.0.0.1:1\"\n",
    });
    let name_too = if key.name == "operator.password" {
        "name = \"o\"\n"
    } else {
        ""
    };
    match entry {
        None => format!("[{section}]\n{name} = {value}\n"),
        Some(entry) => format!("[[{section}]]\n{entry}{name_too}{name} = {value}\n"),
    }
}

#[test]
fn defaults() {
    let config = Config::default();
    assert_eq!(config.server.name, "chinwag.localhost");
    let doors: Vec<_> = config
        .listen
        .iter()
        .map(|listen| (listen.address.to_string(), listen.tls))
        .collect();
    assert_eq!(
        doors,
        [
            ("127.0.0.1:6667".to_owned(), false),
            ("127.0.0.1:6697".to_owned(), true)
        ]
    );
    assert_eq!(
        config.web.address.as_ref().unwrap().to_string(),
        "127.0.0.1:5001"
    );
    assert!(config.loopback_only() && config.operator.is_empty() && config.mail.is_none());
    assert_eq!(config.database.path, PathBuf::from("chinwag.db"));
    assert_eq!(config.limits.ping_interval.secs(), 120);
    assert_eq!(
        (config.tls.cert.as_path(), config.tls.key.as_path()),
        (Path::new(DEFAULT_CERT), Path::new(DEFAULT_KEY))
    );
}

#[test]
fn the_example_says_the_defaults() {
    let example = example::file();
    assert_eq!(
        file(&example),
        Ok(Config {
            listen: file(&example).unwrap().listen,
            ..Config::default()
        })
    );
    assert_eq!(file(&example).unwrap().listen, Config::default().listen);
    // With every example in force, all keys of the table are read.
    let all: String = example
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(code) if !code.starts_with(' ') && !code.starts_with("motd_file") => {
                format!("{code}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let config = file(&all).unwrap();
    assert_eq!(config.operator[0].name, "operuser");
    assert_eq!(config.mail.unwrap().from, "chat@example.org");
    assert_eq!(config.server.motd.as_deref(), Some("Be kind."));
}

#[test]
fn every_default_is_allowed_and_every_key_documented() {
    for key in keys() {
        let (KeyDefault::Absent(text) | KeyDefault::Required(text) | KeyDefault::Value(text)) =
            key.default;
        let value = toml::de::DeValue::parse(text).unwrap();
        assert!(key.kind.check(value.get_ref()).is_ok(), "{}", key.name);
        assert!(
            key.doc.ends_with('.') && !key.doc.contains('|'),
            "{}",
            key.name
        );
    }
}

#[test]
fn bounds() {
    for key in keys() {
        let bad = |value: &str| {
            let mistakes = file(&set(key, value)).unwrap_err();
            assert!(
                mistakes.iter().any(|mistake| mistake.contains(key.name)),
                "{} = {value}: {mistakes:?}",
                key.name
            );
        };
        match key.kind {
            Kind::Whole { min, max } => {
                for good in [min, max] {
                    let mistakes = file(&set(key, &good.to_string())).err().unwrap_or_default();
                    // What other keys demand is tested by itself.
                    let own = |mistake: &&String| {
                        mistake.contains("too small") && !mistake.contains("lanes")
                            || mistake.contains("too great")
                    };
                    assert_eq!(mistakes.iter().find(own), None, "{} = {good}", key.name);
                }
                bad(&(i128::from(min) - 1).to_string());
                bad(&(max + 1).to_string());
                bad("99999999999999999999999999999999999999999999");
                bad("\"1\"");
                bad("1.5");
            }
            Kind::Span { min, max, zero } => {
                for good in [min, max] {
                    let mistakes = file(&set(
                        key,
                        &format!("\"{good}s\"")
                            .replace("3153600000s", "36500d")
                            .replace("315360000s", "3650d")
                            .replace("2592000s", "30d"),
                    ))
                    .err()
                    .unwrap_or_default();
                    let own = |mistake: &&String| {
                        mistake.contains("too short")
                            || mistake.contains("too long")
                            || mistake.contains("is not a time")
                    };
                    assert_eq!(mistakes.iter().find(own), None, "{} = {good}", key.name);
                }
                if min > 1 {
                    bad(&format!("\"{}s\"", min - 1));
                }
                bad(&format!("\"{}d1s\"", max / 86_400 + 1));
                bad("120");
                bad("\"soon\"");
                if zero.is_none() {
                    bad("\"0\"");
                }
            }
            Kind::Choice(words) => {
                for word in words() {
                    let mistakes = file(&set(key, &format!("{word:?}")))
                        .err()
                        .unwrap_or_default();
                    assert!(
                        mistakes.iter().all(|mistake| mistake.contains("[mail]")),
                        "{mistakes:?}"
                    );
                }
                bad("\"sometimes\"");
                bad("true");
            }
            Kind::Flag => {
                bad("1");
                bad("\"true\"");
            }
            Kind::Text(_) => bad("7"),
            Kind::Texts(_) => {
                bad("[7]");
                bad("\"a\"");
                bad("[\"\"]");
            }
        }
    }
}

#[test]
fn what_a_reload_cannot_change() {
    let (old, mut new) = (Config::default(), Config::default());
    assert!(old.fixed_changes(&new).is_empty());
    new.limits.batch_size = 1;
    new.limits.nick_len = 9;
    new.listen.pop();
    assert_eq!(old.fixed_changes(&new), ["listen", "limits.batch_size"]);
}

#[test]
fn variables_win() {
    let env = [
        ("CHINWAG_SERVER__NAME", "chat.example.org"),
        ("CHINWAG_LIMITS__NICK_LEN", "20"),
        ("CHINWAG_SERVER__TRUSTED_PROXIES", "[\"10.0.0.0/8\"]"),
        ("CHINWAG_LISTEN", "[{ address = \"127.0.0.1:0\" }]"),
        (
            "CHINWAG_ACCOUNTS__ARGON2",
            "{ memory_kib = 64, iterations = 1 }",
        ),
        ("CHINWAG_ACCOUNTS__ARGON2__ITERATIONS", "3"),
        ("CHINWAG_ACCOUNTS__ADMIN__PASSWORD", "\"quoted\" text"),
        ("CHINWAG_ACCOUNTS__GUESTS", "true"),
        ("CHINWAG_LOG", "debug"),
        ("OTHER__NAME", "x"),
    ];
    let config = load(
        "server.name = \"file.example\"\nlimits.nick_len = 10\n",
        &env,
    )
    .unwrap();
    assert_eq!(config.server.name, "chat.example.org");
    assert_eq!(config.limits.nick_len, 20);
    assert_eq!(
        config.server.trusted_proxies,
        ["10.0.0.0/8".parse().unwrap()]
    );
    assert_eq!(config.listen.len(), 1);
    assert_eq!(
        config.accounts.argon2,
        Argon2 {
            memory_kib: 64,
            iterations: 3,
            parallelism: 1
        }
    );
    assert_eq!(config.accounts.admin.password.expose(), "\"quoted\" text");
    assert!(config.accounts.guests);
}

#[test]
fn every_key_has_a_variable_that_works() {
    for key in keys() {
        let Some(variable) = key.variable() else {
            continue;
        };
        let (KeyDefault::Absent(text) | KeyDefault::Required(text) | KeyDefault::Value(text)) =
            key.default;
        let text = match key.kind {
            Kind::Choice(_) | Kind::Span { .. } | Kind::Text(_) => text.trim_matches('"'),
            Kind::Flag | Kind::Texts(_) | Kind::Whole { .. } => text,
        };
        let mistakes = load("", &[(&variable, text)]).err().unwrap_or_default();
        assert!(
            mistakes
                .iter()
                .all(|mistake| mistake.contains("is missing") || mistake.contains("motd.txt")),
            "{variable}: {mistakes:?}"
        );
    }
}

#[test]
fn secrets_stay_hidden() {
    let text = "[server]\npassword = \"server-secret\"\n[[operator]]\nname = \"a\"\npassword = \"oper-secret\"\n\
        [accounts.admin]\nname = \"root\"\npassword = \"admin-secret\"\n[mail]\nsmtp = \"smtp://u:mail-secret@127.0.0.1\"\nfrom = \"a@b.example\"\n";
    let shown = format!("{:#?}", file(text).unwrap());
    assert!(!shown.contains("-secret"), "{shown}");
    // A file with every kind of mistake around the same secrets does not show them either.
    for broken in [
        text.replace("-secret\"", "-secret\t\""),
        text.replace("\"smtp:", "\"ftp:"),
        text.replace("password = ", "passwort = "),
        text.replace("= \"", "= ["),
        text.replace("= \"", "= \"\"\""),
        text.replace("secret\"", "secret"),
        text.replace("password = \"", "password = \"\u{7}"),
    ] {
        let shown = file(&broken).unwrap_err().join("\n");
        assert!(!shown.contains("-secret"), "{shown}");
    }
}
