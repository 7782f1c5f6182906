//! `us-east-1_AbCdEfGhI`: a region, and nine alphanumerics that hold a 32-bit tag and a 21-bit MAC over tag and region.

use super::{IdKey, base};
use crate::random::{self, Random};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What addresses a pool's objects. Only this module and its siblings make one, from an id whose MAC held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PoolTag(pub(super) u32);

impl PoolTag {
    pub(super) const fn bytes(self) -> [u8; 4] {
        self.0.to_be_bytes()
    }
    /// The tag's number, for sealing into tokens of our own.
    pub const fn number(self) -> u32 {
        self.0
    }
    /// A tag read back from something *we* sealed or stored, which vouches for it.
    pub const fn from_trusted(number: u32) -> Self {
        Self(number)
    }
}

impl fmt::Display for PoolTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

const MAC_BITS: u32 = 21;
const WIDTH: usize = 9;

/// A user pool's id, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PoolId {
    text: String,
    tag: PoolTag,
}

impl PoolId {
    pub fn draw(key: &IdKey, region: &str, random: &dyn Random) -> Self {
        let tag = PoolTag(u32::from_be_bytes(random::bytes(random)));
        let number = u128::from(tag.0) << MAC_BITS | u128::from(mac(key, region, tag));
        Self { text: format!("{region}_{}", base::encode62(number, WIDTH)), tag }
    }
    /// `None` when the shape or the MAC is wrong: such a pool was never ours.
    pub fn parse(key: &IdKey, text: &str) -> Option<Self> {
        let (region, name) = text.split_once('_')?;
        if name.len() != WIDTH || !super::pool::is_region(region) {
            return None;
        }
        let number = base::decode62(name)?;
        let tag = PoolTag(u32::try_from(number >> MAC_BITS).ok()?);
        let found = u32::try_from(number & ((1 << MAC_BITS) - 1)).ok()?;
        (found == mac(key, region, tag)).then(|| Self { text: text.to_owned(), tag })
    }
    pub const fn tag(&self) -> PoolTag {
        self.tag
    }
    pub fn as_str(&self) -> &str {
        &self.text
    }
    pub fn region(&self) -> &str {
        self.text.split_once('_').map_or("", |(region, _)| region)
    }
    /// The part after the underscore, which SRP calls the pool name.
    pub fn name(&self) -> &str {
        self.text.split_once('_').map_or("", |(_, name)| name)
    }
}

impl fmt::Display for PoolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn mac(key: &IdKey, region: &str, tag: PoolTag) -> u32 {
    u32::try_from(key.tag("pool", &[region.as_bytes(), &tag.bytes()]) >> (64 - MAC_BITS)).unwrap_or(u32::MAX)
}

/// AWS's region shape: lower-case letters, digits and hyphens, 5 to 32 characters.
pub(super) fn is_region(text: &str) -> bool {
    (5..=32).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && text.contains('-')
}
