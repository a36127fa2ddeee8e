//! How a script spells what is long, or hard to see.

/// A longer run of one character is shown as its count.
const RUN_MAX: usize = 40;

/// What a script types: `{x*3}` is `xxx`, `{u+202e}` that character.
pub fn meant(typed: &str) -> String {
    let mut out = String::new();
    let mut rest = typed;
    while let Some((before, spelled, after)) = next(rest) {
        out.push_str(before);
        match expanded(spelled) {
            Some(text) => out.push_str(&text),
            None => out.push_str(&format!("{{{spelled}}}")),
        }
        rest = after;
    }
    out + rest
}

/// What a script sends: `|` ends a line, `{ff}` is that byte.
pub fn bytes(sent: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let ended = sent.replace('|', "\n");
    let mut rest = ended.as_str();
    while let Some((before, spelled, after)) = next(rest) {
        out.extend_from_slice(before.as_bytes());
        match u8::from_str_radix(spelled, 16) {
            Ok(byte) => out.push(byte),
            Err(_) => out.extend(meant(&format!("{{{spelled}}}")).into_bytes()),
        }
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// What somebody sees, so that a reader of the snapshot sees it too.
pub fn shown(seen: &str) -> String {
    let mut out = String::new();
    let mut letters = seen.chars().peekable();
    while let Some(letter) = letters.next() {
        let mut count = 1;
        while letters.next_if_eq(&letter).is_some() {
            count += 1;
        }
        if count > RUN_MAX {
            out.push_str(&format!("{{{letter}*{count}}}"));
            continue;
        }
        for _ in 0..count {
            show(letter, &mut out);
        }
    }
    out
}

/// What a telnet client is asked, three bytes each time, is no text.
pub fn without_telnet(told: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(told.len());
    let mut bytes = told.iter();
    while let Some(byte) = bytes.next() {
        match *byte {
            0xff => {
                bytes.nth(1);
            }
            letter => text.push(letter),
        }
    }
    text
}

fn show(letter: char, out: &mut String) {
    match letter {
        '\u{1b}' => out.push('␛'),
        '\u{7}' => out.push('␇'),
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            out.push_str(&format!("{{u+{:04x}}}", u32::from(letter)));
        }
        _ if letter.is_control() => out.push_str(&format!("{{u+{:04x}}}", u32::from(letter))),
        _ => out.push(letter),
    }
}

/// What stands before the next braces, in them, and after.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (spelled, after) = rest.split_once('}')?;
    Some((before, spelled, after))
}

fn expanded(spelled: &str) -> Option<String> {
    if let Some(code) = spelled.strip_prefix("u+") {
        let letter = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
        return Some(letter.to_string());
    }
    let (text, count) = spelled.rsplit_once('*')?;
    Some(text.repeat(count.parse().ok()?))
}
