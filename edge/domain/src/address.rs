//! Where an object lives: which kind, which pool, which shard.

use crate::id::PoolTag;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The kinds of object. Each has its own schema and its own list of commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// One a deployment.
    Account,
    /// One a user pool or identity pool.
    Pool,
    /// N a user pool.
    UserShard,
    /// N an identity pool.
    IdentityShard,
    /// One, only where its binding exists.
    Outbox,
}

/// An object's address. Jurisdiction and placement epoch are part of the name from the first day, so that residency and
/// resharding need no rename later.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    pub kind: Kind,
    /// Empty, or a platform jurisdiction such as `eu`.
    pub jurisdiction: &'static str,
    pub epoch: u16,
    pub pool: Option<PoolTag>,
    pub shard: u16,
}

impl Address {
    pub const ACCOUNT: Self = Self::single(Kind::Account);
    pub const OUTBOX: Self = Self::single(Kind::Outbox);

    const fn single(kind: Kind) -> Self {
        Self { kind, jurisdiction: "", epoch: 0, pool: None, shard: 0 }
    }
    pub const fn pool(tag: PoolTag) -> Self {
        Self { kind: Kind::Pool, jurisdiction: "", epoch: 0, pool: Some(tag), shard: 0 }
    }
    pub const fn user_shard(tag: PoolTag, shard: u16) -> Self {
        Self::shard(Kind::UserShard, tag, shard)
    }
    pub const fn identity_shard(tag: PoolTag, shard: u16) -> Self {
        Self::shard(Kind::IdentityShard, tag, shard)
    }
    pub const fn shard(kind: Kind, tag: PoolTag, shard: u16) -> Self {
        Self { kind, jurisdiction: "", epoch: 0, pool: Some(tag), shard }
    }
}

impl fmt::Display for Address {
    /// The platform name: `jurisdiction/epoch/pool tag/shard`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pool = self.pool.map_or_else(|| "-".to_owned(), |tag| tag.to_string());
        write!(f, "{}/{}/{}/{}", self.jurisdiction, self.epoch, pool, self.shard)
    }
}
