use super::{IdentityPool, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault};
use crate::pool::{SigningKey, insert_key, page_keys, register, tell};
use serde::{Deserialize, Serialize};

/// Founds an identity pool's object, with the job that registers it with the account. The Worker drew the id and sealed the
/// key.
#[derive(Debug, Serialize, Deserialize)]
pub struct CreateIdentityPool {
    pub pool: IdentityPool,
}

impl Command for CreateIdentityPool {
    /// The pool as stored, with its times.
    type Answer = IdentityPool;
    const NAME: &'static str = "identity_pool.create";
    const OBJECT: Kind = Kind::Pool;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<IdentityPool, Error> {
        // User pools and identity pools share the objects' names: a tag that is taken by either is taken.
        if store::find_pool(cx.sql)?.is_some() || !page_keys(cx.sql)?.is_empty() {
            return Err(fault("a pool of this tag exists"));
        }
        let mut pool = IdentityPool { version: 1, created: cx.now, modified: cx.now, ..self.pool };
        pool.keys = pool.keys.into_iter().map(|key| SigningKey { created: cx.now, ..key }).collect();
        store::update_pool(cx.sql, &pool)?;
        for key in &pool.keys {
            insert_key(cx.sql, key)?;
        }
        tell(cx, &register(Kind::IdentityShard, pool.id.tag()));
        cx.event("identity_pool.created", pool.id.as_str(), &());
        Ok(pool)
    }
}
