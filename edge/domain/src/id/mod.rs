//! Ids that route themselves: each public id of a pool, client or identity carries the pool's tag, shard bits where
//! needed, and a short MAC. A bad MAC is refused without touching an object, because addressing an object creates it.

mod base;
mod client;
mod identity;
mod pool;
mod sub;

pub use base::hex;
pub use client::ClientId;
pub use identity::{IdentityId, IdentityPoolId};
pub use pool::{PoolId, PoolTag};
pub use sub::{Placement, Sub};
pub(crate) use sub::{fold, normal};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// The key under which ids are authenticated. It never rotates: ids outlive every secret, so it is derived from the
/// deployment's *identity* secret, the first master secret it was ever given.
#[derive(Clone)]
pub struct IdKey([u8; 32]);

impl IdKey {
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }
    /// The first 64 bits of the MAC of `parts`, each length-prefixed, under a label.
    fn tag(&self, label: &str, parts: &[&[u8]]) -> u64 {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return 0 };
        for part in std::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            mac.update(part);
        }
        let digest = mac.finalize().into_bytes();
        digest.iter().take(8).fold(0, |acc, byte| acc << 8 | u64::from(*byte))
    }
}

impl fmt::Debug for IdKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdKey(..)")
    }
}

#[cfg(test)]
mod tests;
