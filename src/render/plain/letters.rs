//! The letters of users, made harmless once more: what a text may not have is left out here too.

use crate::model::text::is_shown;

/// Appends it on one line: a line end becomes a space.
pub fn push(out: &mut String, text: &str) {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        out.push_str(text);
        return;
    }
    for found in unformatted(text) {
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
    for found in unformatted(text) {
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
    for found in unformatted(text) {
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

/// The letters without what IRC formats with: a colour is its code and up to two numbers (modern IRC, formatting).
fn unformatted(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let found = rest.chars().next()?;
            rest = &rest[found.len_utf8()..];
            match found {
                '\u{3}' => rest = after_colors(rest, 2, |letter| letter.is_ascii_digit()),
                '\u{4}' => rest = after_colors(rest, 6, |letter| letter.is_ascii_hexdigit()),
                found => return Some(found),
            }
        }
    })
}

/// What follows a colour, and a second one after a comma.
fn after_colors(text: &str, most: usize, is_digit: fn(&char) -> bool) -> &str {
    let digits = |text: &str| text.chars().take(most).take_while(is_digit).count();
    let first = digits(text);
    let rest = &text[first..];
    let second = rest.strip_prefix(',').filter(|_| first > 0).map(digits);
    match second {
        Some(length) if length > 0 => &rest[1 + length..],
        Some(_) | None => rest,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_see_no_formatting() {
        for (text, shown) in [
            ("\u{2}bold\u{2} and \u{1d}slanted\u{f}", "bold and slanted"),
            ("\u{3}04red\u{3} \u{3}4,12both\u{3}", "red both"),
            ("\u{3}123", "3"),
            ("\u{3}4,x", ",x"),
            ("\u{3},4", ",4"),
            ("\u{4}ff00aared \u{4}", "red "),
            ("\u{3}", ""),
        ] {
            let mut out = String::new();
            push(&mut out, text);
            assert_eq!(out, shown, "{text:?}");
        }
    }
}
