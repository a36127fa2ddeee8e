//! `chinwag parse`: the grammar's own vectors, and lines of both dialects, as programs read them.

use std::fs;

use serde_json::{Value, json};

use crate::program::Folder;

/// What is printed for each line of an input.
fn parsed(args: &str, input: &[u8]) -> Vec<Value> {
    let out = Folder::new().run_with(args, &[], input).well();
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn irc() {
    let input = b"@a=1;b;c=x\\sy :nick!user@host PRIVMSG #a :hi there\r\nping\n:only\n\n\xff\nA b :\nlast x";
    let out = Folder::new().run_with("parse", &[], input).well();
    insta::assert_snapshot!(out);
    assert_eq!(parsed("parse --dialect irc", input), parsed("parse", input));
}

#[test]
fn plain() {
    let input = "%t1 msg #ops build is green\nwho\n/WHO #ops\n'hello\nTOKEN new ci #a #b post\nJION #a\nMSG\n\
        LOGIN alice pass-word SINCE 1042\r\nHISTORY #ops BEFORE 1023\nMSG #ops <<END\n%t2 KICK\nQUIT now and more\n";
    insta::assert_snapshot!(
        Folder::new()
            .run_with("parse --dialect plain", &[], input.as_bytes())
            .well()
    );
}

#[test]
fn lines_at_the_bound() {
    let longest = 1_048_576;
    for (end, extra) in [
        ("\n", 0),
        ("\r\n", 0),
        ("\n", 1),
        ("\r\n", 1),
        ("\n", 2),
        ("\n", 100_000),
    ] {
        let line = format!("A {}{end}PING\n", "b".repeat(longest - 2 + extra));
        let out = parsed("parse", line.as_bytes());
        assert_eq!(out.len(), 2);
        assert_eq!(out[0].get("error").is_some(), extra > 0, "{extra}");
        assert_eq!(out[1]["command"], "PING");
    }
    assert_eq!(parsed("parse", b""), Vec::<Value>::new());
}

/// The blocks of `grammar/vectors/irc.txt`, through the program.
#[test]
fn the_vectors_of_the_grammar() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/vectors/irc.txt");
    let text = fs::read_to_string(path).unwrap();
    let (mut input, mut expected) = (String::new(), Vec::new());
    for line in text.lines().map(control) {
        if let Some(sent) = line.strip_prefix("< ") {
            // A line end within a line is the end of it here.
            input.push_str(sent);
            input.push('\n');
            expected.push((
                sent.to_owned(),
                json!({"dialect": "irc", "tags": {}, "source": null, "params": []}),
            ));
        } else if let Some((_, want)) = expected.last_mut() {
            note(want, &line);
        }
    }
    let broken: Vec<bool> = expected
        .iter()
        .map(|(sent, _)| sent.contains(['\r', '\n']))
        .collect();
    assert!(expected.len() > 50);
    let kept = |place: &usize| !broken[*place];
    let input: String = (0..broken.len())
        .filter(kept)
        .map(|place| format!("{}\n", expected[place].0))
        .collect();
    let wants: Vec<&Value> = (0..broken.len())
        .filter(kept)
        .map(|place| &expected[place].1)
        .collect();
    let got = parsed("parse", input.as_bytes());
    assert_eq!(got.len(), wants.len());
    for (got, want) in got.iter().zip(wants) {
        match want.get("error") {
            Some(_) => assert!(got.get("error").is_some(), "{got} {want}"),
            None => assert_eq!(got, want),
        }
    }
}

/// One line of a block under its `<`.
fn note(want: &mut Value, line: &str) {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "command" => want["command"] = rest.into(),
        "error" => *want = json!({"error": rest}),
        "param" => want["params"].as_array_mut().unwrap().push(rest.into()),
        "source" => want["source"] = rest.into(),
        "tag" => {
            let (key, value) = rest.split_once('=').expect("a tag has a value");
            want["tags"][key] = value.into();
        }
        _ => {}
    }
}

/// Pictures of control characters, as the characters themselves.
fn control(line: &str) -> String {
    let one = |found: char| match found {
        '\u{2400}'..='\u{241f}' => char::from((u32::from(found) - 0x2400) as u8),
        other => other,
    };
    line.chars().map(one).collect()
}
