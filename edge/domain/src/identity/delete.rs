use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault};
use crate::pool::{Tell, tell};
use serde::{Deserialize, Serialize};

/// The first half of deletion: asks for the shards to be closed. The account forgets the pool next, then the shards take
/// tombstones, then [`FinishDelete`](crate::pool::FinishDelete) leaves one here.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteIdentityPool {}

impl Command for DeleteIdentityPool {
    type Answer = Tell;
    const NAME: &'static str = "identity_pool.delete";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<Tell, Error> {
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not an identity pool"))?;
        pool.version += 1;
        store::update_pool(cx.sql, &pool)?;
        let told = Tell {
            kind: Kind::IdentityShard,
            tag: pool.id.tag(),
            shards: pool.placement.shards,
            version: pool.version,
            gone: true,
        };
        tell(cx, &told);
        cx.event("identity_pool.deleted", pool.id.as_str(), &());
        Ok(told)
    }
}
