//! A user's `sub`, and the placement of users and names on shards.

use crate::random::{self, Random};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A user's id: a version 4 UUID. Its home shard is a function of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sub(String);

impl Sub {
    pub fn parse(text: &str) -> Option<Self> {
        random::parse_uuid(text).map(|_| Self(text.to_owned()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a pool's things are spread over its shards; frozen when the pool is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// 1: SHA-256 of the NFC, lower-cased text, first 32 bits modulo `shards`.
    pub algorithm: u16,
    /// How many shards, 1 to 256.
    pub shards: u16,
}

impl Placement {
    pub const fn new(shards: u16) -> Self {
        let shards = if shards == 0 { 1 } else { shards };
        Self { algorithm: 1, shards: if shards > 256 { 256 } else { shards } }
    }
    /// The shard that indexes a name. Case never matters here, so a pool may change its case rule later.
    pub fn of_name(self, name: &str) -> u16 {
        self.spread(fold(name).as_bytes())
    }
    /// The home shard of a user.
    pub fn of_sub(self, sub: &Sub) -> u16 {
        self.spread(sub.0.as_bytes())
    }
    /// The shard of any other opaque key, such as a login's subject.
    pub fn of_key(self, key: &str) -> u16 {
        self.spread(key.as_bytes())
    }
    /// A fresh `sub` whose home is `shard`: drawn until it falls there, about `shards` tries.
    pub fn draw_sub(self, shard: u16, random: &dyn Random) -> Sub {
        loop {
            let sub = Sub(random::uuid(random));
            if self.of_sub(&sub) == shard || shard >= self.shards {
                return sub;
            }
        }
    }
    /// The `sub` that a name would have if it existed: stable, so that a missing account looks like a real one.
    pub fn phantom_sub(key: &[u8; 32]) -> Sub {
        let mut raw = [0; 16];
        for (slot, byte) in raw.iter_mut().zip(key) {
            *slot = *byte;
        }
        Sub(random::format_uuid(raw))
    }
    fn spread(self, key: &[u8]) -> u16 {
        let digest = Sha256::digest(key);
        let head = digest.iter().take(4).fold(0u32, |acc, byte| acc << 8 | u32::from(*byte));
        u16::try_from(head % u32::from(self.shards.max(1))).unwrap_or(0)
    }
}

/// NFC, then lower case: the form in which names are placed, and compared where the pool ignores case.
pub(crate) fn fold(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// NFC only: the form in which names are compared where the pool minds case.
pub(crate) fn normal(name: &str) -> String {
    name.nfc().collect()
}
