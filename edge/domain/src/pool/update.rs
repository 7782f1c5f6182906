use super::{Settings, UserPool, store, told};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, fault, invalid};
use serde::{Deserialize, Serialize};

/// Replaces the configuration. What is frozen must be as it was.
#[derive(Debug, Serialize, Deserialize)]
pub struct UpdatePool {
    pub settings: Settings,
}

impl Command for UpdatePool {
    /// The new snapshot, without keys.
    type Answer = UserPool;
    const NAME: &'static str = "pool.update";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<UserPool, Error> {
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not a user pool"))?;
        let (old, new) = (&pool.settings, &self.settings);
        for (name, same) in [
            ("aliases", old.aliases == new.aliases),
            ("username attributes", old.username_attributes == new.username_attributes),
            ("case sensitivity", old.case_sensitive == new.case_sensitive),
            ("schema", old.schema == new.schema),
        ] {
            if !same {
                return Err(invalid(format!("the {name} of a user pool cannot change")));
            }
        }
        pool.settings = self.settings;
        touch(cx, &mut pool)?;
        cx.event("pool.updated", pool.id.as_str(), &pool.version);
        Ok(pool)
    }
}

/// Stores a changed pool under its next version, with the job that tells the shards.
pub(super) fn touch(cx: &mut Context<'_>, pool: &mut UserPool) -> Result<(), Error> {
    pool.version += 1;
    pool.modified = cx.now;
    store::update_pool(cx.sql, pool)?;
    told::tell_later(cx, pool);
    Ok(())
}
