//! `chinwag check-config`: every kind of mistake in the words that people see.

use chinwag::config::example;

use crate::program::Folder;

/// A file of that text, checked.
fn checked(text: &str) -> String {
    checked_with(text, &[])
}

fn checked_with(text: &str, env: &[(&str, &str)]) -> String {
    let folder = Folder::new();
    folder.write("chinwag.toml", text);
    folder
        .run_with("check-config --config chinwag.toml", env, b"")
        .shown()
}

#[test]
fn no_mistakes() {
    let folder = Folder::new();
    assert_eq!(folder.run("check-config").well(), "defaults: no mistakes\n");
    assert_eq!(checked(""), "chinwag.toml: no mistakes\n[exit 0]\n");
    let example = folder.run("check-config --print-default").well();
    assert_eq!(example, example::file());
    assert_eq!(checked(&example), "chinwag.toml: no mistakes\n[exit 0]\n");
    insta::assert_snapshot!("example", example);
    insta::assert_snapshot!("readme_table", example::readme());
}

#[test]
fn no_file() {
    let folder = Folder::new();
    insta::assert_snapshot!(folder.run("check-config --config absent.toml").shown());
}

#[test]
fn unknown_keys() {
    insta::assert_snapshot!(checked(
        "[server]\nnmae = \"a\"\nnick_len = 9\n\n[sever]\nname = \"a\"\n\n[accounts]\nargon2 = { memory = 1 }\n\n\
         [[listen]]\nadress = \"127.0.0.1:1\"\n\n[[listener]]\naddress = \"127.0.0.1:1\"\n"
    ));
}

#[test]
fn wrong_kinds() {
    insta::assert_snapshot!(checked(
        "server = \"chat\"\nlisten = { address = \"127.0.0.1:1\" }\noperator = [\"a\"]\n\n\
         [accounts]\nguests = \"yes\"\npassword_min = 8.5\nargon2 = [1]\nadmin = 2026-01-01\n\n\
         [limits]\nnick_len = \"9\"\nping_interval = 120\nflood = 0\n\n[rooms]\nautojoin = \"#lobby\"\ncreate = true\n"
    ));
}

#[test]
fn values_out_of_bounds() {
    insta::assert_snapshot!(checked(
        "[server]\nname = \"chat example\"\nnetwork = \"\"\ntrusted_proxies = [\"127.0.0.1/40\", \"::1\"]\n\
         casemapping = \"rfc1459\"\ndefault_user_modes = \"i\"\n\n[[listen]]\naddress = \"localhost:6667\"\n\n\
         [web]\naddress = \"5001\"\norigins = [\"chat.example.org\"]\n\n[tls]\nsts = \"1s\"\n\n\
         [limits]\nnick_len = 0\nchannel_len = 129\nline_bytes = 511\nin_flight = -1\nping_interval = \"soon\"\n\
         login_timeout = \"400d\"\nregistration_timeout = \"0\"\n\n\
         [rooms]\nlobby = \"lobby\"\nautojoin = [\"#a\", \"b\"]\n\n[mail]\nsmtp = \"http://a\"\nfrom = \"me\"\n"
    ));
}

#[test]
fn between_keys() {
    insta::assert_snapshot!(checked(
        "[server]\nmotd = \"a\"\nmotd_file = \"b\"\ntrusted_proxies = []\n\n\
         [[listen]]\naddress = \"0.0.0.0:6667\"\n[[listen]]\naddress = \"127.0.0.1:6667\"\nproxy_protocol = true\n\n\
         [web]\naddress = \"127.0.0.1:6667\"\n\n[tls]\ncert = \"own.pem\"\nsts = \"30d\"\n\n\
         [database]\npath = \"absent/chinwag.db\"\n\n\
         [accounts]\nregister_email = \"required\"\npassword_min = 12\nadmin = { name = \"administrator\", password = \"secret-9chars\" }\n\
         argon2 = { memory_kib = 16, parallelism = 4 }\n\n[limits]\nnick_len = 8\nchannel_len = 4\nsend_queue_bytes = 16384\nrequest_bytes = 16384\n\n\
         [[operator]]\nname = \"a\"\npassword = \"eleven-char\"\n[[operator]]\nname = \"a\"\npassword = \"twelve-chars\"\n"
    ));
    insta::assert_snapshot!(
        "more_between_keys",
        checked(
            "listen = []\nweb.address = \"\"\nserver.motd_file = \"absent.txt\"\ndatabase.path = \".\"\n\
         accounts.admin.name = \"root\"\nmail.smtp = \"smtp://127.0.0.1\"\n"
        )
    );
    insta::assert_snapshot!(
        "half_a_mail",
        checked(
            "mail.from = \"a@b.example\"\naccounts.admin.password = \"nine-long\"\naccounts.password_min = 10\n"
        )
    );
}

/// The system says whether `[::]` takes IPv4: what is told is what binding both would lead to.
#[test]
fn both_kinds_of_all_addresses() {
    let shown =
        checked("[[listen]]\naddress = \"[::]:6667\"\n[[listen]]\naddress = \"0.0.0.0:6667\"\n");
    let told = std::fs::read_to_string("/proc/sys/net/ipv6/bindv6only");
    let collide = told.is_ok_and(|told| told.trim() == "0");
    let words = "\"0.0.0.0:6667\" and \"[::]:6667\" collide";
    assert_eq!(shown.contains(words), collide, "{shown}");
}

#[test]
fn missing_in_lists() {
    insta::assert_snapshot!(checked(
        "[[listen]]\ntls = true\n\n[[operator]]\nname = \"a\"\n\n[[operator]]\npassword = \"12345678\"\n"
    ));
}

#[test]
fn not_toml() {
    insta::assert_snapshot!(checked(
        "[server]\nname = chat\npassword = \"secret\n[server]\n= 1\n"
    ));
    let folder = Folder::new();
    folder.write("latin.toml", b"[server]\nmotd = \"caf\xe9\"\n");
    insta::assert_snapshot!(
        "not_utf8",
        folder.run("check-config --config latin.toml").shown()
    );
    folder.write("long.toml", vec![b'\n'; 1_048_577]);
    insta::assert_snapshot!(
        "too_long",
        folder.run("check-config --config long.toml").shown()
    );
    insta::assert_snapshot!("a_directory", folder.run("check-config --config .").shown());
}

#[test]
fn variables() {
    insta::assert_snapshot!(checked_with(
        "server.name = \"fine\"\nlimits.topic_len = 0\n",
        &[
            ("CHINWAG_SEVER__NAME", "a"),
            ("CHINWAG_SERVER__NAME", "not a host"),
            ("CHINWAG_SERVER__PASSWORD", ""),
            ("CHINWAG_LISTEN__ADDRESS", "127.0.0.1:1"),
            ("CHINWAG_LISTEN", "127.0.0.1:1"),
            (
                "CHINWAG_OPERATOR",
                "[{ name = \"a\", pasword = \"secret-text\" }]"
            ),
            ("CHINWAG_ACCOUNTS__GUESTS", "yes"),
            ("CHINWAG_ACCOUNTS__ARGON2", "{ memory = 64 }"),
            ("CHINWAG_LIMITS__NICK_LEN", "70"),
            ("CHINWAG_ROOMS__AUTOJOIN", "#lobby"),
            ("CHINWAG_WEB", "{ tls = 1 }"),
            ("CHINWAG_LOG", "info"),
            ("CHINWAG_ELSE", "somebody's"),
        ]
    ));
}

#[test]
fn a_certificate_that_cannot_be_used() {
    let folder = Folder::new();
    folder.write("a.pem", "nothing");
    folder.write("a.key", "nothing");
    folder.write("chinwag.toml", "[tls]\ncert = \"a.pem\"\nkey = \"a.key\"\n");
    insta::assert_snapshot!(folder.run("check-config --config chinwag.toml").shown());
}

#[test]
fn every_command_tells_the_same_mistakes() {
    let folder = Folder::new();
    folder.write("chinwag.toml", "sever.name = \"a\"\n");
    let told = folder.run("check-config --config chinwag.toml");
    assert_eq!(told.status, 1);
    for command in ["", "serve", "user list", "backup a.db", "cert"] {
        assert_eq!(
            folder.run(&format!("{command} --config chinwag.toml")),
            told,
            "{command}"
        );
    }
    assert_eq!(folder.run("--config chinwag.toml serve"), told);
}
