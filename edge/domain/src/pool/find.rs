use super::{UserPool, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault};
use serde::{Deserialize, Serialize};

/// The pool's snapshot, keys included.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindPool {}

impl Command for FindPool {
    type Answer = UserPool;
    const NAME: &'static str = "pool.find";
    const OBJECT: Kind = Kind::Pool;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<UserPool, Error> {
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not a user pool"))?;
        pool.keys = store::page_keys(cx.sql)?;
        Ok(pool)
    }
}
