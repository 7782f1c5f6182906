use super::{IdentityPool, Roles, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault};
use crate::pool::{Tell, tell};
use serde::{Deserialize, Serialize};

/// Replaces the default roles.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetRoles {
    pub roles: Roles,
}

impl Command for SetRoles {
    /// Whom to tell of the new version.
    type Answer = Tell;
    const NAME: &'static str = "identity_pool.set_roles";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<Tell, Error> {
        let pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not an identity pool"))?;
        let pool = IdentityPool { roles: self.roles, version: pool.version + 1, modified: cx.now, ..pool };
        store::update_pool(cx.sql, &pool)?;
        let told = Tell {
            kind: Kind::IdentityShard,
            tag: pool.id.tag(),
            shards: pool.placement.shards,
            version: pool.version,
            gone: false,
        };
        tell(cx, &told);
        cx.event("identity_pool.roles_set", pool.id.as_str(), &pool.roles);
        Ok(told)
    }
}
