//! The configuration version handshake, the pool's side.

use super::UserPool;
use crate::address::Kind;
use crate::command::Command;
use crate::context::{Context, Job};
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// The kind of job that tells the account and every shard of a version; its body is a [`Tell`].
pub const TELL: &str = "pool.tell";

/// Seconds the flow has to tell them itself before the alarm does.
const FLOW_TIME: i64 = 20;

/// Whom to tell what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tell {
    /// Of which kind the shards are.
    #[serde(default = "user_shard", skip_serializing_if = "is_user_shard")]
    pub kind: Kind,
    pub tag: crate::id::PoolTag,
    pub shards: u16,
    pub version: u64,
    /// The pool was deleted: shards leave a tombstone.
    pub gone: bool,
}

impl Tell {
    /// What there is to tell of a pool as it is now.
    pub const fn of(pool: &UserPool) -> Self {
        let (tag, shards) = (pool.id.tag(), pool.placement.shards);
        Self { kind: Kind::UserShard, tag, shards, version: pool.version, gone: false }
    }
}

const fn user_shard() -> Kind {
    Kind::UserShard
}
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_user_shard(kind: &Kind) -> bool {
    *kind == Kind::UserShard
}

/// What a new pool has to tell: only the account of itself, as its shards learn their first version by use.
pub(crate) const fn register(kind: Kind, tag: crate::id::PoolTag) -> Tell {
    Tell { kind, tag, shards: 0, version: 1, gone: false }
}

pub(super) fn tell_later(cx: &mut Context<'_>, pool: &UserPool) {
    tell(cx, &Tell::of(pool));
}

pub(crate) fn tell(cx: &mut Context<'_>, tell: &Tell) {
    let body = serde_json::to_string(tell).unwrap_or_default();
    cx.job(Job { id: job_id(tell).into(), kind: TELL.into(), due: cx.now + FLOW_TIME, body });
}

/// The end of a pool is a job of its own: a change of configuration that is under way must not take its place.
const fn job_id(tell: &Tell) -> &'static str {
    if tell.gone { "pool.close" } else { TELL }
}

/// All have been told: the job is done, unless a newer version has taken its place.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    pub tell: Tell,
}

impl Command for Told {
    type Answer = ();
    const NAME: &'static str = "pool.told";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let body = serde_json::to_string(&self.tell).unwrap_or_default();
        crate::object::CompleteJob { id: job_id(&self.tell).into(), body }.run(cx.sql)
    }
}
