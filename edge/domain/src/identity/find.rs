use super::{Identity, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::IdentityId;
use serde::{Deserialize, Serialize};

/// An identity with its logins.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindIdentity {
    pub id: IdentityId,
}

impl Command for FindIdentity {
    type Answer = Identity;
    const NAME: &'static str = "identity.find";
    const OBJECT: Kind = Kind::IdentityShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Identity, Error> {
        let missing = || Refusal::IdentityNotFound { identity: self.id.to_string() };
        Ok(store::find(cx.sql, &self.id)?.ok_or_else(missing)?)
    }
}
