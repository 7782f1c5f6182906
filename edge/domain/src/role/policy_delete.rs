use super::{missing, store};
use crate::account::store::touch;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use serde::{Deserialize, Serialize};

/// Takes an inline policy from a role.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteRolePolicy {
    pub role: String,
    pub name: String,
}

impl Command for DeleteRolePolicy {
    type Answer = ();
    const NAME: &'static str = "role.delete_policy";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let Some(role) = store::find(cx.sql, &self.role)? else { return Err(missing(self.role)) };
        if !store::delete_policy(cx.sql, &role.name, &self.name)? {
            return Err(Refusal::RolePolicyNotFound { policy: self.name }.into());
        }
        touch(cx.sql)?;
        cx.event("role.policy_deleted", role.name, &self.name);
        Ok(())
    }
}
