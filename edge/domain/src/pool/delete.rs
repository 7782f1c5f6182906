use super::{Tell, store, told};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal, fault};
use serde::{Deserialize, Serialize};

/// The first half of deletion: refuses a protected pool or one with a domain, and asks for the shards to be closed.
/// The account forgets the pool next, then the shards take tombstones, then [`FinishDelete`] leaves one here.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeletePool {}

impl Command for DeletePool {
    type Answer = Tell;
    const NAME: &'static str = "pool.delete";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<Tell, Error> {
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not a user pool"))?;
        if pool.settings.deletion_protection {
            let message = "The user pool cannot be deleted because deletion protection is activated. \
                           Deletion protection must be inactivated first.";
            return Err(Refusal::PoolProtected { message: message.into() }.into());
        }
        if pool.domain.is_some() {
            let message =
                "User pool cannot be deleted. It has a domain configured that should be deleted first.";
            return Err(Refusal::PoolProtected { message: message.into() }.into());
        }
        pool.version += 1;
        store::update_pool(cx.sql, &pool)?;
        let (tag, shards) = (pool.id.tag(), pool.placement.shards);
        let tell = Tell { kind: Kind::UserShard, tag, shards, version: pool.version, gone: true };
        told::tell(cx, &tell);
        cx.event("pool.deleted", pool.id.as_str(), &());
        Ok(tell)
    }
}

/// The last half: all shards are closed, so the pool is gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct FinishDelete {
    pub tell: Tell,
}

impl Command for FinishDelete {
    type Answer = ();
    const NAME: &'static str = "pool.finish_delete";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        super::Told { tell: self.tell }.run(cx)?;
        crate::object::bury(cx)
    }
}
