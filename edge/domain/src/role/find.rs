use super::{Role, missing, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// A role with its policies.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindRole {
    pub name: String,
}

impl Command for FindRole {
    type Answer = Role;
    const NAME: &'static str = "role.find";
    const OBJECT: Kind = Kind::Account;
    const WRITES: bool = false;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Role, Error> {
        store::find(cx.sql, &self.name)?.ok_or_else(|| missing(self.name))
    }
}
