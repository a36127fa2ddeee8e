//! A block of addresses: `10.0.0.0/8`, `::1`.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// Addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    address: IpAddr,
    bits: u8,
}

/// The text is not a block of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACidr;

impl Cidr {
    /// Whether an address lies in the block; an IPv4 address mapped into IPv6 counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                let differing = u32::from(ours) ^ u32::from(theirs);
                differing.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                let differing = u128::from(ours) ^ u128::from(theirs);
                differing.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl FromStr for Cidr {
    type Err = NotACidr;

    fn from_str(text: &str) -> Result<Self, NotACidr> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| NotACidr)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => most,
            // `+8` and `08` are numbers to Rust, and mistakes to people.
            Some(bits) if bits != "0" && !bits.starts_with(|first| matches!(first, '1'..='9')) => {
                return Err(NotACidr);
            }
            Some(bits) => bits.parse().map_err(|_| NotACidr)?,
        };
        if bits > most {
            return Err(NotACidr);
        }
        Ok(Self { address, bits })
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.address, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, inside: &[&str], outside: &[&str]) {
        let cidr: Cidr = block.parse().unwrap();
        for address in inside {
            assert!(
                cidr.contains(address.parse().unwrap()),
                "{address} in {block}"
            );
        }
        for address in outside {
            assert!(
                !cidr.contains(address.parse().unwrap()),
                "{address} not in {block}"
            );
        }
        assert_eq!(cidr.to_string().parse(), Ok(cidr));
    }

    #[test]
    fn blocks() {
        check(
            "127.0.0.0/8",
            &["127.0.0.0", "127.255.255.255", "::ffff:127.0.0.1"],
            &["126.255.255.255", "128.0.0.0", "::1"],
        );
        check("10.1.2.3", &["10.1.2.3"], &["10.1.2.2", "10.1.2.4"]);
        check("0.0.0.0/0", &["0.0.0.0", "255.255.255.255"], &["::"]);
        check(
            "192.168.1.128/25",
            &["192.168.1.128", "192.168.1.255"],
            &["192.168.1.127"],
        );
        check("::1", &["::1"], &["::2", "127.0.0.1"]);
        check("::/0", &["::", "ffff::"], &["1.2.3.4"]);
        check("2001:db8::/33", &["2001:db8:7fff::1"], &["2001:db8:8000::"]);
    }

    #[test]
    fn not_blocks() {
        for text in [
            "",
            "/8",
            "10.0.0.0/",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "10.0.0.0/-1",
            "a",
        ] {
            assert_eq!(text.parse::<Cidr>(), Err(NotACidr), "{text}");
        }
    }
}
