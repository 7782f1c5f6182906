//! An app client's id: 26 base-36 characters, about 134 bits: pool tag (32), chance (60), MAC (40).

use super::{IdKey, PoolTag, base};
use crate::random::{self, Random};
use serde::{Deserialize, Serialize};
use std::fmt;

const MAC_BITS: u32 = 40;
const CHANCE_BITS: u32 = 60;
const WIDTH: usize = 26;

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClientId {
    text: String,
    pool: PoolTag,
}

impl ClientId {
    pub fn draw(key: &IdKey, pool: PoolTag, random: &dyn Random) -> Self {
        let chance = u64::from_be_bytes(random::bytes(random)) >> (64 - CHANCE_BITS);
        // 132 bits do not fit a u128: the MAC is written as digits of its own.
        let head = u128::from(pool.0) << CHANCE_BITS | u128::from(chance);
        let text = format!("{}{}", base::encode36(head, 18), base::encode36(mac(key, head), 8));
        debug_assert_eq!(text.len(), WIDTH);
        Self { text, pool }
    }
    /// `None` when the shape or the MAC is wrong.
    pub fn parse(key: &IdKey, text: &str) -> Option<Self> {
        if text.len() != WIDTH {
            return None;
        }
        let (head, tail) = text.split_at_checked(18)?;
        let head = base::decode36(head)?;
        let pool = PoolTag(u32::try_from(head >> CHANCE_BITS).ok()?);
        (base::decode36(tail)? == mac(key, head)).then(|| Self { text: text.to_owned(), pool })
    }
    pub const fn pool(&self) -> PoolTag {
        self.pool
    }
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn mac(key: &IdKey, head: u128) -> u128 {
    u128::from(key.tag("client", &[&head.to_be_bytes()]) >> (64 - MAC_BITS))
}
