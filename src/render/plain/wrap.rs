//! Lines for people, made to fit a known width: broken between words, never within one.

use unicode_width::UnicodeWidthStr;

/// What further lines begin with, so that they look like nothing else.
pub const FURTHER: &str = " | ";

/// Breaks whole lines where a width is known. The first `head` bytes tell what the first line is: they stay on it, with
/// the word that follows them.
pub fn wrapped(lines: String, head: usize, width: u16) -> String {
    if width == 0 {
        return lines;
    }
    let mut out = String::with_capacity(lines.len() + 32);
    for (at, line) in lines.split_terminator("\r\n").enumerate() {
        let head = if at == 0 { head } else { 0 };
        push(&mut out, line, head.max(indent(line)), width.into());
        out.push_str("\r\n");
    }
    out
}

fn push(out: &mut String, line: &str, head: usize, width: usize) {
    let (mut column, mut rest) = (0, line);
    while !rest.is_empty() {
        let at = line.len() - rest.len();
        let spaces = leading_spaces(rest);
        let words = &rest[spaces..];
        let (word, after) = words.split_at(words.find(' ').unwrap_or(words.len()));
        let columns = columns(word);
        // Spaces at the end of a line are not worth another one.
        let breaks = at > head && !word.is_empty() && column + spaces + columns > width;
        if breaks {
            out.push_str("\r\n");
            out.push_str(FURTHER);
            column = FURTHER.len();
        } else {
            out.push_str(&rest[..spaces]);
            column += spaces;
        }
        out.push_str(word);
        column += columns;
        rest = after;
    }
}

/// A line that only holds its beginning says nothing.
fn indent(line: &str) -> usize {
    let begins = if line.starts_with(FURTHER) {
        FURTHER.len()
    } else {
        0
    };
    begins + leading_spaces(&line[begins..])
}

fn leading_spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// How many columns a word takes; what paints it takes none.
fn columns(word: &str) -> usize {
    let mut parts = word.split("\x1b[");
    let first = parts.next().unwrap_or_default().width();
    let painted = parts.map(|part| {
        let end = part.find(|found: char| found.is_ascii_alphabetic());
        end.map_or(0, |end| part[end + 1..].width())
    });
    first + painted.sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, head: usize, width: u16, expected: &str) {
        let broken = wrapped(format!("{line}\r\n"), head, width);
        assert_eq!(broken, format!("{expected}\r\n"));
    }

    #[test]
    fn between_words() {
        check("+OK one two three", 4, 0, "+OK one two three");
        check("+OK one two three", 4, 11, "+OK one two\r\n | three");
        check("+OK enormous-word x", 4, 5, "+OK enormous-word\r\n | x");
        check("+OK one   two", 4, 8, "+OK one\r\n | two");
        check("+OK one   ", 4, 8, "+OK one   ");
        check(" Tip: one two", 0, 9, " Tip: one\r\n | two");
    }

    #[test]
    fn further_lines_say_something() {
        check(
            "#a <b> x\r\n |   enormous y",
            6,
            9,
            "#a <b> x\r\n |   enormous\r\n | y",
        );
        check("#a <b> x\r\n | ", 6, 9, "#a <b> x\r\n | ");
    }

    #[test]
    fn paint_takes_no_columns() {
        check(
            "\x1b[31mbob\x1b[39m 日本 x",
            0,
            8,
            "\x1b[31mbob\x1b[39m 日本\r\n | x",
        );
    }
}
