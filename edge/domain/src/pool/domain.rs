use super::{UserPool, store, update};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal, fault};
use serde::{Deserialize, Serialize};

/// Gives the pool its hosted prefix, or takes it away. The account has reserved the name before, and frees it after.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetDomain {
    pub domain: Option<String>,
}

impl Command for SetDomain {
    type Answer = UserPool;
    const NAME: &'static str = "pool.set_domain";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<UserPool, Error> {
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not a user pool"))?;
        if let (Some(new), Some(old)) = (&self.domain, &pool.domain)
            && new != old
        {
            return Err(Refusal::Invalid {
                message: "The user pool already has a domain configured.".into(),
            }
            .into());
        }
        pool.domain = self.domain;
        update::touch(cx, &mut pool)?;
        Ok(pool)
    }
}
