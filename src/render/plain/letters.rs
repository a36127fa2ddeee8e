//! The letters of users, made harmless once more: what a text may not have is left out here too.

use crate::model::text::is_shown;

/// Appends it on one line: a line end becomes a space.
pub fn push(out: &mut String, text: &str) {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        out.push_str(text);
        return;
    }
    for found in text.chars() {
        match found {
            '\n' => out.push(' '),
            found if is_shown(found) => out.push(found),
            _ => {}
        }
    }
}

/// Appends it on one line from which the text can be had back: `\n` `\r` `\\`.
pub fn push_escaped(out: &mut String, text: &str) {
    let is_plain = |byte| (b' '..=b'~').contains(&byte) && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push_str(text);
        return;
    }
    for found in text.chars() {
        match found {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            found if is_shown(found) => out.push(found),
            _ => {}
        }
    }
}

/// Appends it as a JSON string.
pub fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let is_plain = |byte| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push_str(text);
        out.push('"');
        return;
    }
    for found in text.chars() {
        match found {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            found if is_shown(found) => out.push(found),
            _ => {}
        }
    }
    out.push('"');
}

/// Appends a number without the formatting machinery.
pub fn push_number(out: &mut String, mut number: u64) {
    let mut digits = [b'0'; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] += (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(digits[first..].iter().map(|digit| char::from(*digit)));
}
