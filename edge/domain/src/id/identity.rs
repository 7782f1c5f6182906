//! `us-east-1:<uuid>` ids of identity pools and identities. The UUID's 122 free bits hold the pool tag (32), the shard
//! (8, identities only), chance and a MAC (32), and still read as a version 4 UUID.

use super::{IdKey, PoolTag, pool::is_region};
use crate::random::{self, Random};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An identity pool's id, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IdentityPoolId {
    text: String,
    tag: PoolTag,
}

/// An identity's id, checked. For a guest it is a bearer secret: 50 bits of chance plus a MAC nobody else can make.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct IdentityId {
    text: String,
    pool: PoolTag,
    shard: u16,
}

impl IdentityPoolId {
    pub fn draw(key: &IdKey, region: &str, random: &dyn Random) -> Self {
        let tag = PoolTag(u32::from_be_bytes(random::bytes(random)));
        Self { text: format!("{region}:{}", uuid(key, "identity pool", region, tag, 0, random)), tag }
    }
    pub fn parse(key: &IdKey, text: &str) -> Option<Self> {
        let (tag, _) = parse(key, "identity pool", text)?;
        Some(Self { text: text.to_owned(), tag })
    }
    pub const fn tag(&self) -> PoolTag {
        self.tag
    }
    pub fn as_str(&self) -> &str {
        &self.text
    }
    pub fn region(&self) -> &str {
        self.text.split_once(':').map_or("", |(region, _)| region)
    }
}

impl IdentityId {
    /// A fresh id on `shard`, which must be below 256.
    pub fn draw(key: &IdKey, region: &str, pool: PoolTag, shard: u16, random: &dyn Random) -> Self {
        Self { text: format!("{region}:{}", uuid(key, "identity", region, pool, shard, random)), pool, shard }
    }
    pub fn parse(key: &IdKey, text: &str) -> Option<Self> {
        let (pool, shard) = parse(key, "identity", text)?;
        Some(Self { text: text.to_owned(), pool, shard })
    }
    pub const fn pool(&self) -> PoolTag {
        self.pool
    }
    pub const fn shard(&self) -> u16 {
        self.shard
    }
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for IdentityPoolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl fmt::Display for IdentityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Bytes 0–3 tag, 4 shard, 5–11 chance (less version and variant bits), 12–15 MAC over all before it and the region.
fn uuid(key: &IdKey, label: &str, region: &str, tag: PoolTag, shard: u16, random: &dyn Random) -> String {
    let mut raw: [u8; 16] = random::bytes(random);
    raw[6] = raw[6] & 0x0f | 0x40;
    raw[8] = raw[8] & 0x3f | 0x80;
    let shard = [u8::try_from(shard).unwrap_or(u8::MAX)];
    for (slot, byte) in raw.iter_mut().zip(tag.bytes().iter().chain(&shard)) {
        *slot = *byte;
    }
    let mac = mac(key, label, region, &raw);
    for (slot, byte) in raw.iter_mut().skip(12).zip(mac) {
        *slot = byte;
    }
    random::format_uuid(raw)
}

fn parse(key: &IdKey, label: &str, text: &str) -> Option<(PoolTag, u16)> {
    let (region, uuid) = text.split_once(':')?;
    let raw = random::parse_uuid(uuid)?;
    if !is_region(region)
        || raw.get(12..)? != mac(key, label, region, &raw)
        || random::format_uuid(raw) != uuid
    {
        return None;
    }
    let [a, b, c, d, shard, ..] = raw;
    Some((PoolTag(u32::from_be_bytes([a, b, c, d])), u16::from(shard)))
}

fn mac(key: &IdKey, label: &str, region: &str, raw: &[u8; 16]) -> [u8; 4] {
    let head = raw.get(..12).unwrap_or_default();
    let [a, b, c, d, ..] = key.tag(label, &[region.as_bytes(), head]).to_be_bytes();
    [a, b, c, d]
}
