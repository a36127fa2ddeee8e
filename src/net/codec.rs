//! The codec of lines: bytes in, lines out; one that is too long is told once, and never held.

use std::io;

use bytes::{Buf, BytesMut};
use tokio_util::codec::Decoder;

/// Takes lines from bytes. Of what it has not given out it holds at most a line of the longest length.
#[derive(Clone, Copy, Debug)]
pub struct LineCodec {
    limit: usize,
    /// So many bytes were looked at before, and hold no line end.
    searched: usize,
    /// The rest of a line that was too long is dropped as it comes.
    dropping: bool,
}

/// One line, without its end.
#[derive(Clone, PartialEq, Eq)]
pub enum Line {
    /// What it says.
    Text(String),
    /// It is longer than the limit.
    TooLong,
    /// It is not UTF-8.
    NotUtf8,
}

impl LineCodec {
    /// Takes lines of at most `limit` bytes, the line end not counted.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            searched: 0,
            dropping: false,
        }
    }

    /// Changes the limit, as when IRC's shorter lines turn out to be spoken.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    fn next(&mut self, source: &mut BytesMut) -> Option<Line> {
        loop {
            let Some(end) = source[self.searched..]
                .iter()
                .position(|byte| *byte == b'\n')
            else {
                return self.unfinished(source);
            };
            let line = source.split_to(self.searched + end);
            source.advance(1);
            self.searched = 0;
            if !std::mem::take(&mut self.dropping) {
                return Some(self.line(&line));
            }
        }
    }

    /// What can be told of a line whose end has not come: that it is too long.
    fn unfinished(&mut self, source: &mut BytesMut) -> Option<Line> {
        if !self.dropping && without_return(source).len() <= self.limit {
            self.searched = source.len();
            return None;
        }
        source.clear();
        self.searched = 0;
        (!std::mem::replace(&mut self.dropping, true)).then_some(Line::TooLong)
    }

    fn line(&self, line: &[u8]) -> Line {
        let line = without_return(line);
        if line.len() > self.limit {
            return Line::TooLong;
        }
        match std::str::from_utf8(line) {
            Ok(text) => Line::Text(text.to_owned()),
            Err(_) => Line::NotUtf8,
        }
    }
}

impl Decoder for LineCodec {
    type Item = Line;
    type Error = io::Error;

    fn decode(&mut self, source: &mut BytesMut) -> io::Result<Option<Line>> {
        let line = self.next(source);
        release(source);
        Ok(line)
    }

    /// The last line counts without its end, too.
    fn decode_eof(&mut self, source: &mut BytesMut) -> io::Result<Option<Line>> {
        let line = match self.next(source) {
            None if source.is_empty() => None,
            None => Some(self.line(&source.split())),
            line => line,
        };
        if source.is_empty() {
            self.searched = 0;
        }
        release(source);
        Ok(line)
    }
}

/// What was said may be a password.
impl std::fmt::Debug for Line {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(out, "Text({} bytes)", text.len()),
            Self::TooLong => out.write_str("TooLong"),
            Self::NotUtf8 => out.write_str("NotUtf8"),
        }
    }
}

/// Thousands of connections wait with nothing in hand: an empty buffer keeps no memory.
fn release(source: &mut BytesMut) {
    if source.is_empty() {
        *source = BytesMut::new();
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that comes out of packets of that size, and the most that was held between them.
    fn lines(bytes: &[u8], limit: usize, packet: usize) -> (Vec<Line>, usize) {
        let (mut codec, mut buffer) = (LineCodec::new(limit), BytesMut::new());
        let (mut lines, mut held) = (Vec::new(), 0);
        for packet in bytes.chunks(packet) {
            buffer.extend_from_slice(packet);
            while let Some(line) = codec.decode(&mut buffer).unwrap() {
                lines.push(line);
            }
            held = held.max(buffer.len());
        }
        while let Some(line) = codec.decode_eof(&mut buffer).unwrap() {
            lines.push(line);
        }
        assert_eq!(buffer.capacity(), 0);
        (lines, held)
    }

    fn check(bytes: &[u8], expected: &[Line]) {
        for packet in [1, 2, 3, 7, 1_000] {
            let (lines, held) = lines(bytes, 8, packet);
            assert!(lines == expected, "{lines:?} in packets of {packet}");
            assert!(held <= 9, "{held} bytes held in packets of {packet}");
        }
    }

    fn text(text: &str) -> Line {
        Line::Text(text.into())
    }

    #[test]
    fn ends() {
        check(b"", &[]);
        check(
            b"a\nb\r\n\n\r\n",
            &[text("a"), text("b"), text(""), text("")],
        );
        check(b"a\rb\r\r\n", &[text("a\rb\r")]);
        check(b"QUIT", &[text("QUIT")]);
        check(b"QUIT\r", &[text("QUIT")]);
        check("é\n日本\n".as_bytes(), &[text("é"), text("日本")]);
    }

    #[test]
    fn too_long_once() {
        check(
            b"12345678\n12345678\r\n",
            &[text("12345678"), text("12345678")],
        );
        check(b"123456789\nok\n", &[Line::TooLong, text("ok")]);
        check(b"12345678\r\r\nok\n", &[Line::TooLong, text("ok")]);
        let long = [b"x".repeat(500), b"\n\nok\n".to_vec(), b"y".repeat(500)].concat();
        check(&long, &[Line::TooLong, text(""), text("ok"), Line::TooLong]);
    }

    #[test]
    fn not_utf8() {
        check(
            b"caf\xe9\nok\n\xff",
            &[Line::NotUtf8, text("ok"), Line::NotUtf8],
        );
    }

    #[test]
    fn nothing_said_is_shown() {
        assert_eq!(format!("{:?}", text("LOGIN a b")), "Text(9 bytes)");
    }
}
