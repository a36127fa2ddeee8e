//! What holds of every input: shared by the property tests and the fuzz targets.

use chinwag_grammar::detect::{DECIDED_AFTER_BYTES, Detected, Doors, detect};
use chinwag_grammar::irc::{Message, Source};
use chinwag_grammar::plain::{self, FaultKind, Speech};
use chinwag_grammar::telnet::{Telnet, escape};

/// A line that is a message is the same message after it was written and read again.
pub fn line(text: &str) {
    let Ok(message) = Message::parse(text) else {
        return;
    };
    let rendered = message.to_string();
    assert!(!rendered.contains(['\0', '\r', '\n']));
    let again = Message::parse(&rendered).expect("what was written can be read");
    assert!(
        again == message && again.to_string() == rendered,
        "{text:?} became {rendered:?}"
    );
    if let Some(source) = message.source() {
        assert!(source.starts_with(Source::parse(source).name));
    }
}

/// A request's arguments are pieces of the line, in its order; a fault points into the line.
pub fn plain(text: &str) {
    let _: Speech<'_> = plain::speech(text);
    let mut rest = text;
    match plain::parse(text) {
        Ok(request) => {
            for (name, value) in request.args.iter() {
                let at = rest
                    .find(value)
                    .unwrap_or_else(|| panic!("{name} of {text:?}"));
                rest = &rest[at + value.len()..];
                assert!(!value.is_empty());
            }
            getters(&request);
            assert!(!format!("{request:?}").is_empty());
        }
        Err(fault) => {
            assert!(!fault.to_string().is_empty() && !format!("{fault:?}").is_empty());
            match fault.kind {
                FaultKind::Empty => {}
                FaultKind::Invalid {
                    found, expected, ..
                } => {
                    assert!(!found.is_empty() && text.contains(found) && !expected.is_empty());
                }
                FaultKind::NeedMore { expected, .. } => assert!(!expected.is_empty()),
                FaultKind::TooMuch { found, .. } => {
                    assert!(!found.is_empty() && text.contains(found));
                }
                FaultKind::UnknownCommand { verb, .. } => assert!(plain::rule(verb).is_none()),
            }
        }
    }
}

/// A getter of the argument's own type finds what the walk accepted.
fn getters(request: &plain::Request<'_>) {
    let args = &request.args;
    for (name, _) in args.iter() {
        let found = match name {
            "room" | "newroom" => args.room(name).is_some() && !args.rooms(name).is_empty(),
            "nick" | "account" => args.nick(name).is_some(),
            "target" => args.target(name).is_some(),
            "ban-mask" => args.mask(name).is_some(),
            "number" => args.number(name).is_some(),
            "count" => args.count(name).is_some(),
            "duration" => args.duration(name).is_some(),
            "before" | "after" => args.date(name).is_some(),
            "modes" => args.modes(name).is_some(),
            "heredoc" => args.heredoc().is_some(),
            other => args.text(other).is_some(),
        };
        assert!(found, "{name}");
    }
}

/// What is told once stays told, however the bytes come in.
pub fn detection(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(DECIDED_AFTER_BYTES)];
    for doors in [Doors { proxy: false }, Doors { proxy: true }] {
        let whole = detect(bytes, doors);
        assert!(doors.proxy || !matches!(whole, Detected::ProxyV1 | Detected::ProxyV2));
        for end in (0..bytes.len()).take(80) {
            let part = detect(&bytes[..end], doors);
            assert!(
                part == Detected::NeedMore || part == whole,
                "{part:?} after {end} bytes, then {whole:?}"
            );
        }
    }
}

/// Packets do not matter, nothing grows, and what is escaped arrives.
pub fn telnet(bytes: &[u8]) {
    let (mut telnet, mut data, mut said) = (Telnet::default(), Vec::new(), Vec::new());
    telnet.feed(bytes, &mut data, &mut said);
    assert!(data.len() <= bytes.len() && said.len() * 3 <= bytes.len());
    let (mut other, mut slowly, mut said_slowly) = (Telnet::default(), Vec::new(), Vec::new());
    for packet in bytes.chunks(1 + bytes.len() % 5) {
        other.feed(packet, &mut slowly, &mut said_slowly);
    }
    assert!(data == slowly && said == said_slowly);
    let mut answer = Vec::new();
    said.iter()
        .for_each(|said| telnet.answer(said, &mut answer));
    let (mut escaped, mut back) = (Vec::new(), Vec::new());
    let sent: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| *byte != b'\r')
        .collect();
    escape(&sent, &mut escaped);
    Telnet::default().feed(&escaped, &mut back, &mut Vec::new());
    assert_eq!(back, sent);
}
