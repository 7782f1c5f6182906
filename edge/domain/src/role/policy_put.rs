use super::{INLINE, check, check_room, missing, store};
use crate::account::store::touch;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::policy;
use serde::{Deserialize, Serialize};

/// Gives a role an inline policy, in place of one of the same name.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutRolePolicy {
    pub role: String,
    pub name: String,
    pub document: String,
}

impl Command for PutRolePolicy {
    type Answer = ();
    const NAME: &'static str = "role.put_policy";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let Some(role) = store::find(cx.sql, &self.role)? else { return Err(missing(self.role)) };
        check(&self.document, policy::Kind::Identity)?;
        store::upsert_policy(cx.sql, &role.name, &self.name, &self.document)?;
        let role = store::find(cx.sql, &role.name)?.ok_or_else(|| missing(role.name))?;
        let size: usize = role.policies.values().map(|text| length(text)).sum();
        if size > INLINE {
            let message = format!("Maximum policy size of {INLINE} bytes exceeded for role {}", role.name);
            return Err(Refusal::QuotaExceeded { message }.into());
        }
        check_room(cx.sql)?;
        touch(cx.sql)?;
        cx.event("role.policy_put", role.name, &self.name);
        Ok(())
    }
}

fn length(document: &str) -> usize {
    document.chars().filter(|c| !c.is_whitespace()).count()
}
