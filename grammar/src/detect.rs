//! What the first bytes of a connection are; nothing is consumed.

use nom::branch::alt;
use nom::bytes::streaming::{tag, tag_no_case, take_till, take_while1};
use nom::character::streaming::{digit1, one_of, satisfy};
use nom::combinator::{peek, value};
use nom::{IResult, Parser};

/// What may come in by a listener besides what always may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doors {
    /// A PROXY header, version 1 or 2, may stand first.
    pub proxy: bool,
}

/// Who is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detected {
    /// A request of HTTP, which is never to run as lines.
    Http,
    /// An IRC client.
    Irc,
    /// Too few bytes to tell; when no more come, it is `Plain`.
    NeedMore,
    /// Lines of the plain dialect.
    Plain,
    /// A PROXY header in text.
    ProxyV1,
    /// A PROXY header in binary.
    ProxyV2,
    /// A telnet client that negotiates at once; plain lines follow.
    Telnet,
    /// A TLS handshake.
    Tls,
}

/// A first line longer than this is decided as it stands.
pub const DECIDED_AFTER_BYTES: usize = 8_192;

const PROXY_V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";
const IRC_WORDS: [&str; 6] = ["AUTHENTICATE", "CAP", "NICK", "PASS", "USER", "WEBIRC"];
/// A longer first word is neither a method of HTTP nor one of IRC's.
const WORD_MAX_BYTES: usize = 32;

/// Tells what the bytes, the first of a connection, begin.
#[must_use]
pub fn detect(bytes: &[u8], doors: Doors) -> Detected {
    let found = first_of(bytes, doors);
    if found == Detected::NeedMore && bytes.len() > DECIDED_AFTER_BYTES {
        return overlong(bytes);
    }
    found
}

fn first_of(bytes: &[u8], doors: Doors) -> Detected {
    let binary = alt((
        value(Detected::Tls, tag(&b"\x16\x03"[..])),
        value(Detected::Telnet, tag(&b"\xff"[..])),
    ))
    .parse(bytes);
    let proxy = |bytes| {
        alt((
            value(Detected::ProxyV2, tag(PROXY_V2)),
            value(Detected::ProxyV1, tag(&b"PROXY "[..])),
        ))
        .parse(bytes)
    };
    let steps = [
        binary,
        if doors.proxy { proxy(bytes) } else { no(bytes) },
        irc(bytes),
        value(Detected::Http, http).parse(bytes),
    ];
    for step in steps {
        match step {
            Ok((_, found)) => return found,
            Err(nom::Err::Incomplete(_)) => return Detected::NeedMore,
            Err(nom::Err::Error(_) | nom::Err::Failure(_)) => {}
        }
    }
    Detected::Plain
}

/// As a first line a colon or an `@` is IRC's; later, `:` is plain's shortcut. Words count whole: `NICKNAME` is plain.
fn irc(bytes: &[u8]) -> IResult<&[u8], Detected> {
    let sign = one_of(&b":@"[..]);
    let (rest, _) = alt((value((), sign), value((), irc_word))).parse(bytes)?;
    Ok((rest, Detected::Irc))
}

fn irc_word(bytes: &[u8]) -> IResult<&[u8], ()> {
    let (rest, word) = first_word(bytes)?;
    let known = IRC_WORDS
        .iter()
        .any(|known| known.as_bytes().eq_ignore_ascii_case(word));
    if known { Ok((rest, ())) } else { no(bytes) }
}

/// `METHOD SP target SP HTTP/1.1` and the end of the line. Methods are anybody's to invent, so the version decides.
fn http(bytes: &[u8]) -> IResult<&[u8], ()> {
    let (rest, _) = first_word(bytes)?;
    let (rest, _) = tag(&b" "[..])(rest)?;
    let (rest, _) = take_while1(|byte: u8| byte > b' ').parse(rest)?;
    let (rest, _) = (tag(&b" HTTP/"[..]), digit1, tag(&b"."[..]), digit1).parse(rest)?;
    let (rest, _) = (
        take_till(|byte| byte != b' '),
        satisfy(|found| found == '\r' || found == '\n'),
    )
        .parse(rest)?;
    Ok((rest, ()))
}

/// A word of the characters that methods have, whole; spaces or the line's end follow.
fn first_word(bytes: &[u8]) -> IResult<&[u8], &[u8]> {
    if bytes.len() > WORD_MAX_BYTES && bytes[..WORD_MAX_BYTES].iter().all(|byte| is_token(*byte)) {
        return no(bytes);
    }
    let (rest, word) = take_while1(is_token).parse(bytes)?;
    let (rest, _) = peek(one_of(&b" \r\n"[..])).parse(rest)?;
    Ok((rest, word))
}

/// HTTP's `tchar`.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn no<T>(bytes: &[u8]) -> IResult<&[u8], T> {
    Err(nom::Err::Error(nom::error::Error::new(
        bytes,
        nom::error::ErrorKind::Fail,
    )))
}

/// A browser made to ask for a long address must not have the rest of its request run as lines.
fn overlong(bytes: &[u8]) -> Detected {
    let (word, target) = (take_while1(is_token), tag_no_case(&b" /"[..]));
    let asks: IResult<&[u8], _> = (word, target).parse(bytes);
    if asks.is_ok() {
        Detected::Http
    } else {
        Detected::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Detected::{Http, Irc, NeedMore, Plain, ProxyV1, ProxyV2, Telnet, Tls};

    const PROXY: Doors = Doors { proxy: true };

    fn plainly(bytes: &[u8]) -> Detected {
        detect(bytes, Doors::default())
    }

    #[test]
    fn first_bytes() {
        for (bytes, expected) in [
            (&b""[..], NeedMore),
            (b"\x16", NeedMore),
            (b"\x16\x03\x01", Tls),
            (b"\x16\x02", Plain),
            (b"\xff\xfd\x01", Telnet),
            (b"CAP LS 302\r\n", Irc),
            (b"CAP ", Irc),
            (b"CAP", NeedMore),
            (b"CAP\n", Irc),
            (b"nick alice\n", Irc),
            (b"NICKNAME\n", Plain),
            (b"NICKNAME", NeedMore),
            (b"PASS x\n", Irc),
            (b"PASSWD\n", Plain),
            (b"PASSWORD x\n", Plain),
            (b"USER a 0 * :A\n", Irc),
            (b"USERS\n", Plain),
            (b"AUTHENTICATE PLAIN\n", Irc),
            (b"WEBIRC a b c d\n", Irc),
            (b":alice", Irc),
            (b"@a=b", Irc),
            (b"REGISTER alice\n", Plain),
            (b"JOIN #ops\r\n", Plain),
            (b"HELP", NeedMore),
            (b"HELP\n", Plain),
            (b"\n", Plain),
            (b"\r\n", Plain),
            (b" NICK a\n", Plain),
            (b"/help", Plain),
            (b">bob", Plain),
            (b"'hi there", NeedMore),
            (b"'hi there\n", Plain),
            (b"caf\xc3\xa9", Plain),
            (b"\0", Plain),
        ] {
            assert_eq!(
                plainly(bytes),
                expected,
                "{:?}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn http_is_never_lines() {
        for (line, expected) in [
            ("GET / HTTP/1.1\r\n", Http),
            ("GET / HTTP/1.0\n", Http),
            ("POST /x?y HTTP/1.1\r\nHost: a\r\n\r\nLOGIN a b\n", Http),
            ("msg http://a/ HTTP/1.1\r\n", Http),
            ("PRI * HTTP/2.0\r\n", Http),
            ("OPTIONS * HTTP/1.1 \r\n", Http),
            ("GET / HTTP/1.1", NeedMore),
            ("GET / HTT", NeedMore),
            ("GET /", NeedMore),
            ("GET ", NeedMore),
            ("GET", NeedMore),
            ("GET /\r\n", Plain),
            ("DELETE 1042\n", Plain),
            ("DELETE 1042", NeedMore),
            ("DELETE 1042 wrong", Plain),
            ("DELETE 1042 HTTP/", NeedMore),
            ("DELETE 1042 HTTP/x", Plain),
            ("DELETE 1042 HTTP/1.1 is old\n", Plain),
            ("GET  / HTTP/1.1\r\n", Plain),
            ("MSG hello HTTP/1.1 world\n", Plain),
        ] {
            assert_eq!(plainly(line.as_bytes()), expected, "{line:?}");
        }
        let long = "a".repeat(DECIDED_AFTER_BYTES);
        assert_eq!(plainly(format!("GET /{long}").as_bytes()), Http);
        assert_eq!(plainly(format!("MSG {long}").as_bytes()), Plain);
        assert_eq!(plainly(long.as_bytes()), Plain);
    }

    #[test]
    fn proxy_headers_only_where_they_may_come() {
        let v1 = b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n";
        assert_eq!(detect(v1, PROXY), ProxyV1);
        assert_eq!(plainly(v1), Plain);
        assert_eq!(detect(b"PROX", PROXY), NeedMore);
        assert_eq!(detect(b"PROXYX\n", PROXY), Plain);
        assert_eq!(detect(PROXY_V2, PROXY), ProxyV2);
        assert_eq!(detect(&PROXY_V2[..7], PROXY), NeedMore);
        assert_eq!(plainly(PROXY_V2), Plain);
        assert_eq!(detect(b"\r\nHELP\r\n", PROXY), Plain);
    }

    #[test]
    fn what_is_told_stays_told() {
        let lines = [
            "CAP LS\r\n",
            "GET / HTTP/1.1\r\n",
            "DELETE 1042 HTTP/1.1 x\n",
            "HELP me\n",
            "\x16\x03\x01",
            "nick x\n",
        ];
        for line in lines {
            let all = plainly(line.as_bytes());
            for end in 0..line.len() {
                let part = plainly(&line.as_bytes()[..end]);
                assert!(
                    part == NeedMore || part == all,
                    "{:?} is {part:?}, then {all:?}",
                    &line[..end]
                );
            }
        }
    }
}
