use super::{Login, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::id::IdentityId;
use serde::{Deserialize, Serialize};

/// Finds the identity of a login, or makes one; without a login, makes a guest. However many ask at once, a login has
/// one identity.
#[derive(Debug, Serialize, Deserialize)]
pub struct Admit {
    /// The id of the identity if one is made, drawn on this shard.
    pub fresh: IdentityId,
    /// A login that has been verified and whose shard this is.
    pub login: Option<Login>,
}

impl Command for Admit {
    type Answer = IdentityId;
    const NAME: &'static str = "identity.admit";
    const OBJECT: Kind = Kind::IdentityShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<IdentityId, Error> {
        if let Some(login) = &self.login
            && let Some(found) = store::find_claim(cx.sql, login)?
        {
            return Ok(found);
        }
        store::insert(cx.sql, &self.fresh, cx.now)?;
        if let Some(login) = &self.login {
            store::insert_login(cx.sql, &self.fresh, login)?;
            store::insert_claim(cx.sql, login, &self.fresh, cx.now)?;
        }
        cx.event("identity.created", self.fresh.as_str(), &self.login.as_ref().map(|login| &login.provider));
        Ok(self.fresh)
    }
}
