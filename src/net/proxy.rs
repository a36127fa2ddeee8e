//! PROXY headers, versions 1 and 2: from where a trusted proxy says that a connection comes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What version 1 begins with.
const V1_WORD: &[u8] = b"PROXY ";
/// A line of version 1, CRLF included, is no longer.
const V1_MAX_BYTES: usize = 107;
/// What version 2 begins with.
const V2_SIGNATURE: &[u8; 12] = b"\r\n\r\n\0\r\nQUIT\n";
/// Signature, version and command, family, length.
const V2_FIXED_BYTES: usize = 16;
/// Addresses and what proxies add to them are far shorter.
const V2_MAX_BYTES: usize = 4_096;

/// A header that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Where the connection comes from; absent when the proxy speaks for itself, or does not tell.
    pub source: Option<IpAddr>,
    /// Bytes of the header: what follows is the client's.
    pub length: usize,
}

/// Why there is no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoHeader {
    /// The bytes are none.
    Malformed,
    /// More bytes are needed.
    NeedMore,
}

/// Reads the header at the beginning of the bytes.
///
/// # Errors
/// Says whether more bytes can help.
pub fn header(bytes: &[u8]) -> Result<Header, NoHeader> {
    let common = bytes.len().min(V2_SIGNATURE.len());
    if bytes[..common] == V2_SIGNATURE[..common] {
        v2(bytes)
    } else {
        v1(bytes)
    }
}

/// `PROXY TCP4 192.0.2.1 198.51.100.1 56324 6667` and CRLF.
fn v1(bytes: &[u8]) -> Result<Header, NoHeader> {
    let common = bytes.len().min(V1_WORD.len());
    if bytes[..common] != V1_WORD[..common] {
        return Err(NoHeader::Malformed);
    }
    let seen = &bytes[..bytes.len().min(V1_MAX_BYTES)];
    let Some(end) = seen.windows(2).position(|pair| pair == b"\r\n") else {
        return Err(if bytes.len() < V1_MAX_BYTES {
            NoHeader::NeedMore
        } else {
            NoHeader::Malformed
        });
    };
    let line = std::str::from_utf8(&seen[..end]).map_err(|_| NoHeader::Malformed)?;
    let source = v1_source(line).ok_or(NoHeader::Malformed)?;
    Ok(Header {
        source,
        length: end + 2,
    })
}

fn v1_source(line: &str) -> Option<Option<IpAddr>> {
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        ["PROXY", "UNKNOWN", ..] => Some(None),
        ["PROXY", family, source, destination, from, to] => {
            let (source, destination): (IpAddr, IpAddr) =
                (source.parse().ok()?, destination.parse().ok()?);
            let _: (u16, u16) = (from.parse().ok()?, to.parse().ok()?);
            let v4 = match family {
                "TCP4" => true,
                "TCP6" => false,
                _ => return None,
            };
            (source.is_ipv4() == v4 && destination.is_ipv4() == v4).then_some(Some(source))
        }
        _ => None,
    }
}

fn v2(bytes: &[u8]) -> Result<Header, NoHeader> {
    let Some(fixed) = bytes.get(V2_SIGNATURE.len()..V2_FIXED_BYTES) else {
        return Err(NoHeader::NeedMore);
    };
    let (command, family) = (fixed[0], fixed[1]);
    let length = V2_FIXED_BYTES + usize::from(u16::from_be_bytes([fixed[2], fixed[3]]));
    if length > V2_MAX_BYTES {
        return Err(NoHeader::Malformed);
    }
    let body = bytes
        .get(V2_FIXED_BYTES..length)
        .ok_or(NoHeader::NeedMore)?;
    let source = match command {
        // LOCAL: the proxy itself, as when it looks whether we are alive.
        0x20 => None,
        0x21 => v2_source(family, body).ok_or(NoHeader::Malformed)?,
        _ => return Err(NoHeader::Malformed),
    };
    Ok(Header { source, length })
}

/// The source stands first, then the destination and both ports.
fn v2_source(family: u8, body: &[u8]) -> Option<Option<IpAddr>> {
    match family >> 4 {
        1 => {
            let addresses: &[u8; 12] = body.first_chunk()?;
            let source: [u8; 4] = *addresses.first_chunk()?;
            Some(Some(Ipv4Addr::from(source).into()))
        }
        2 => {
            let addresses: &[u8; 36] = body.first_chunk()?;
            let source: [u8; 16] = *addresses.first_chunk()?;
            Some(Some(Ipv6Addr::from(source).into()))
        }
        // Unspecified, or a unix socket.
        0 | 3 => Some(None),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header is found whole, and not before its last byte.
    fn check(bytes: &[u8], source: Option<&str>) {
        let with_more = [bytes, b"NICK a\r\n"].concat();
        let expected = Header {
            source: source.map(|source| source.parse().unwrap()),
            length: bytes.len(),
        };
        assert_eq!(header(&with_more), Ok(expected), "{bytes:?}");
        for end in 0..bytes.len() {
            assert_eq!(
                header(&bytes[..end]),
                Err(NoHeader::NeedMore),
                "{end} of {bytes:?}"
            );
        }
    }

    fn version_2(command: u8, family: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap().to_be_bytes();
        [&V2_SIGNATURE[..], &[command, family], &length, body].concat()
    }

    #[test]
    fn lines() {
        check(
            b"PROXY TCP4 192.0.2.1 198.51.100.1 56324 6667\r\n",
            Some("192.0.2.1"),
        );
        check(
            b"PROXY TCP6 2001:db8::1 2001:db8::2 1 65535\r\n",
            Some("2001:db8::1"),
        );
        check(b"PROXY UNKNOWN\r\n", None);
        check(b"PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", None);
    }

    #[test]
    fn binary() {
        let v4 = [192, 0, 2, 1, 198, 51, 100, 1, 1, 2, 3, 4];
        check(&version_2(0x21, 0x11, &v4), Some("192.0.2.1"));
        check(
            &version_2(0x21, 0x11, &[&v4[..], &[9; 50]].concat()),
            Some("192.0.2.1"),
        );
        let mut v6 = [0; 36];
        v6[15] = 7;
        check(&version_2(0x21, 0x21, &v6), Some("::7"));
        check(&version_2(0x20, 0x00, &[]), None);
        check(&version_2(0x20, 0x11, &v4), None);
        check(&version_2(0x21, 0x00, &[]), None);
        check(&version_2(0x21, 0x31, &[0; 216]), None);
    }

    #[test]
    fn malformed() {
        let long = [&b"PROXY UNKNOWN "[..], &[b'x'; 100]].concat();
        for bytes in [
            &b"PROXY TCP4 192.0.2.1 198.51.100.1 56324\r\n"[..],
            b"PROXY TCP4 192.0.2.1 198.51.100.1 56324 6667 1\r\n",
            b"PROXY TCP4 ::1 ::2 1 2\r\n",
            b"PROXY TCP6 192.0.2.1 198.51.100.1 1 2\r\n",
            b"PROXY TCP4 192.0.2.1 198.51.100.1 65536 1\r\n",
            b"PROXY UDP4 192.0.2.1 198.51.100.1 1 1\r\n",
            b"PROXY TCP4 192.0.2.256 198.51.100.1 1 1\r\n",
            b"PROXY\r\n",
            b"HELP\r\n",
            b"HEL",
            b"PROXX",
            b"PROXY \xff\r\n",
            &long,
            &version_2(0x22, 0x11, &[0; 12]),
            &version_2(0x11, 0x11, &[0; 12]),
            &version_2(0x21, 0x11, &[0; 11]),
            &version_2(0x21, 0x21, &[0; 35]),
            &version_2(0x21, 0x41, &[0; 36]),
            &version_2(0x21, 0x00, &[0; V2_MAX_BYTES]),
        ] {
            assert_eq!(header(bytes), Err(NoHeader::Malformed), "{bytes:?}");
        }
    }
}
