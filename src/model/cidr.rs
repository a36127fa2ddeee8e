//! A block of addresses: `10.0.0.0/8`, `::1`.

// An address is a value: `core::net` knows no sockets.
use core::net::IpAddr;
use std::fmt;
use std::str::FromStr;

/// Addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr {
    address: IpAddr,
    bits: u8,
}

/// IPv4 addresses in IPv6 have so many bits in front.
const MAPPED_BITS: u8 = 96;

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

    /// Whether a host lies in the block; what is no address, like `local`, lies in none.
    #[must_use]
    pub fn has_host(&self, host: &str) -> bool {
        host.parse().is_ok_and(|address| self.contains(address))
    }

    /// The block with nothing set behind its bits: two that are the same are equal.
    #[must_use]
    pub fn network(self) -> Self {
        let (address, bits) = match self.address {
            IpAddr::V6(address) if self.bits >= MAPPED_BITS => match address.to_ipv4_mapped() {
                Some(address) => (IpAddr::V4(address), self.bits - MAPPED_BITS),
                None => (self.address, self.bits),
            },
            IpAddr::V4(_) | IpAddr::V6(_) => (self.address, self.bits),
        };
        let address = match address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
                IpAddr::V4((u32::from(address) & mask).into())
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
                IpAddr::V6((u128::from(address) & mask).into())
            }
        };
        Self { address, bits }
    }

    /// Whether it has more addresses than anybody means: less than 8 bits of IPv4, or 16 of IPv6, are fixed.
    #[must_use]
    pub const fn is_huge(&self) -> bool {
        match self.address {
            IpAddr::V4(_) => self.bits < 8,
            IpAddr::V6(_) => self.bits < 16,
        }
    }

    /// Whether this machine itself lies in it.
    #[must_use]
    pub const fn is_loopback(&self) -> bool {
        self.address.is_loopback()
    }

    /// As people write it: one address without its bits.
    #[must_use]
    pub fn short(&self) -> String {
        let most = if self.address.is_ipv4() { 32 } else { 128 };
        if self.bits == most {
            return self.address.to_string();
        }
        self.to_string()
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
    fn networks() {
        let network = |text: &str| text.parse::<Cidr>().unwrap().network().short();
        assert_eq!(network("10.1.2.3/8"), "10.0.0.0/8");
        assert_eq!(network("10.1.2.3/0"), "0.0.0.0/0");
        assert_eq!(network("10.1.2.3"), "10.1.2.3");
        assert_eq!(network("::ffff:10.1.2.3/104"), "10.0.0.0/8");
        assert_eq!(network("2001:db8::7/32"), "2001:db8::/32");
        assert_eq!(network("::7/0"), "::/0");
        let huge = |text: &str| text.parse::<Cidr>().unwrap().is_huge();
        assert!(huge("10.0.0.0/7") && !huge("10.0.0.0/8") && huge("::/8") && !huge("::/16"));
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
