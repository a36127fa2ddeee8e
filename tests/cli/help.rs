//! Help, completions and the manual page, all from one definition.

use crate::program::Folder;

const COMMANDS: [&str; 16] = [
    "",
    "serve",
    "check-config",
    "user",
    "user add",
    "user list",
    "user passwd",
    "user block",
    "user unblock",
    "user role",
    "backup",
    "check",
    "cert",
    "parse",
    "completions",
    "man",
];

#[test]
fn help() {
    let folder = Folder::new();
    insta::assert_snapshot!("help", folder.run("--help").well());
    let all = COMMANDS.map(|command| {
        format!(
            "$ chinwag {command} -h\n{}\n",
            folder.run(&format!("{command} -h")).well()
        )
    });
    insta::assert_snapshot!("help_of_commands", all[1..].concat());
    assert!(folder.run("--version").well().starts_with("chinwag "));
}

#[test]
fn arguments_that_make_no_sense() {
    let folder = Folder::new();
    let all = [
        "srve",
        "serve --conifg a",
        "user add",
        "user add 1abc --password-stdin",
        "user add alice",
        "user role bob owner",
        "user block bob --for soon",
        "parse --dialect telnet",
        "backup",
        "completions tcsh",
    ];
    let all = all.map(|args| format!("$ chinwag {args}\n{}\n", folder.run(args).shown()));
    insta::assert_snapshot!(all.concat());
}

#[test]
fn completions() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = folder.run(&format!("completions {shell}")).well();
        for word in ["check-config", "unblock", "password-stdin", "dialect"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn the_manual_page() {
    let folder = Folder::new();
    let page = folder.run("man").well();
    insta::assert_snapshot!("man", page);
    for command in &COMMANDS[1..] {
        let heading = format!(".SS \"chinwag {command}\"\n");
        assert!(*command == "user" || page.contains(&heading), "{command}");
    }
}
