use super::{SigningKey, UserPool, store, told};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault};
use serde::{Deserialize, Serialize};

/// Founds a pool's object, with the job that registers it with the account. The Worker drew the id and sealed the keys.
#[derive(Debug, Serialize, Deserialize)]
pub struct CreatePool {
    pub pool: UserPool,
}

impl Command for CreatePool {
    /// The pool as stored, with its times.
    type Answer = UserPool;
    const NAME: &'static str = "pool.create";
    const OBJECT: Kind = Kind::Pool;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<UserPool, Error> {
        if store::find_pool(cx.sql)?.is_some() {
            return Err(fault("a pool of this tag exists"));
        }
        let mut pool = UserPool { version: 1, created: cx.now, modified: cx.now, ..self.pool };
        pool.keys = pool.keys.into_iter().map(|key| SigningKey { created: cx.now, ..key }).collect();
        store::update_pool(cx.sql, &pool)?;
        for key in &pool.keys {
            store::insert_key(cx.sql, key)?;
        }
        told::tell(cx, &told::register(Kind::UserShard, pool.id.tag()));
        cx.event("pool.created", pool.id.as_str(), &());
        Ok(pool)
    }
}
