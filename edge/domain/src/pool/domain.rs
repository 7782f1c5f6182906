use super::{UserPool, store, update};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal, fault};
use serde::{Deserialize, Serialize};

/// Gives the pool its hosted prefix, or takes it away. The account's register follows, and refuses a prefix that another
/// pool has: then it is taken away again.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetDomain {
    pub domain: Option<String>,
    /// Take away this one only.
    #[serde(default)]
    pub instead_of: Option<String>,
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
            let message = "The user pool already has a domain configured.";
            return Err(Refusal::Invalid { message: message.into() }.into());
        }
        if let Some(domain) = self.instead_of
            && pool.domain.as_ref() != Some(&domain)
        {
            return Err(Refusal::DomainNotFound { domain }.into());
        }
        pool.domain = self.domain;
        update::touch(cx, &mut pool)?;
        cx.event("pool.domain_set", pool.id.as_str(), &pool.domain);
        Ok(pool)
    }
}
