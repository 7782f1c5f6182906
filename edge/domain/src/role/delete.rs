use super::{missing, store};
use crate::account::store::touch;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use serde::{Deserialize, Serialize};

/// Deletes a role without policies. Its sessions end with it.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteRole {
    pub name: String,
}

impl Command for DeleteRole {
    type Answer = ();
    const NAME: &'static str = "role.delete";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let Some(role) = store::find(cx.sql, &self.name)? else { return Err(missing(self.name)) };
        if !role.policies.is_empty() {
            let message = "Cannot delete entity, must delete policies first.";
            return Err(Refusal::RoleInUse { message: message.into() }.into());
        }
        store::delete(cx.sql, &role.name)?;
        touch(cx.sql)?;
        cx.event("role.deleted", role.name, &role.id);
        Ok(())
    }
}
