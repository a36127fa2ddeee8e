//! The vectors of `vectors/irc.txt`, and sentences of `irc.abnf`.

use super::*;
use crate::abnf::Grammar;
use crate::sentence;

/// One block of the file: the line, and what it is.
struct Vector {
    line: String,
    expected: Vec<String>,
}

#[test]
fn vectors() {
    let all = blocks(include_str!("../../vectors/irc.txt"));
    assert!(all.len() > 80, "{} vectors", all.len());
    for Vector { line, expected } in all {
        let mut told = told(&line);
        if !expected.iter().any(|one| one.starts_with("> ")) {
            told.retain(|one| !one.starts_with("> "));
        }
        assert_eq!(told, expected, "{line:?}");
    }
}

#[test]
fn sentences_are_accepted_and_survive() {
    let grammar = Grammar::parse(include_str!("../../irc.abnf")).unwrap();
    assert_eq!(grammar.undefined(), [""; 0]);
    let mut random = sentence::numbers(3);
    for _ in 0..5_000 {
        let line = sentence::generate(&grammar, "message", &mut random);
        survives(&line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
        let wrong = sentence::mutated(&line, &mut random);
        assert_eq!(
            survives(&wrong).is_ok(),
            grammar.matches("message", &wrong),
            "{wrong:?}"
        );
    }
}

#[test]
fn built_messages_survive() {
    let built = Message::new("PRIVMSG").unwrap();
    let built = built
        .with_tag("msgid", "a;b c\\d\r\n")
        .unwrap()
        .with_source("alice!a@h")
        .unwrap();
    let built = built
        .with_param("#ops")
        .unwrap()
        .with_param(": hi")
        .unwrap();
    assert_eq!(
        built.to_string(),
        "@msgid=a\\:b\\sc\\\\d\\r\\n :alice!a@h PRIVMSG #ops :: hi"
    );
    assert_eq!(Message::parse(&built.to_string()).unwrap(), built);
    assert_eq!(built.with_param("x").unwrap_err(), IrcError::BadParam);
    assert_eq!(Message::new("12").unwrap_err(), IrcError::BadCommand);
    let ping = || Message::new("PING").unwrap();
    assert_eq!(
        ping().with_param("a\nb").unwrap_err(),
        IrcError::BadCharacter
    );
    assert_eq!(ping().with_source("a b").unwrap_err(), IrcError::BadSource);
    assert_eq!(ping().with_tag("é", "").unwrap_err(), IrcError::BadTag);
    assert!(!format!("{:?}", ping().with_param("secret").unwrap()).contains("secret"));
}

/// Rendering and parsing a message is the identity.
fn survives(line: &str) -> Result<(), IrcError> {
    let message = Message::parse(line)?;
    let rendered = message.to_string();
    assert_eq!(Message::parse(&rendered).as_ref(), Ok(&message), "{line:?}");
    assert_eq!(Message::parse(&rendered).unwrap().to_string(), rendered);
    Ok(())
}

fn told(line: &str) -> Vec<String> {
    let message = match Message::parse(line) {
        Ok(message) => message,
        Err(error) => return vec![format!("error {error:?}")],
    };
    let tags = message
        .tags()
        .map(|(key, value)| format!("tag {key}={value}"));
    let source = message.source().map(|source| format!("source {source}"));
    let params = message.params().map(|param| format!("param {param}"));
    let command = [format!("command {}", message.command())];
    tags.chain(source)
        .chain(command)
        .chain(params)
        .chain([format!("> {message}")])
        .collect()
}

fn blocks(text: &str) -> Vec<Vector> {
    let plain: String = text.chars().map(control).collect();
    let blocks = plain.split("\u{1e}\u{1e}").map(|block| {
        block
            .split('\u{1e}')
            .filter(|line| !line.is_empty() && !line.starts_with("; "))
            .map(str::to_owned)
            .collect()
    });
    blocks
        .filter(|block: &Vec<String>| !block.is_empty())
        .map(|mut block| Vector {
            line: block
                .remove(0)
                .strip_prefix("< ")
                .expect("a block begins with its line")
                .to_owned(),
            expected: block,
        })
        .collect()
}

/// The file's line ends become record separators, so that its pictures of CR and LF can become those.
fn control(found: char) -> char {
    match found {
        '\n' => '\u{1e}',
        '\u{2400}'..='\u{241f}' => char::from((u32::from(found) - 0x2400) as u8),
        other => other,
    }
}
