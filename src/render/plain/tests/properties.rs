//! Whatever people write, a line stays of its kind, and nobody forges another.

use std::sync::Arc;

use chinwag_grammar::{Tag, plain as grammar};
use proptest::prelude::*;

use super::samples;
use crate::model::screen::{Bell, TimeStyle, Zone};
use crate::model::{AccountId, Format, Screen, Settings, Text};
use crate::render::plain;
use crate::render::{Class, Regard};
use crate::reply::{Reply, Row};

/// Checks whole lines: each begins as its format wants, and is of the grammar.
fn check(lines: &str, first: &str, rule: &str) {
    let lines = lines.strip_suffix("\r\n").expect("lines end in CRLF");
    for line in lines.split("\r\n") {
        assert!(!line.contains(['\n', '\r', '\0', '\t']), "{line:?}");
        assert!(line.starts_with(|found| first.contains(found)), "{line:?}");
        // What begins with a space is a further line or a note, whatever came before.
        let rule = if line.starts_with(' ') { "human" } else { rule };
        assert!(grammar::replies().matches(rule, line), "{rule} {line:?}");
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("\r\n+OK forged".to_owned()),
        Just("\n+OK forged".to_owned()),
        Just("\n= row\n-ERR X : y\n~ MSG".to_owned()),
        Just("\u{1b}[2J\u{9b}31m\u{7}\0\t".to_owned()),
        Just("\u{202e}\u{2028}\u{feff}\u{a0}\u{7f}".to_owned()),
        Just("\\n\\ \"}{".to_owned()),
        Just(" :x * bob joined ".to_owned()),
        any::<String>(),
        "[a-z +=>~:-]{0,40}",
    ];
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn screens() -> impl Strategy<Value = Screen> {
    let format = prop_oneof![Just(Format::Json), Just(Format::Line), Just(Format::Text)];
    let time = prop_oneof![
        Just(TimeStyle::Full),
        Just(TimeStyle::Off),
        Just(TimeStyle::Short)
    ];
    let bell = prop_oneof![Just(Bell::All), Just(Bell::Mentions), Just(Bell::Off)];
    let width = prop_oneof![Just(0), 1..100_u16];
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (format, time, bell, width, flags).prop_map(|(format, time, bell, width, flags)| Screen {
        format,
        width,
        settings: Settings {
            bell,
            color: flags.0,
            numbers: flags.1,
            quiet: false,
            time,
            zone: Zone::parse(if flags.2 { "Asia/Kolkata" } else { "UTC" }).expect("it exists"),
        },
    })
}

fn regards() -> impl Strategy<Value = Regard> {
    prop_oneof![
        Just(Regard::Addressed),
        Just(Regard::Other),
        Just(Regard::Own)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nobody_forges_a_line(text in hostile(), screen in screens(), regard in regards()) {
        let (first, rule) = match screen.format {
            Format::Json => ("{", "json-event"),
            Format::Line => ("~", "event"),
            Format::Text => ("0123456789#[ ", "happened"),
        };
        for event in samples::events(&text) {
            let fact = Arc::new(samples::fact(event));
            check(&plain::fact(&fact, &Class { screen, regard, irc: None }), first, rule);
            let (first, rule) = match screen.format {
                Format::Json => ("{", "json-row"),
                Format::Line => ("=", "row-message"),
                Format::Text => ("= ", "row-message"),
            };
            let row = Row::Message { fact, reader: Some(AccountId(1)) };
            check(&plain::row(&row, None, &screen), first, rule);
        }
    }

    #[test]
    fn nobody_forges_an_answer(text in hostile(), screen in screens()) {
        let tag = Tag::parse("t1");
        let text = Text::new(&text);
        let json = screen.format == Format::Json;
        let further = if screen.format == Format::Text { " " } else { "" };
        let ok = Reply::Pong { text: text.clone() };
        let err = Reply::NoSuchCommand { verb: text.clone(), hint: text.clone() };
        for tag in [None, tag.as_ref()] {
            let (first, rule) = if json { ("{", "json-ok") } else { ("+", "ok") };
            check(&plain::reply(&ok, tag, &screen), &format!("{first}{further}"), rule);
            let (first, rule) = if json { ("{", "json-err") } else { ("-", "err") };
            check(&plain::reply(&err, tag, &screen), &format!("{first}{further}"), rule);
            let (first, rule) = if json { ("{", "json-row") } else { ("=", "row") };
            let row = Row::Text { text: text.clone() };
            check(&plain::row(&row, tag, &screen), &format!("{first}{further}"), rule);
        }
    }
}
