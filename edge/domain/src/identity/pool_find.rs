use super::{IdentityPool, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault};
use crate::pool::page_keys;
use serde::{Deserialize, Serialize};

/// The pool's snapshot, keys included.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindIdentityPool {}

impl Command for FindIdentityPool {
    type Answer = IdentityPool;
    const NAME: &'static str = "identity_pool.find";
    const OBJECT: Kind = Kind::Pool;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<IdentityPool, Error> {
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not an identity pool"))?;
        pool.keys = page_keys(cx.sql)?;
        Ok(pool)
    }
}
