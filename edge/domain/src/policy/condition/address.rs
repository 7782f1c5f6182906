//! Ranges of IP addresses.

use std::net::IpAddr;

/// The bits of an IPv6 address that maps an IPv4 one, before the latter begins.
const MAPPED: u32 = 96;

/// A range in CIDR notation, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    address: IpAddr,
    /// At most 32 for IPv4, 128 for IPv6.
    prefix: u32,
}

impl Network {
    /// Reads `203.0.113.0/24`, `2001:db8::/32` or an address alone. Bits behind the prefix are not looked at.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address.parse::<IpAddr>().ok()?, Some(number(prefix)?)),
            None => (text.parse().ok()?, None),
        };
        let width = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(width);
        if prefix > width {
            return None;
        }
        match (address, address.to_canonical()) {
            (IpAddr::V6(_), mapped @ IpAddr::V4(_)) if prefix >= MAPPED => {
                Some(Self { address: mapped, prefix: prefix - MAPPED })
            }
            _ => Some(Self { address, prefix }),
        }
    }

    /// An IPv4 address is the same whether it comes as such or mapped into IPv6, and in no range of the latter.
    pub(super) fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let differing = u32::from(network) ^ u32::from(address);
                differing.checked_shr(32 - self.prefix).unwrap_or(0) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let differing = u128::from(network) ^ u128::from(address);
                differing.checked_shr(128 - self.prefix).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

fn number(prefix: &str) -> Option<u32> {
    let plain = prefix.len() <= 3 && prefix.bytes().all(|byte| byte.is_ascii_digit());
    if plain { prefix.parse().ok() } else { None }
}
