use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// How many users live on this shard.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountUsers {}

impl Command for CountUsers {
    type Answer = i64;
    const NAME: &'static str = "user.count";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<i64, Error> {
        Ok(store::count(cx.sql)?)
    }
}
